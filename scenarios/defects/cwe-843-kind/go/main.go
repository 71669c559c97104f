package main

import "fmt"

func main() {
	settings := map[string]any{"port": "8080"}
	port := settings["port"].(int)
	fmt.Println(port + 1)
}
