package main

import "fmt"

func main() {
	price := 100
	reduced := price * 9 / 10
	fmt.Println(price)
}
