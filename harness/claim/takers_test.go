package claim

import (
	"strings"
	"testing"
)

// Each target that has no trial in the reading's cell is named with its line; one that is nowhere is named once, as such.
func TestTargetsThatTakeNoPart(t *testing.T) {
	const text = `[article]
id = "a"
title = "A"
date = 2026-11-25
margin = 1.05
[[claim]]
id = "c"
section = "S"
where = "sentence 1"
summary = "x is cheaper"
[[claim.reading]]
id = "r"
shape = "better"
says = "x spends less"
x = "rust-actix"
y = "go-server"
metric = "cpu_us_per_request"
cell = "database/pool-4-64"
`
	refs := References{
		Targets: []string{"go-server", "rust-actix", "go-blocking"}, Cells: map[string]int{"database/pool-4-64": 64, "rate/6000": 64},
		Takers: map[string][]string{"database/pool-4-64": {"go-server", "go-blocking"}, "rate/6000": {"rust-actix", "go-server"}},
		Stored: []string{"database/pool-4-64"},
	}
	for _, c := range []struct{ name, from, to, want string }{
		{"no database", "", "", `f.toml:15: claim.reading.x: "rust-actix" takes no part in database/pool-4-64, since its target.toml provides no database; use one of go-blocking, go-server, or name a cell that it takes part in`},
		{"a variant elsewhere", "database/pool-4-64\"\n", "rate/6000\"\n", ""},
		{"a variant of another scenario", "x = \"rust-actix\"\ny = \"go-server\"\nmetric = \"cpu_us_per_request\"\ncell = \"database/pool-4-64\"", "x = \"go-blocking\"\ny = \"go-server\"\nmetric = \"cpu_us_per_request\"\ncell = \"rate/6000\"",
			`f.toml:15: claim.reading.x: "go-blocking" takes no part in rate/6000; use one of go-server, rust-actix, or name a cell that it takes part in`},
		{"nowhere", "rust-actix", "rust-other", `f.toml:15: claim.reading.x: no target "rust-other"; use one of go-blocking, go-server, rust-actix`},
	} {
		l, err := Parse("f.toml", []byte(strings.Replace(text, c.from, c.to, 1)))
		if err != nil {
			t.Fatal(err)
		}
		if got := message(l.CheckReferences(refs)); got != c.want {
			t.Errorf("%s:\n got %s\nwant %s", c.name, got, c.want)
		}
	}
}
