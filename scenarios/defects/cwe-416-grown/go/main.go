package main

import "fmt"

type item struct{ count int }

func main() {
	items := []item{{count: 1}}
	first := &items[0]
	items = append(items, item{count: 2})
	first.count = 5
	fmt.Println(items[0].count)
}
