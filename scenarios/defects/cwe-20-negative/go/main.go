package main

import (
	"fmt"
	"strconv"
)

func total(quantity string) (int64, error) {
	n, err := strconv.ParseInt(quantity, 10, 64)
	return n * 250, err
}

func main() {
	sum, err := total("-3")
	if err != nil {
		fmt.Println("refused")
		return
	}
	fmt.Println("total", sum)
}
