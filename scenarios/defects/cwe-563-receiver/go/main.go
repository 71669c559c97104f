package main

import "fmt"

type counter struct{ n int }

func (c counter) add() { c.n++ }

func main() {
	var c counter
	c.add()
	fmt.Println(c.n)
}
