package main

import (
	"fmt"
	"strings"
)

func main() {
	text := strings.ToLower("100%D\n")
	fmt.Printf(text)
}
