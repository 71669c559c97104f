package report

import (
	"slices"
	"strings"
	"testing"

	"github.com/assay-bench/assay/harness/plan"
	"github.com/assay-bench/assay/harness/target"
	"github.com/assay-bench/assay/harness/verdict"
)

// The drift that is shown as the worst is one that failed, where one did; its p-value stands beside it.
func TestWorstDrift(t *testing.T) {
	scatter := verdict.HostDrift{DriftOf: "x", Drift: 0.3, DriftP: 0.41, DriftOK: true}
	trend := verdict.HostDrift{DriftOf: "x", Drift: 0.16, DriftP: 0.003}
	small := verdict.HostDrift{DriftOf: "x", Drift: 0.02, DriftP: 0.00001, DriftOK: true}
	untested := verdict.HostDrift{DriftOf: "x", Drift: 0.04, DriftOK: true}
	for _, c := range []struct {
		cells []verdict.HostDrift
		want  string
	}{
		{[]verdict.HostDrift{small, scatter}, "30.0 % (p 0.41)"},
		{[]verdict.HostDrift{scatter, small, {}}, "30.0 % (p 0.41)"},
		{[]verdict.HostDrift{scatter, trend, small}, "16.0 % (p 0.003)"},
		{[]verdict.HostDrift{trend, scatter}, "16.0 % (p 0.003)"},
		{[]verdict.HostDrift{small}, "2.00 % (p under 0.0001)"},
		{[]verdict.HostDrift{untested}, "4.00 %"},
		{[]verdict.HostDrift{{}}, missing},
	} {
		if got := driftCell(worstDrift(c.cells)); got != c.want {
			t.Errorf("%+v: %q, want %q", c.cells, got, c.want)
		}
	}
}

// What the clean builds compile is not the same of both languages, and the cell says so.
func TestBuildSaysWhatCleanCompiles(t *testing.T) {
	d := newData(newShapes().input())
	if text := d.lifecycleSentence(plan.Cell{Mode: "build"}); strings.Contains(text, "development") || strings.Contains(text, "shipped") {
		t.Errorf("of targets with one build: %s", text)
	}
	d.Plan.Targets = slices.Clone(d.Plan.Targets)
	d.Plan.Targets[0].Build.Development = &target.Development{Command: []string{"cc", "-O0"}}
	if text := d.lifecycleSentence(plan.Cell{Mode: "build", Development: true}); !strings.Contains(text, "the builds that somebody makes who works on a server") || !strings.Contains(text, d.Plan.Targets[0].ID+" by cc -O0") {
		t.Error(text)
	}
	if text := d.lifecycleSentence(plan.Cell{Mode: "build"}); !strings.Contains(text, "the shipped builds") {
		t.Error(text)
	}
	if text := d.lifecycleSentence(plan.Cell{Mode: "start", Starts: 9}); strings.Contains(text, "Left out") {
		t.Error(text)
	}
	d.Plan.Targets[0].Source = &target.Source{Uncounted: []string{"a.rs", "b.rs"}, Why: "they serve a path of its own"}
	if text := d.lifecycleSentence(plan.Cell{Mode: "start", Starts: 9}); !strings.Contains(text, "Left out of the lines of "+d.Plan.Targets[0].ID+": a.rs, b.rs, since they serve a path of its own.") {
		t.Error(text)
	}
	if text := d.lifecycleSentence(plan.Cell{Mode: "build"}); !strings.Contains(text, "Go's clean build compiles the packages of its standard library that the server takes") || !strings.Contains(text, "Rust's comes compiled") {
		t.Error(text)
	}
}
