package main

import "fmt"

func password() string { return "hunter2" }

func main() {
	if password() == "" {
		fmt.Println("no password")
		return
	}
	fmt.Println("connected")
}
