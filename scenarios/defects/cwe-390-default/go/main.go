package main

import (
	"fmt"
	"strconv"
)

func main() {
	amount, _ := strconv.Atoi("12x")
	fmt.Println("amount", amount)
}
