package main

import "fmt"

type page struct{ old, new string }

func changed(p page) bool {
	return p.old != p.old
}

func main() {
	p := page{old: "a", new: "b"}
	if changed(p) {
		fmt.Println("changed")
	} else {
		fmt.Println("same", p.new)
	}
}
