package main

import "fmt"

func main() {
	slots := make([]int, 3)
	used := 0
	for _, v := range []int{10, 20, 30, 40} {
		slots[used] = v
		used++
	}
	fmt.Println(used, "full")
}
