package main

import "fmt"

func depth(parents []int, i int) int {
	if parents[i] < 0 {
		return 0
	}
	return 1 + depth(parents, parents[i])
}

func main() {
	fmt.Println(depth([]int{-1, 2, 1}, 1))
}
