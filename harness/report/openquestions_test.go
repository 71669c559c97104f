package report

import (
	"strings"
	"testing"

	"github.com/assay-bench/assay/harness/plan"
	"github.com/assay-bench/assay/harness/target"
	"github.com/assay-bench/assay/harness/trial"
	"github.com/assay-bench/assay/harness/verdict"
)

// Who has more checks than another is told why; where all have the same paths, nobody is.
func TestMoreChecksAreExplained(t *testing.T) {
	both := []string{target.HasDatabase, target.HasBlockingDatabase}
	variant := target.Target{ID: "b-blocking", Of: "b", Provides: both}
	e := verdict.Conformance{Targets: []verdict.ConformingTarget{{ID: "a", Checked: 1364}, {ID: "b", Checked: 1550}, {ID: "b-blocking", Checked: 1550}}}
	for _, c := range []struct {
		targets []target.Target
		want    string
	}{
		{[]target.Target{{ID: "a", Provides: both[:1]}, {ID: "b", Provides: both}, variant}, "and so more checks: b."},
		{[]target.Target{{ID: "a", Provides: both}, {ID: "b", Provides: both}, variant}, ""},
		{[]target.Target{{ID: "a"}, {ID: "b"}}, ""},
	} {
		d := &data{Input: Input{Plan: plan.Plan{Targets: c.targets}}}
		if got := d.moreChecks(e); !strings.HasSuffix(got, c.want) || (got == "") != (c.want == "") {
			t.Errorf("%v: %q, want %q", c.targets, got, c.want)
		}
	}
}

// A binary that is smaller with Rust in it is explained, a larger one is not.
func TestASmallerBinaryIsExplained(t *testing.T) {
	e := verdict.Together{Part: verdict.PartBuild, BytesWithout: 2_806_336, BytesWith: 2_797_056}
	if blocks := together(e); len(blocks) != 2 {
		t.Errorf("smaller: %d blocks", len(blocks))
	}
	e.BytesWith = 3_000_000
	if blocks := together(e); len(blocks) != 1 {
		t.Errorf("larger: %d blocks", len(blocks))
	}
}

func TestCountsAreMeansOverRequests(t *testing.T) {
	for want, paths := range map[string][]trial.DatabasePath{
		" as the mean of 20 requests": {{Requests: 20}, {Requests: 20}}, "": {{Requests: 20}, {Requests: 10}},
	} {
		if got := overRequests(paths); got != want {
			t.Errorf("%v: %q", paths, got)
		}
	}
	if got := overRequests(nil); got != "" {
		t.Errorf("of none: %q", got)
	}
}
