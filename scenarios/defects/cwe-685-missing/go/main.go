package main

import "fmt"

func main() {
	name := "ada"
	fmt.Printf("%s has %d\n", name)
}
