package main

import (
	"fmt"
	"sync"
	"time"
)

func main() {
	var found []string
	var threads sync.WaitGroup
	for _, name := range []string{"a", "b"} {
		threads.Go(func() {
			seen := found
			time.Sleep(100 * time.Millisecond)
			found = append(seen, name)
		})
	}
	threads.Wait()
	fmt.Println(len(found))
}
