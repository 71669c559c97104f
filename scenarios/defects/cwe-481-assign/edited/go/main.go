package main

import "fmt"

func enter(admin bool) string {
	if admin == true {
		return "welcome"
	}
	return "denied"
}

func main() {
	fmt.Println(enter(false))
}
