package main

import (
	"fmt"
	"os"
)

func main() {
	if err := os.Remove("missing.txt"); err != nil {
	}
	fmt.Println("removed")
}
