package main

import (
	"fmt"
	"sync"
)

func main() {
	seen := map[int]bool{}
	var threads sync.WaitGroup
	for t := range 2 {
		threads.Go(func() {
			for i := range 500_000 {
				seen[2*i+t] = true
			}
		})
	}
	threads.Wait()
	fmt.Println(len(seen))
}
