package main

import "fmt"

func main() {
	limit := 3
	if len("strict") > 3 {
		limit := 7
	}
	fmt.Println(limit)
}
