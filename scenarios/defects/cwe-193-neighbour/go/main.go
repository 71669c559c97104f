package main

import "fmt"

func main() {
	numbers := []int{1, 2, 3}
	var sums []int
	for i := range numbers {
		sums = append(sums, numbers[i]+numbers[i+1])
	}
	fmt.Println(sums)
}
