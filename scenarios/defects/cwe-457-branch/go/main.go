package main

import "fmt"

func port(scheme string) int {
	var port int
	if scheme == "http" {
		port = 80
	}
	return port
}

func main() {
	if p := port("gopher"); p > 0 {
		fmt.Println(p)
	} else {
		fmt.Println("port 0")
	}
}
