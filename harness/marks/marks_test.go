package marks

import (
	"strings"
	"testing"
)

func TestInsert(t *testing.T) {
	document := "before\n<!-- x: begin -->\nold\n<!-- x: end -->\n<!-- y: begin -->\nother\n<!-- y: end -->\nafter\n"
	got, err := Insert(document, "x", "new\n")
	if err != nil {
		t.Fatal(err)
	}
	if want := "before\n<!-- x: begin -->\n\nnew\n\n<!-- x: end -->\n<!-- y: begin -->\nother\n<!-- y: end -->\nafter\n"; got != want {
		t.Errorf("%q", got)
	}
	if again, err := Insert(got, "x", "new\n"); err != nil || again != got {
		t.Errorf("twice: %q, %v", again, err)
	}
	if inside, err := Between(got, "x"); err != nil || strings.TrimSpace(inside) != "new" {
		t.Errorf("between: %q, %v", inside, err)
	}
	for _, bad := range []string{"", "<!-- x: begin -->\n", "<!-- x: end -->\n<!-- x: begin -->\n", "<!-- y: begin -->\n<!-- y: end -->\n"} {
		if _, err := Insert(bad, "x", "new"); err == nil {
			t.Errorf("%q passes", bad)
		}
		if _, err := Between(bad, "x"); err == nil {
			t.Errorf("%q has both marks", bad)
		}
	}
}
