package plan

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/assay-bench/assay/harness/target"
)

// withStacks asks for further stacks in one of the cells.
func withStacks() Input {
	in := input()
	in.Profile.Stacks = []string{"rate/6000"}
	in.Targets = []target.Target{{ID: "elixir-server", Language: "elixir"}, {ID: "go-fasthttp", Language: "go"}, {ID: "go-server", Language: "go"},
		{ID: "rust-actix", Language: "rust"}, {ID: "rust-server", Language: "rust"}}
	return in
}

// Further stacks of the named languages run once a block, in the cells asked for and in no others.
func TestStacksRunWhereTheyAreAskedFor(t *testing.T) {
	p := mustPlan(t, withStacks())
	if got := IDs(p.AllTargets()); !slices.Equal(got, []string{"go-server", "rust-server", "go-fasthttp", "rust-actix"}) {
		t.Errorf("targets %v", got)
	}
	seen := map[string]int{}
	for _, s := range p.Slots {
		if s.Target == "go-fasthttp" || s.Target == "rust-actix" {
			seen[fmt.Sprint(s.Target, " ", s.Cell, " ", s.Replica)]++
		}
	}
	if len(seen) != 2 || seen["go-fasthttp rate/6000 1"] != p.Blocks || seen["rust-actix rate/6000 1"] != p.Blocks {
		t.Errorf("slots of stacks: %v", seen)
	}
	if s, ok := p.Target("rust-actix"); !ok || s.Language != "rust" {
		t.Error("the plan does not know rust-actix")
	}
}

// Each block has two more trials in that cell, and the plan counts their time.
func TestStacksTakeTime(t *testing.T) {
	in := withStacks()
	with := mustPlan(t, in)
	in.Profile.Stacks = nil
	without := mustPlan(t, in)
	cell, _ := with.Cell("rate/6000")
	more, want := with.Expected-without.Expected, withRetries(time.Duration(2*with.Blocks)*with.SlotTime(cell))
	if (more - want).Abs() > time.Microsecond { // fractions of a nanosecond
		t.Errorf("stacks take %v, want %v", more, want)
	}
	if len(without.Stacks) != 0 {
		t.Errorf("stacks that nobody asked for: %v", IDs(without.Stacks))
	}
}

func TestStacksOfNoNamedLanguage(t *testing.T) {
	in := withStacks()
	in.Targets = slices.DeleteFunc(in.Targets, func(s target.Target) bool { return s.ID == "go-fasthttp" || s.ID == "rust-actix" })
	_, err := New(in)
	want := "profile standard asks for further stacks in rate/6000, and targets/ has no other target of these languages; add one, or take stacks out of the profile"
	if err == nil || err.Error() != want {
		t.Errorf("got  %v\nwant %s", err, want)
	}
	in.Only = "hold/1000" // leaves that cell out, and with it the stacks
	if _, err := New(in); err != nil && strings.Contains(err.Error(), "stacks") {
		t.Error(err)
	}
}
