package main

import (
	"fmt"
	"sync"
	"time"
)

type tally struct {
	mu sync.Mutex
	n  int
}

func main() {
	t := &tally{}
	var threads sync.WaitGroup
	threads.Go(func() {
		t.mu.Lock()
		defer t.mu.Unlock()
		seen := t.n
		time.Sleep(100 * time.Millisecond)
		t.n = seen + 1
	})
	threads.Go(func() {
		seen := t.n
		time.Sleep(200 * time.Millisecond)
		t.n = seen + 1
	})
	threads.Wait()
	fmt.Println(t.n)
}
