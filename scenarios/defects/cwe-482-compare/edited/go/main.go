package main

import "fmt"

func main() {
	state := "open"
	state = "closed"
	fmt.Println(state)
}
