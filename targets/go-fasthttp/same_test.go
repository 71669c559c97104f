package main

import (
	"bytes"
	"os"
	"testing"
)

// The work behind an answer is written as in go-server, so that the two differ by their
// stack alone. What is shared is copied: a target is a folder that builds by itself.
func TestTheWorkIsThatOfGoServer(t *testing.T) {
	for _, tt := range []struct{ ours, theirs, from string }{
		{"decode.go", "decode.go", "package main"},
		{"strings.go", "strings.go", "package main"},
		{"item.go", "item.go", "// words has"},
		{"order.go", "orders.go", "// isJSON tells"},
		{"hash.go", "hash.go", "// chain returns"},
	} {
		ours, theirs := after(t, tt.ours, tt.from), after(t, "../go-server/"+tt.theirs, tt.from)
		if !bytes.Equal(ours, theirs) {
			t.Errorf("%s and ../go-server/%s differ below %q; change both", tt.ours, tt.theirs, tt.from)
		}
	}
}

// after returns what a file holds from a text on.
func after(t *testing.T, name, from string) []byte {
	t.Helper()
	body, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	at := bytes.Index(body, []byte(from))
	if at < 0 {
		t.Fatalf("%s has no %q", name, from)
	}
	return body[at:]
}
