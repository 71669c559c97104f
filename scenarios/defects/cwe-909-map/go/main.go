package main

import "fmt"

type counter struct {
	name string
	hits map[string]int
}

func main() {
	c := counter{name: "pages"}
	c.hits["/"]++
	fmt.Println(c.hits["/"])
}
