package main

import (
	"fmt"
	"time"
)

func main() {
	result := 0
	go func() {
		time.Sleep(100 * time.Millisecond)
		result = 42
	}()
	fmt.Println(result)
	time.Sleep(300 * time.Millisecond) // other work
}
