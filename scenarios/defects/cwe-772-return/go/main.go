package main

import (
	"fmt"
	"sync"
)

type account struct {
	mu    sync.Mutex
	total int
}

func (a *account) add(n int) {
	a.mu.Lock()
	if n < 0 {
		return
	}
	a.total += n
	a.mu.Unlock()
}

func main() {
	a := &account{}
	a.add(-1)
	a.add(1)
	fmt.Println(a.total)
}
