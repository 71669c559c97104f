package main

import "fmt"

func percent(part, whole float64) int64 {
	return int64(part / whole * 100)
}

func main() {
	fmt.Println(percent(0, 0), "%")
}
