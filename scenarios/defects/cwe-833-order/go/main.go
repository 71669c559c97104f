package main

import (
	"fmt"
	"sync"
	"time"
)

func main() {
	var a, b sync.Mutex
	both := func(first, second *sync.Mutex) {
		first.Lock()
		defer first.Unlock()
		time.Sleep(100 * time.Millisecond)
		second.Lock()
		defer second.Unlock()
	}
	var threads sync.WaitGroup
	threads.Go(func() { both(&a, &b) })
	threads.Go(func() { both(&b, &a) })
	threads.Wait()
	fmt.Println("done")
}
