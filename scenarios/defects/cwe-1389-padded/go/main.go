package main

import "fmt"

func main() {
	weeks := 010
	fmt.Println(weeks)
}
