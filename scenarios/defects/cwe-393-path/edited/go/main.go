package main

import "fmt"

func code(colour string) int {
	if colour == "red" {
		return 1
	}
	if colour == "green" {
		return 2
	}
	return 0
}

func main() {
	fmt.Println(code("blue"))
}
