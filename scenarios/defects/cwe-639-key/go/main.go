package main

import "fmt"

type invoice struct {
	owner string
	sum   int
}

func show(invoices map[int]invoice, id int) string {
	return fmt.Sprintf("%s pays %d", invoices[id].owner, invoices[id].sum)
}

func main() {
	invoices := map[int]invoice{1: {"ada", 10}, 2: {"bob", 20}}
	fmt.Println(show(invoices, 2)) // asked by ada
}
