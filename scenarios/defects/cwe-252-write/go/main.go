package main

import (
	"fmt"
	"os"
)

func main() {
	os.WriteFile("missing/notes.txt", []byte("text"), 0o644)
	fmt.Println("saved")
}
