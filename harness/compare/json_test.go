package compare

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/assay-bench/assay/harness/verdict"
)

// Every key that JSON writes stands in docs/comparison.md; those of package verdict stand in
// a document of their own.
func TestJSONIsDocumented(t *testing.T) {
	doc, err := os.ReadFile(filepath.Join("..", "..", "docs", "comparison.md"))
	if err != nil {
		t.Fatal(err)
	}
	sections := map[string]string{}
	for _, part := range strings.Split(string(doc), "\n### ")[1:] {
		title, body, _ := strings.Cut(part, "\n")
		sections[title] = body
	}
	for _, of := range []reflect.Type{
		reflect.TypeFor[Comparison](), reflect.TypeFor[Side](), reflect.TypeFor[Difference](), reflect.TypeFor[Change](),
		reflect.TypeFor[Movement](), reflect.TypeFor[Apart](),
	} {
		rows := strings.Count(sections[of.Name()], "\n| `")
		if rows != of.NumField() {
			t.Errorf("section %q of docs/comparison.md has %d rows, the type has %d fields", of.Name(), rows, of.NumField())
		}
		for i := range of.NumField() {
			key, _, _ := strings.Cut(of.Field(i).Tag.Get("json"), ",")
			if key == "" || !strings.Contains(sections[of.Name()], "| `"+key+"` |") {
				t.Errorf("section %q of docs/comparison.md has no row for `%s`", of.Name(), key)
			}
		}
	}
	for _, c := range []Class{Comparable, VerdictsOnly, NotComparable} {
		if !strings.Contains(string(doc), "`"+string(c)+"`") || !strings.Contains(string(doc), "| "+string(c)+" |") {
			t.Errorf("docs/comparison.md does not explain %q", c)
		}
	}
	if reflect.TypeFor[Side]().Field(6).Type != reflect.TypeFor[verdict.Trials]() {
		t.Error("docs/comparison.md says that trials are as in verdicts.json")
	}
}
