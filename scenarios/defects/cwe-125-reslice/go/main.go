package main

import "fmt"

// echo returns the first claimed bytes of a message.
func echo(message []byte, claimed int) []byte {
	return message[:claimed]
}

func main() {
	buffer := []byte("password=hunter2")
	n := copy(buffer, "hi")
	fmt.Println(string(echo(buffer[:n], 16)))
}
