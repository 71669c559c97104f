package main

import "fmt"

func main() {
	ports := map[string]int{
		"http": 80,
	}
	fmt.Println(ports["https"])
}
