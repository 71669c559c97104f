package main

import "fmt"

type config struct{ limit int }

func (c *config) setLimit(limit int) {
	c.limit = c.limit
}

func main() {
	c := &config{limit: 3}
	c.setLimit(7)
	fmt.Println(c.limit)
}
