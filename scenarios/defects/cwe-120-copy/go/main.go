package main

import "fmt"

func main() {
	var field [8]byte
	name := []byte("production-db")
	copy(field[:], name)
	fmt.Println(string(field[:]))
}
