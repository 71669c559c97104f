package main

import (
	"fmt"
	"strconv"
)

func parse(text string) uint32 {
	n, err := strconv.ParseUint(text, 10, 32)
	if err != nil {
		panic(err)
	}
	return uint32(n)
}

func main() {
	fmt.Println("left", parse("5")-parse("10"))
}
