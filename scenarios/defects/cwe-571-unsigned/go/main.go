package main

import "fmt"

func main() {
	values := []string{"a", "b", "c"}
	n := 0
	for i := uint8(2); i >= 0; i-- {
		if values[i] != "" {
			n++
		}
	}
	fmt.Println(n)
}
