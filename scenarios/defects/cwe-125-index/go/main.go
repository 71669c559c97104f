package main

import (
	"fmt"
	"strconv"
)

func main() {
	rows := []string{"alpha", "beta", "gamma"}
	n, err := strconv.Atoi("7")
	if err != nil {
		fmt.Println("not a number")
		return
	}
	fmt.Println(rows[n])
}
