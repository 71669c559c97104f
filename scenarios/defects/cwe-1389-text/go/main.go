package main

import (
	"fmt"
	"strconv"
)

func main() {
	mode, err := strconv.Atoi("0644")
	if err != nil {
		panic(err)
	}
	fmt.Println(mode)
}
