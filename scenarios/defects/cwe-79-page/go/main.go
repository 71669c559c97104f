package main

import "fmt"

func page(name string) string {
	return fmt.Sprintf("<p>%s</p>", name)
}

func main() {
	fmt.Println(page("<b>ada"))
}
