package roundtrips

import (
	"strings"
	"testing"
)

func path(request, set string, statements float64, ready int) Path {
	return Path{Request: request, Set: set, Statements: statements, Requests: 1, Backend: map[string]int{"ReadyForQuery": ready}}
}

func TestJudge(t *testing.T) {
	a := Of{"a", []Path{path("GET /db/item", "/db", 1, 1), path("GET /db/items", "/db", 20, 20)}}
	for name, c := range map[string]struct {
		other Path
		want  string // "" for no objection
	}{
		"alike":              {path("GET /db/item", "/db", 1, 1), ""},
		"blocking, alike":    {path("GET /db/blocking/item", "/db/blocking", 1, 1), ""},
		"another statement":  {path("GET /db/item", "/db", 2, 1), "a's GET /db/item takes 1 statements in 1 exchanges, b's GET /db/item 2 in 1"},
		"an empty query":     {path("GET /db/blocking/item", "/db/blocking", 1, 2), "b's GET /db/blocking/item 1 in 2"},
		"other work":         {path("POST /db/orders", "/db", 4, 4), ""},
		"as libraries come":  {path("GET /db/stock/item", "/db/stock", 1, 3), ""},
		"stock and blocking": {path("GET /db/stock-blocking/item", "/db/stock-blocking", 1, 3), ""},
	} {
		got := strings.Join(Judge([]Of{a, {"b", []Path{c.other}}}), "; ")
		if (got == "") != (c.want == "") || !strings.Contains(got, c.want) {
			t.Errorf("%s: got %q, want %q", name, got, c.want)
		}
	}
}
