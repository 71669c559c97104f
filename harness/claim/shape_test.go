package claim

import (
	"os"
	"reflect"
	"strings"
	"testing"
)

func file(t testing.TB, name string) string {
	t.Helper()
	data, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// replaced returns a file of testdata with one text replaced by another, once.
func replaced(t *testing.T, name, from, to string) []byte {
	t.Helper()
	s := file(t, name)
	if !strings.Contains(s, from) {
		t.Fatalf("testdata/%s does not contain %q", name, from)
	}
	return []byte(strings.Replace(s, from, to, 1))
}

func TestParseShapes(t *testing.T) {
	l, err := Parse("shapes.toml", []byte(file(t, "shapes.toml")))
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []Reading{
		{ID: "best", Shape: UpTo, X: "rust-server", Y: "go-server", Metric: "p50_ms", Cells: []string{"rate/2000", "rate/6000"}, Percent: 30, Tolerance: 2.5},
		{ID: "cpu", Shape: Range, X: "rust-server", Y: "go-server", Metric: "cpu_us_per_request", Cell: "rate/6000", From: 20, To: 30, InfrastructureOnly: true},
		{ID: "connections", Shape: Tie, X: "rust-server", Y: "go-server", Metric: "sustained_connections", Scenario: "hold"},
		{ID: "counts", Shape: Documented, ShownBy: []string{"go-modules", "rust-crates"}, OpposedBy: []string{"a-survey"}},
		{ID: "none", Shape: Documented, Needs: "a survey of wages"},
		{ID: "infrastructure", Shape: Range, Target: "rust-server", Metric: "cost_usd_per_month", Case: "use-case", From: 10000, To: 20000, InfrastructureOnly: true},
		{ID: "infrastructure", Shape: Range, X: "rust-server", Y: "go-server", Metric: "cost_usd_per_month", Case: "roi", From: 20, To: 30},
	} {
		got := l.Claims[i].Readings[0]
		want.Headline, want.Says, want.table = true, got.Says, got.table
		if !reflect.DeepEqual(got, want) {
			t.Errorf("claim %s: %+v, want %+v", l.Claims[i].ID, got, want)
		}
	}
}

// TestShapeErrors holds the message of each mistake: one edit of testdata/shapes.toml.
func TestShapeErrors(t *testing.T) {
	const upTo, ranges = "the shape up-to takes x, y, metric, cells, percent", "the shape range takes x, y, metric, cell, from, to"
	tests := []struct{ name, from, to, want string }{
		{"no cells", "cells = [\"rate/2000\", \"rate/6000\"]\n", "",
			`f.toml:15: claim.reading.cells: is missing; add cells = ...; ` + upTo},
		{"one cell for cells", `cells = ["rate/2000", "rate/6000"]`, `cell = "rate/2000"`,
			"f.toml:15: claim.reading.cells: is missing; add cells = ...; " + upTo + "\nf.toml:22: claim.reading.cell: does not belong to the shape \"up-to\"; remove it; the shape takes x, y, metric, cells, percent"},
		{"cell syntax", `"rate/6000"]`, "\n  \"rate-6000\"]",
			`f.toml:23: claim.reading.cells: "rate-6000" is not a cell; write it as "hold/10000" or "hold/host-limit"`},
		{"cell twice", `"rate/6000"]`, `"rate/2000"]`,
			`f.toml:22: claim.reading.cells: names "rate/2000" twice; remove one`},
		{"percent zero", `percent = 30`, `percent = 0`,
			`f.toml:23: claim.reading.percent: is 0; give a number above 0, at most 10000`},
		{"percent nan", `percent = 30`, `percent = nan`,
			`f.toml:23: claim.reading.percent: is NaN; give a number above 0, at most 10000`},
		{"percent text", `percent = 30`, `percent = "30 %"`,
			`f.toml:23: claim.reading.percent: is a string, not a number; write percent = 1.0`},
		{"a hundred per cent less", `percent = 30`, `percent = 100`,
			`f.toml:23: claim.reading.percent: is 100, but nothing has that much less p50 latency; give less than 100`},
		{"tolerance as large", `tolerance = 2.5`, `tolerance = 30`,
			`f.toml:24: claim.reading.tolerance: is 30 of the 30 claimed, which leaves nothing to show; give fewer percentage points`},
		{"tolerance of a range", `to = 30.0`, "to = 30.0\ntolerance = 1",
			`f.toml:42: claim.reading.tolerance: does not belong to the shape "range"; remove it; the shape takes x, y, metric, cell, from, to`},
		{"ladder among cells", `metric = "p50_ms"`, `metric = "sustained_connections"`,
			`f.toml:21: claim.reading.metric: sustained_connections belongs to a whole ladder, not to one of several cells; name a metric of a cell`},
		{"no end of the range", "to = 30.0\n", "",
			`f.toml:32: claim.reading.to: is missing; add to = ...; ` + ranges},
		{"range turned round", `from = 20`, `from = 40`,
			`f.toml:41: claim.reading.to: is 30, not above from = 40; give the range from its lower to its upper end`},
		{"range beyond all", `to = 30.0`, `to = 130.0`,
			`f.toml:41: claim.reading.to: is 130, but nothing has that much less CPU time per request; give less than 100`},
		{"range over a ladder", `cell = "rate/6000"`, `scenario = "rate"`,
			"f.toml:32: claim.reading.cell: is missing; add cell = ...; " + ranges + "\nf.toml:39: claim.reading.scenario: does not go with the metric cpu_us_per_request; remove it; the shape takes x, y, metric, cell, from, to"},
		{"tie in a cell", `scenario = "hold"`, `cell = "hold/1000"`,
			"f.toml:50: claim.reading.scenario: is missing; add scenario = ...; the shape tie takes x, y, metric, scenario\nf.toml:57: claim.reading.cell: does not go with the metric sustained_connections; remove it; the shape takes x, y, metric, scenario"},
		{"percent of a tie", `scenario = "hold"`, "scenario = \"hold\"\npercent = 3",
			`f.toml:58: claim.reading.percent: does not belong to the shape "tie"; remove it; the shape takes x, y, metric, scenario`},
		{"evidence on both sides", `opposed_by = ["a-survey"]`, `opposed_by = ["go-modules"]`,
			`f.toml:70: claim.reading.opposed_by: "go-modules" is in shown_by too; keep it on the side that it supports`},
		{"evidence twice", `"rust-crates"]`, `"go-modules"]`,
			`f.toml:69: claim.reading.shown_by: names "go-modules" twice; remove one`},
		{"evidence id", `"a-survey"`, `"A Survey"`,
			`f.toml:70: claim.reading.opposed_by: "A Survey" is not an id; write the id of an entry of the evidence`},
		{"no source and no need", "needs = \"a survey of wages\"\n", "",
			`f.toml:78: claim.reading.needs: is missing; add needs = ...; the shape documented takes needs`},
		{"context decides already", `opposed_by = ["a-survey"]`, `context = ["rust-crates"]`,
			`f.toml:70: claim.reading.context: "rust-crates" decides the reading already; take it out here`},
		{"context without a need", `needs = "a survey of wages"`, `context = ["a-survey"]`,
			`f.toml:78: claim.reading.needs: is missing; add needs = ...; the shape documented takes needs`},
		{"context of others' verdicts", "shape = \"documented\"\nsays = \"somebody counted wages\"\nneeds = \"a survey of wages\"",
			"shape = \"combines\"\nclaims = [\"async\"]\ncontext = [\"a-survey\"]",
			`f.toml:82: claim.reading.context: does not belong to the shape "combines"; remove it; the shape takes claims`},
		{"no part", "shape = \"documented\"\nsays = \"somebody counted wages\"\nneeds = \"a survey of wages\"", "shape = \"study\"\nsays = \"it works\"\nstudy = \"together\"",
			`f.toml:78: claim.reading.part: is missing; add part = ...; the shape study takes study, part`},
		{"conformance of nobody", "shape = \"documented\"\nsays = \"somebody counted wages\"\nneeds = \"a survey of wages\"", "shape = \"study\"\nsays = \"it works\"\nstudy = \"conformance\"\nx = \"rust-server\"",
			`f.toml:78: claim.reading.y: is missing; add y = ...; the shape study takes study, x, y`},
		{"an unknown part", "shape = \"documented\"\nsays = \"somebody counted wages\"\nneeds = \"a survey of wages\"", "shape = \"study\"\nsays = \"it works\"\nstudy = \"together\"\npart = \"cal\"",
			`f.toml:83: claim.reading.part: no part "cal"; did you mean call?`},
		{"a part of another study", "shape = \"documented\"\nsays = \"somebody counted wages\"\nneeds = \"a survey of wages\"", "shape = \"study\"\nsays = \"it works\"\nstudy = \"async-runtime\"\npart = \"call\"",
			`f.toml:83: claim.reading.part: does not belong to the shape "study"; remove it; the shape takes study`},
		{"a side of a source", `opposed_by = ["a-survey"]`, "opposed_by = [\"a-survey\"]\nx = \"go-server\"",
			`f.toml:71: claim.reading.x: does not belong to the shape "documented"; remove it; the shape takes shown_by, opposed_by, context, at_least, needs`},
		{"infrastructure of a source", `needs = "a survey of wages"`, "needs = \"a survey of wages\"\ninfrastructure_only = true",
			`f.toml:83: claim.reading.infrastructure_only: does not belong to the shape "documented"; remove it; the shape takes needs`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := Parse("f.toml", replaced(t, "shapes.toml", tt.from, tt.to))
			if got := message(err); got != tt.want {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
		})
	}
}

// A reading that waits may leave its shape's keys out.
func TestNotYetTakesAnyKeys(t *testing.T) {
	data := replaced(t, "shapes.toml", "percent = 30\n", "not_yet = \"needs the database scenario\"\n")
	if _, err := Parse("f.toml", data); err != nil {
		t.Error(err)
	}
}

// Context goes beside sources, beside what is measured, and beside what nothing tests.
func TestContext(t *testing.T) {
	for _, c := range []struct {
		name, from, to string
		claim          int
	}{
		{"of a measurement", `percent = 30`, "percent = 30\ncontext = [\"a-survey\"]", 0},
		{"of sources", `opposed_by = ["a-survey"]`, `context = ["a-survey"]`, 3},
		{"of no source", `needs = "a survey of wages"`, "needs = \"a survey of wages\"\ncontext = [\"a-survey\"]", 4},
		{"of what is untestable", "shape = \"documented\"\nsays = \"somebody counted wages\"",
			"shape = \"untestable\"\nreason = \"people differ\"\ncontext = [\"a-survey\"]", 4},
	} {
		l, err := Parse("f.toml", replaced(t, "shapes.toml", c.from, c.to))
		if err != nil {
			t.Fatalf("%s: %v", c.name, err)
		}
		if r := l.Claims[c.claim].Readings[0]; !reflect.DeepEqual(r.Context, []string{"a-survey"}) || len(r.OpposedBy) != 0 {
			t.Errorf("%s: %+v", c.name, r)
		}
	}
}

func TestCandidatesAreChecked(t *testing.T) {
	l, err := Parse("f.toml", []byte(file(t, "shapes.toml")))
	if err != nil {
		t.Fatal(err)
	}
	refs := References{Targets: []string{"go-server", "rust-server"}, Cells: map[string]int{"rate/6000": 64}, Ladders: []string{"hold"}, Cases: []string{"roi", "use-case"}}
	want := `f.toml:22: claim.reading.cells: no cell "rate/2000"; did you mean rate/6000?`
	if got := message(l.CheckReferences(refs)); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}
