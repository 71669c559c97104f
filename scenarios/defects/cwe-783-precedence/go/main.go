package main

import "fmt"

func mayWrite(owner, editor, locked bool) bool {
	return owner || editor && !locked
}

func main() {
	if mayWrite(true, false, true) {
		fmt.Println("allowed")
	} else {
		fmt.Println("denied")
	}
}
