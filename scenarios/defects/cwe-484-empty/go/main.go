package main

import "fmt"

func kind(day string) string {
	text := "weekday"
	switch day {
	case "saturday":
	case "sunday":
		text = "weekend"
	}
	return text
}

func main() {
	fmt.Println(kind("saturday"))
}
