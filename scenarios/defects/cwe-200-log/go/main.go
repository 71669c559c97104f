package main

import "fmt"

type user struct{ Name, Password string }

func main() {
	u := user{Name: "ada", Password: "hunter2"}
	if u.Name == "" || u.Password == "" {
		return
	}
	fmt.Printf("user %+v\n", u)
}
