package main

import "fmt"

func main() {
	ports := map[string]int{
		"http": 80,
		"http": 443,
	}
	fmt.Println(ports["https"])
}
