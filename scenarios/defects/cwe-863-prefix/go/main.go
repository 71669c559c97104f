package main

import (
	"fmt"
	"strings"
)

func allowed(path string) bool {
	return strings.HasPrefix(path, "/public")
}

func main() {
	if allowed("/public-keys/private") {
		fmt.Println("allowed")
	} else {
		fmt.Println("denied")
	}
}
