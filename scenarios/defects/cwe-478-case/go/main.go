package main

import "fmt"

type state int

const (
	active state = iota
	closed
	suspended
)

func label(s state) string {
	text := ""
	switch s {
	case active:
		text = "active"
	case closed:
		text = "closed"
	}
	return text
}

func main() {
	for _, s := range []state{active, closed} {
		_ = label(s)
	}
	fmt.Println(label(suspended))
}
