package main

import "fmt"

func row(rows []string, i int) string {
	if i < len(rows) {
		return rows[i]
	}
	return "no such row"
}

func main() {
	fmt.Println(row([]string{"alpha", "beta"}, -1))
}
