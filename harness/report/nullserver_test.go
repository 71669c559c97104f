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

// The rows of the null server: the lowest block beside the headroom's median, and trials of it without a p99, which held what was asked
// for, as not checked.
func TestNullServerRows(t *testing.T) {
	p := syntheticPlan(5)
	for _, c := range []struct {
		null []verdict.NullCell
		want string
	}{
		{[]verdict.NullCell{{Cell: "hold/10000", Trials: 2, Held: 2}}, "2 of 2|2|0"},
		{[]verdict.NullCell{{Cell: "hold/10000", Trials: 2, Held: 1}}, "1 of 2|2|1"},
		{[]verdict.NullCell{{Cell: "hold/10000", Trials: 2, Unmeasured: 2}}, "not checked: 2 trials held them, with every request answered, but without a usable p99 (too few samples, or sends that left late)|0|" + missing},
		{[]verdict.NullCell{{Cell: "hold/10000", Trials: 3, Held: 1, Unmeasured: 1}, {Cell: "rate/5000", Trials: 2}},
			"1 of 2; not checked: 1 trial held them, with every request answered, but without a usable p99 (too few samples, or sends that left late)|2|1"},
		{[]verdict.NullCell{{Cell: "rate/5000", Headroom: []verdict.Headroom{{Ratio: 3, Lowest: 1.402, OK: true}, {Ratio: 1.572, Lowest: 1.45, OK: true}}}},
			"1.572, lowest block 1.402|2|0"},
	} {
		d := newData(Input{Plan: p, Judgement: verdict.Judgement{Null: c.null}})
		rows := d.runChecks()
		if len(rows) != 1 {
			t.Fatalf("%+v: %d rows", c.null, len(rows))
		}
		got := rows[0].Cells
		if text := textOf(got[2]) + "|" + textOf(got[3]) + "|" + textOf(got[4]); text != c.want {
			t.Errorf("%q, want %q", text, c.want)
		}
	}
	if got := sustainedOf(verdict.NullCell{Trials: 2, Unmeasured: 2}); got != "0 of 2 trials, 2 without a usable p99" {
		t.Error(got)
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
