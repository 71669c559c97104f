package main

import "fmt"

func connect(dsn string) error {
	return fmt.Errorf("cannot connect to %s", dsn)
}

func main() {
	if err := connect("db://app:hunter2@host/main"); err != nil {
		fmt.Println(err)
	}
}
