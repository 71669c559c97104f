package main

import (
	"fmt"
	"os"
	"path/filepath"
)

func main() {
	if err := os.Mkdir("public", 0o755); err != nil {
		panic(err)
	}
	if err := os.WriteFile("private.txt", []byte("secret"), 0o600); err != nil {
		panic(err)
	}
	name, err := filepath.Abs("private.txt")
	if err != nil {
		panic(err)
	}
	text, err := os.ReadFile(filepath.Join("public", name))
	if err != nil {
		fmt.Println("refused")
		return
	}
	fmt.Println(string(text))
}
