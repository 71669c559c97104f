package report

import (
	"slices"
	"strings"
	"testing"

	"github.com/assay-bench/assay/harness/plan"
	"github.com/assay-bench/assay/harness/target"
	"github.com/assay-bench/assay/harness/verdict"
)

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
