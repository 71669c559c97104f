package main

import "fmt"

func flag(n uint32) uint32 {
	return uint32(1) << n
}

func main() {
	fmt.Println(flag(32))
}
