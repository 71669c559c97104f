package main

import "fmt"

func main() {
	prefix := make([]int, 0, 4)
	prefix = append(prefix, 1, 2)
	left := append(prefix, 3)
	right := append(prefix, 4)
	fmt.Println(left, right)
}
