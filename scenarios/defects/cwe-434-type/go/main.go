package main

import (
	"fmt"
	"strings"
)

func allowed(name string) bool {
	for _, ending := range []string{".php", ".exe"} {
		if strings.HasSuffix(name, ending) {
			return false
		}
	}
	return true
}

func main() {
	if allowed("shell.PHP") {
		fmt.Println("stored")
	} else {
		fmt.Println("refused")
	}
}
