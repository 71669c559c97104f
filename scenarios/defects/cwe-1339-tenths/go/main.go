package main

import "fmt"

func main() {
	paid := 0.0
	for range 10 {
		paid += 0.1
	}
	if paid == 1.0 {
		fmt.Println("paid")
	} else {
		fmt.Println("open")
	}
}
