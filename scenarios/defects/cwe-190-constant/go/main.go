package main

import "fmt"

func main() {
	var day int32 = 24 * 60 * 60 * 1_000_000_000
	fmt.Println(day)
}
