package main

import (
	"fmt"
	"slices"
)

func main() {
	numbers := []int{2, 1, 1, 4}
	for i, n := range numbers {
		if n%2 != 0 {
			numbers = slices.Delete(numbers, i, i+1)
		}
	}
	fmt.Println(numbers)
}
