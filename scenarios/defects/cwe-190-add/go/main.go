package main

import (
	"fmt"
	"strconv"
)

func parse(text string) int32 {
	n, err := strconv.ParseInt(text, 10, 32)
	if err != nil {
		panic(err)
	}
	return int32(n)
}

func main() {
	fmt.Println(parse("2000000000") + parse("2000000000"))
}
