package plan

import (
	"slices"
	"strings"
	"testing"

	"github.com/assay-bench/assay/harness/claim"
)

// withShapes has a tie, a range and an up-to reading in place of the other claims.
func withShapes() Input {
	in := input()
	in.Ledger.Claims = nil
	for _, r := range []claim.Reading{
		{ID: "tie", Shape: claim.Tie, Metric: "memory_bytes", Cell: "hold/1000"},
		{ID: "range", Shape: claim.Range, Metric: "sustained_connections", Scenario: "hold", From: 10, To: 20},
		{ID: "up-to", Shape: claim.UpTo, Metric: "p50_ms", Cells: []string{"hold/5000", "rate/6000"}, Percent: 30},
		{ID: "documented", Shape: claim.Documented, Needs: "a source"},
	} {
		r.X, r.Y, r.Headline = "rust-server", "go-server", true
		in.Ledger.Claims = append(in.Ledger.Claims, claim.Claim{ID: r.ID, Readings: []claim.Reading{r}})
	}
	return in
}

// Every comparative shape has its cells, with an A/A arm; sources need no trial.
func TestComparativeShapesArePlanned(t *testing.T) {
	p := mustPlan(t, withShapes())
	if got, want := p.Covered(), []string{"tie", "range", "up-to"}; !slices.Equal(got, want) || len(p.LeftOut) != 0 {
		t.Errorf("covers %v and leaves out %+v; want %v and nothing", got, p.LeftOut, want)
	}
	for _, c := range p.Cells {
		if !c.Paired {
			t.Errorf("cell %s has no A/A arm", c.ID)
		}
	}
}

// A plan that lacks a candidate cell could never refute the claim, so it leaves the reading out.
func TestUpToNeedsAllItsCells(t *testing.T) {
	in := withShapes()
	in.Only = "hold"
	p := mustPlan(t, in)
	if len(p.LeftOut) != 1 || p.LeftOut[0].Claim != "up-to" || !strings.Contains(p.LeftOut[0].Why, "leaves cell rate/6000 out") {
		t.Errorf("left out %+v", p.LeftOut)
	}
	in.Only = "documented"
	if _, err := New(in); err == nil || !strings.Contains(err.Error(), "no trial decides this claim: dated sources do") {
		t.Errorf("--only documented: %v", err)
	}
	in.Only = "up-to"
	if p = mustPlan(t, in); p.CellNames() != "rate/6000, hold/5000" {
		t.Errorf("--only up-to plans %s", p.CellNames())
	}
}
