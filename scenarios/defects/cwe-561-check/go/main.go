package main

import (
	"fmt"
	"strings"
)

func valid(name string) bool {
	return !strings.Contains(name, "/")
}

func main() {
	name := "a/b"
	fmt.Println("created", name)
}
