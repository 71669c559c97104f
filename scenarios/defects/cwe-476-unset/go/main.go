package main

import "fmt"

type address struct{ city string }

type customer struct {
	name    string
	address *address
}

func main() {
	c := customer{name: "ada"}
	fmt.Println(c.name, c.address.city)
}
