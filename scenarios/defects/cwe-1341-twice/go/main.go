package main

import "fmt"

func main() {
	work := make(chan int, 1)
	work <- 1
	close(work)
	for range work {
	}
	close(work)
	fmt.Println("done")
}
