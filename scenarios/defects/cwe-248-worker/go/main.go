package main

import (
	"fmt"
	"sync"
	"sync/atomic"
)

func main() {
	var sum atomic.Int64
	var threads sync.WaitGroup
	for _, part := range [][]int64{{10}, {}, {30}} {
		threads.Go(func() { sum.Add(part[0]) })
	}
	threads.Wait()
	fmt.Println("sum", sum.Load())
}
