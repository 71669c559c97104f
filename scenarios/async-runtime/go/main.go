// Command goroutine starts one and waits for it. The scheduler is a part of every Go program.
package main

import "fmt"

func main() {
	done := make(chan struct{})
	go func() {
		fmt.Println("ran")
		close(done)
	}()
	<-done
}
