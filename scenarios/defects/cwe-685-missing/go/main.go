package main

import "fmt"

func main() {
	fmt.Printf("%s has %d\n", "ada")
}
