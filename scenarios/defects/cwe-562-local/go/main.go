package main

import "fmt"

func answer() *int {
	n := 42
	return &n
}

func main() {
	fmt.Println(*answer())
}
