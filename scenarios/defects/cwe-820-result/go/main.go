package main

import (
	"fmt"
	"time"
)

func main() {
	result := 0
	go func() {
		time.Sleep(20 * time.Millisecond)
		result = 42
	}()
	fmt.Println(result)
	time.Sleep(60 * time.Millisecond) // other work
}
