package claim

import (
	"reflect"
	"strings"
	"testing"
)

// A pair stands once, with its words, whichever side declared either.
func TestContradictions(t *testing.T) {
	l := Ledger{Claims: []Claim{
		{ID: "a", Contradicts: []string{"b", "nowhere", "a"}},
		{ID: "b", Contradicts: []string{"c", "a"}, ContradictsHow: []string{"one says 2, the other 3", "one says up, the other down"}},
		{ID: "c", Contradicts: []string{"b", "d"}, ContradictsHow: []string{"said a second time", "one says all, the other none"}},
		{ID: "d"},
	}}
	want := []Contradiction{
		{"a", "b", "one says up, the other down"},
		{"b", "c", "one says 2, the other 3"},
		{"c", "d", "one says all, the other none"},
	}
	if got := l.Contradictions(); !reflect.DeepEqual(got, want) {
		t.Errorf("%+v, want %+v", got, want)
	}
	for _, c := range []struct {
		id, other string
		ok        bool
	}{{"a", "b", true}, {"b", "a", true}, {"c", "", false}} {
		if other, ok := want[0].Other(c.id); other != c.other || ok != c.ok {
			t.Errorf("%s contradicts %q, %v", c.id, other, ok)
		}
	}
}

func TestContradictionsAreRead(t *testing.T) {
	const line = `contradicts = ["speed"]`
	l, err := Parse("f.toml", edited(t, line, line+"\ncontradicts_how = [\"one says 2, the other 3\"]"))
	if err != nil {
		t.Fatal(err)
	}
	pairs := l.Contradictions()
	if len(pairs) != 1 || pairs[0].How != "one says 2, the other 3" {
		t.Errorf("%+v", pairs)
	}
	for _, c := range []struct{ to, want string }{
		{line + "\ncontradicts_how = [\"one\", \"two\"]",
			"f.toml:15: claim.contradicts_how: has another number of entries than contradicts; write one sentence for each claim that is named there"},
		{`contradicts_how = ["one"]`,
			"f.toml:14: claim.contradicts_how: explains no contradiction; name the other claims in contradicts, or remove the key"},
		{line + "\ncontradicts_how = [\"\"]", "f.toml:15: claim.contradicts_how: is empty; fill it in or remove the key"},
	} {
		if _, err := Parse("f.toml", edited(t, line, c.to)); !strings.Contains(message(err), c.want) {
			t.Errorf("got  %v\nwant %s", err, c.want)
		}
	}
}
