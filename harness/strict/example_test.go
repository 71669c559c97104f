package strict_test

import (
	"fmt"

	"github.com/assay-bench/assay/harness/strict"
)

type server struct {
	ID   string
	Port int
}

func parse(file string, data []byte) (server, error) {
	doc, top := strict.Parse(file, data)
	if top == nil {
		return server{}, doc.Err()
	}
	top.Only("id", "port")
	top.Need("id", `id = "..."`)
	s := server{ID: top.ID("id"), Port: top.Integer("port", 1, 65535)}
	if err := doc.Err(); err != nil {
		return server{}, err
	}
	return s, nil
}

func Example() {
	fmt.Println(parse("good.toml", []byte("id = \"go-server\"\nport = 8080\n")))
	_, err := parse("bad.toml", []byte("id = \"Go\"\nprot = 8080\nport = \"8080\"\n"))
	fmt.Println(err)
	// Output:
	// {go-server 8080} <nil>
	// bad.toml:1: id: "Go" is not an id; use lower-case letters, digits and single hyphens, letters or digits at both ends
	// bad.toml:2: prot: unknown key; did you mean port?
	// bad.toml:3: port: is a string, not an integer; write port = 1
}
