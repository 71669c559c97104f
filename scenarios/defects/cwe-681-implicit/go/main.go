package main

import "fmt"

func header(size int64) int32 {
	return size
}

func main() {
	fmt.Println(header(5_000_000_000))
}
