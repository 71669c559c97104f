package main

import (
	"fmt"
	"sync/atomic"
	"time"
)

func main() {
	var done atomic.Int32
	for range 3 {
		go func() {
			time.Sleep(200 * time.Millisecond)
			done.Add(1)
		}()
	}
	fmt.Println(done.Load())
}
