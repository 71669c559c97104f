package main

import "fmt"

func main() {
	mode := 0644
	fmt.Println(mode)
}
