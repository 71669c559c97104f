package main

import (
	"fmt"
	"sync"
	"time"
)

func main() {
	var mu sync.Mutex
	balance := 100
	withdraw := func(amount int) {
		mu.Lock()
		enough := balance >= amount
		mu.Unlock()
		if !enough {
			return
		}
		time.Sleep(100 * time.Millisecond)
		mu.Lock()
		balance -= amount
		mu.Unlock()
	}
	var threads sync.WaitGroup
	for range 2 {
		threads.Go(func() { withdraw(80) })
	}
	threads.Wait()
	fmt.Println(balance)
}
