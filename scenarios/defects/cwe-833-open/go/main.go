package main

import "fmt"

func main() {
	numbers := make(chan int)
	go func() {
		for i := 1; i <= 3; i++ {
			numbers <- i
		}
	}()
	sum := 0
	for n := range numbers {
		sum += n
	}
	fmt.Println(sum)
}
