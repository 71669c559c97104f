package main

import (
	"fmt"
	"time"
)

func main() {
	begin := time.Now()
	time.Sleep(20)
	if time.Since(begin) >= 20*time.Millisecond {
		fmt.Println("waited")
	} else {
		fmt.Println("did not wait")
	}
}
