package main

import (
	"fmt"
	"os/exec"
)

func main() {
	name := "ada; echo owned"
	out, err := exec.Command("sh", "-c", "echo hello "+name).Output()
	if err != nil {
		panic(err)
	}
	fmt.Print(string(out))
}
