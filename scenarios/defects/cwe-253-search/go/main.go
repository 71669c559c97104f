package main

import (
	"fmt"
	"sort"
)

func main() {
	sizes := []int{1, 3, 5, 7}
	i := sort.SearchInts(sizes, 4)
	fmt.Println("found", sizes[i])
}
