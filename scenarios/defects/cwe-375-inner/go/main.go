package main

import "fmt"

type account struct{ roles []string }

func (a *account) Roles() []string { return a.roles }

func main() {
	a := &account{roles: []string{"admin"}}
	roles := a.Roles()
	roles[0] = "guest"
	fmt.Println(a.Roles()[0])
}
