package main

import "fmt"

type user struct{ mail string }

func main() {
	users := map[string]*user{"ada": {mail: "ada@example.org"}}
	fmt.Println(users["bob"].mail)
}
