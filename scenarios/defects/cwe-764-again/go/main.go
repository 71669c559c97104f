package main

import (
	"fmt"
	"sync"
)

type store struct {
	mu    sync.Mutex
	total int
}

func (s *store) read() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.total
}

func (s *store) double() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.total += s.read()
}

func main() {
	s := &store{total: 50}
	s.double()
	fmt.Println(s.read())
}
