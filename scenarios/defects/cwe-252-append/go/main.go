package main

import "fmt"

func main() {
	names := []string{"ada"}
	append(names, "bob")
	fmt.Println(len(names))
}
