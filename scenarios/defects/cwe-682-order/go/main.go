package main

import "fmt"

func percent(done, total int) int {
	return done / total * 100
}

func main() {
	fmt.Println(percent(3, 4), "%")
}
