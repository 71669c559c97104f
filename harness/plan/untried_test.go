package plan

import (
	"testing"

	"github.com/assay-bench/assay/harness/claim"
)

func TestWithoutTrials(t *testing.T) {
	documented := claim.Reading{ID: "d", Shape: claim.Documented}
	for _, c := range []struct {
		name    string
		reading claim.Reading
		want    bool
	}{
		{"untestable", claim.Reading{Shape: claim.Untestable}, true},
		{"combines", claim.Reading{Shape: claim.Combines}, true},
		{"defects", claim.Reading{Shape: claim.Studied, Study: claim.Defects}, true},
		{"conformance is of servers", claim.Reading{Shape: claim.Studied, Study: claim.Conformance}, false},
		{"threshold", claim.Reading{Shape: claim.Threshold}, false},
		{"one that is not measured yet", claim.Reading{Shape: claim.Better, NotYet: "later"}, true},
	} {
		l := claim.Ledger{Claims: []claim.Claim{{ID: "a", Readings: []claim.Reading{documented, c.reading}}}}
		if got := withoutTrials(l); got != c.want {
			t.Errorf("%s: %v", c.name, got)
		}
	}
}

// An article of documents alone has a plan without trials, servers or null server, whatever cells the profile has; its studies stand.
func TestPlanWithoutTrials(t *testing.T) {
	in := input()
	in.Ledger.Claims = []claim.Claim{
		{ID: "a", Readings: []claim.Reading{{ID: "d", Shape: claim.Documented}}},
		{ID: "b", Readings: []claim.Reading{{ID: "s", Shape: claim.Studied, Study: claim.AsyncRuntime}}},
	}
	in.Profile.Studies = []string{claim.AsyncRuntime}
	p, err := New(in)
	if err != nil {
		t.Fatal(err)
	}
	if !p.Untried() || p.Null != nil || p.Canaries || p.Database != nil || len(p.LeftOut) != 0 || len(p.Studies) != 1 {
		t.Errorf("%+v", p)
	}
	in.Profile.Studies = nil
	if p, err = New(in); err != nil || len(p.LeftOut) != 1 || p.LeftOut[0].Claim != "b" {
		t.Errorf("the study that the profile lacks is left out: %+v, %v", p.LeftOut, err)
	}
	in.Only = in.Profile.Cells[0]
	if p, err = New(in); err == nil {
		t.Errorf("a cell that was asked for is passed over: %+v", p)
	}
}
