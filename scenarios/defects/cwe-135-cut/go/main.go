package main

import "fmt"

func short(name string) string {
	return name[:3]
}

func main() {
	fmt.Println(short("Zoë"))
}
