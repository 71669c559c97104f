package main

import "fmt"

func word(n int) string {
	switch n {
	case 1:
		return "one"
	case 2:
		return "two"
	}
	return "many"
}

func main() {
	fmt.Println(word(3))
}
