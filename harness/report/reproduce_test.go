package report

import (
	"strings"
	"testing"
)

// Only of a run whose flags were kept does the command give the same plan for sure.
func TestTheSamePlan(t *testing.T) {
	for _, c := range []struct {
		flags map[string]string
		want  string
	}{
		{map[string]string{}, "A new run with the same plan, which will give other numbers:"},
		{map[string]string{"only": "hold"}, "A new run with the same plan, which will give other numbers:"},
		{nil, "A new run with the same profile and seed, which will give other numbers:"},
	} {
		in := newSynthetic().input()
		in.Env.Flags = c.flags
		d, err := Build(in)
		if err != nil {
			t.Fatal(err)
		}
		var text strings.Builder
		if err := Markdown(&text, d); err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(text.String(), "\n"+c.want+"\n") {
			t.Errorf("flags %v: the report lacks %q", c.flags, c.want)
		}
	}
}
