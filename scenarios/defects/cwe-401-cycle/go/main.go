package main

import (
	"fmt"
	"runtime"
	"weak"
)

type node struct{ other *node }

func cycle() weak.Pointer[node] {
	parent, child := &node{}, &node{}
	parent.other, child.other = child, parent
	return weak.Make(parent)
}

func main() {
	parent := cycle()
	runtime.GC()
	if parent.Value() == nil {
		fmt.Println("released")
	} else {
		fmt.Println("kept")
	}
}
