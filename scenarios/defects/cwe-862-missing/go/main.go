package main

import "fmt"

type document struct{ owner string }

func remove(documents map[int]document, id int, user string) string {
	delete(documents, id)
	return "deleted by " + user
}

func main() {
	documents := map[int]document{1: {owner: "ada"}}
	fmt.Println(remove(documents, 1, "bob"))
}
