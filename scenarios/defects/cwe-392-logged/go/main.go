package main

import (
	"fmt"
	"os"
)

func load(name string) error {
	if _, err := os.ReadFile(name); err != nil {
		fmt.Fprintln(os.Stderr, "load:", err)
	}
	return nil
}

func main() {
	if err := load("missing.txt"); err != nil {
		fmt.Println("failed")
		return
	}
	fmt.Println("loaded")
}
