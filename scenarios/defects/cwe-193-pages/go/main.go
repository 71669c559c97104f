package main

import "fmt"

func pages(items, perPage int) int {
	return items/perPage + 1
}

func main() {
	fmt.Println(pages(20, 10), "pages")
}
