package main

import "fmt"

func transfer(from, to string) {
	fmt.Println(from, "->", to)
}

func main() {
	from, to := "ada", "bob"
	transfer(to, from)
}
