package main

import "fmt"

type user struct{ active bool }

func main() {
	users := []user{{}, {}}
	for _, u := range users {
		u.active = true
	}
	fmt.Println(users[0].active)
}
