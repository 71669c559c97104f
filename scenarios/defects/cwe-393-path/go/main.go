package main

import "fmt"

func code(colour string) int {
	if colour == "red" {
		return 1
	}
	if colour == "green" {
		return 2
	}
}

func main() {
	fmt.Println(code("blue"))
}
