package main

import (
	"fmt"
	"strings"
)

func main() {
	name := " ada "
	strings.TrimSpace(name)
	fmt.Printf("[%s]\n", name)
}
