package main

import "fmt"

func query(name string) string {
	return fmt.Sprintf("SELECT * FROM users WHERE name = '%s'", name)
}

func main() {
	fmt.Println(query("x' OR '1'='1"))
}
