package main

import "fmt"

func record(log []string, text string) []string {
	log = append(log, text)
	return log
	log = append(log, "done")
	return log
}

func main() {
	fmt.Println(len(record(nil, "start")), "logged")
}
