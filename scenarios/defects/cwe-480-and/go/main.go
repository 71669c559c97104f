package main

import "fmt"

func has(values []int, i, v int) bool {
	return (i < len(values)) & (values[i] == v)
}

func main() {
	if has([]int{1, 2}, 2, 3) {
		fmt.Println("present")
	} else {
		fmt.Println("absent")
	}
}
