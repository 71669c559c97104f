package audit

import (
	"slices"
	"strings"
	"testing"
)

func TestCompareJSONNamesValues(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		a, b string
		want []string
	}{
		"the same":          {`{"a":[1,{"b":null}]}`, ` {"a": [1, {"b": null}]}`, nil},
		"a value":           {`{"a":{"b":1}}`, `{"a":{"b":2}}`, []string{"a.b: recorded 1, recomputed 2"}},
		"a kind":            {`{"a":1}`, `{"a":"1"}`, []string{`a: recorded 1, recomputed "1"`}},
		"one more":          {`{"a":1,"b":true}`, `{"a":1}`, []string{"b: recorded true, recomputed nothing"}},
		"null is a value":   {`{}`, `{"b":null}`, []string{"b: recorded nothing, recomputed null"}},
		"rounding":          {`[0.1]`, `[0.10000000000000002]`, nil},
		"more than that":    {`[0.1]`, `[0.1000000001]`, []string{"[0]: recorded 0.1, recomputed 0.1000000001"}},
		"whole numbers":     {`[18446744073709551615]`, `[18446744073709551615]`, nil},
		"by ID":             {`[{"id":"x","v":1},{"id":"y","v":2}]`, `[{"id":"y","v":3}]`, []string{`[x]: recorded {"id":"x","v":1}, recomputed nothing`, "[y].v: recorded 2, recomputed 3"}},
		"by number":         {`[1,2]`, `[1,2,3]`, []string{"[2]: recorded nothing, recomputed 3"}},
		"in natural order":  {`[0,0,0,0,0,0,0,0,0,0,0]`, `[0,0,1,0,0,0,0,0,0,0,1]`, []string{"[2]: recorded 0, recomputed 1", "[10]: recorded 0, recomputed 1"}},
		"the same ID twice": {`[{"id":"x"},{"id":"x"}]`, `[{"id":"x"}]`, []string{`[0]: recorded {"id":"x"}, recomputed nothing`, `[1]: recorded {"id":"x"}, recomputed nothing`, `[x]: recorded nothing, recomputed {"id":"x"}`}},
	} {
		if got := compareJSON([]byte(c.a), []byte(c.b)); !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
	if got := compareJSON([]byte(`{`), []byte(`{}`)); len(got) != 1 || !strings.HasPrefix(got[0], "cannot be read") {
		t.Errorf("no JSON: %q", got)
	}
}

func TestCompareLinesNamesLines(t *testing.T) {
	t.Parallel()
	if got := compareLines("a\nb\n", "a\nc\n"); !slices.Equal(got, []string{`line 2: has "b", the records give "c"`}) {
		t.Errorf("%q", got)
	}
	long := strings.Repeat("x", 500)
	if got := compareLines(long+"1", long+"2"); len(got) != 1 || !strings.Contains(got[0], `x1", the records give "...x`) {
		t.Errorf("%q", got)
	}
	for _, c := range [][3]string{
		{"a\nb", "a\nb\n", "line 2: the last line end is missing"},
		{"a\n", "a\n\n", "line 2: the last line end is missing"},
		{"a\nb\n", "a\nb", "line 2: has one line end more than the records give"},
		{"a\n", "a\nb\n", `line 2: is missing, the records give "b"`},
		{"a\n\n", "a\n", "line 2: has one line end more than the records give"},
		{"a\nb\n", "a\n", `line 2: has "b", the records give no such line`},
		{"a\nc", "a\nb\n", `line 2: has "c", the records give "b"`},
		{"", "a\n", `line 1: is missing, the records give "a"`},
		{"a\n", "a\n", ""},
	} {
		if got := strings.Join(compareLines(c[0], c[1]), "; "); got != c[2] {
			t.Errorf("%q for %q: %s, want %s", c[0], c[1], got, c[2])
		}
	}
	if got := compareLines(strings.Repeat("a\n", 30), strings.Repeat("b\n", 30)); len(got) != mostLines+1 || got[mostLines] != "20 more lines differ" {
		t.Errorf("%q", got)
	}
}

func FuzzCompareJSON(f *testing.F) {
	f.Add([]byte(`{"a":[1,{"id":"x"}]}`), []byte(`{"a":[2]}`))
	f.Fuzz(func(t *testing.T, a, b []byte) {
		compareJSON(a, b)
		if found := compareJSON(a, a); len(found) > 0 && !strings.HasPrefix(found[0], "cannot be read") {
			t.Errorf("%q differs from itself: %q", a, found)
		}
	})
}
