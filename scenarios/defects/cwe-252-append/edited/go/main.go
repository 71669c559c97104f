package main

import "fmt"

func main() {
	names := []string{"ada"}
	_ = append(names, "bob")
	fmt.Println(len(names))
}
