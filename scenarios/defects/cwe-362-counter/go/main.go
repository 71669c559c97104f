package main

import (
	"fmt"
	"sync"
	"time"
)

func main() {
	count := 0
	var threads sync.WaitGroup
	for range 2 {
		threads.Go(func() {
			seen := count
			time.Sleep(100 * time.Millisecond)
			count = seen + 1
		})
	}
	threads.Wait()
	fmt.Println(count)
}
