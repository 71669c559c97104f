package main

import (
	"bytes"
	"fmt"
	"os"
)

func main() {
	file, err := os.Create("log.txt")
	if err != nil {
		panic(err)
	}
	fmt.Fprintln(file, "first")
	file.Close()
	_, _ = fmt.Fprintln(file, "second")
	text, err := os.ReadFile("log.txt")
	if err != nil {
		panic(err)
	}
	fmt.Println(bytes.Count(text, []byte("\n")), "lines")
}
