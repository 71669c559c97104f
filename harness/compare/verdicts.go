package compare

import (
	"bytes"
	"encoding/json"
	"slices"

	"github.com/assay-bench/assay/harness/claim"
	"github.com/assay-bench/assay/harness/verdict"
)

// A Change is a verdict that is not the same in both runs.
type Change struct {
	Claim      string          `json:"claim"`
	Reading    string          `json:"reading,omitempty"` // "" for the claim's own verdict, which is its headline reading's
	From       verdict.Verdict `json:"from"`
	To         verdict.Verdict `json:"to"`
	ReasonA    string          `json:"reason_a"`
	ReasonB    string          `json:"reason_b"`
	Redefined  bool            `json:"redefined"`   // the two runs mean something else by it
	OtherCells bool            `json:"other_cells"` // its cell, or a rung of its ladder, is not the same in both runs
}

// compareVerdicts fills in what became of each claim.
func (p pair) compareVerdicts(c *Comparison) {
	for _, was := range p.a.judgement.Claims {
		is, ok := findClaim(p.b.judgement, was.ID)
		if !ok {
			c.ClaimsOnlyInA = append(c.ClaimsOnlyInA, was.ID)
			continue
		}
		p.compareClaim(c, was, is)
	}
	for _, is := range p.b.judgement.Claims {
		if _, ok := findClaim(p.a.judgement, is.ID); !ok {
			c.ClaimsOnlyInB = append(c.ClaimsOnlyInB, is.ID)
		}
	}
}

// compareClaim fills in what became of a claim's verdict and of its other readings'.
func (p pair) compareClaim(c *Comparison, was, is verdict.Claim) {
	named := was.Verdict != is.Verdict && c.leave(was.ID, p.a.leavesOut(was), p.b.leavesOut(is))
	apart := named || was.Verdict != is.Verdict && (p.a.leavesOutWhatDecides(was, is) || p.b.leavesOutWhatDecides(is, was))
	if !apart {
		c.ClaimsCompared++
	}
	if !apart && was.Verdict != is.Verdict {
		c.Changes = append(c.Changes, p.mark(Change{
			Claim: was.ID, From: was.Verdict, To: is.Verdict, ReasonA: was.Reason, ReasonB: is.Reason,
		}, headline(was), headline(is)))
	}
	for _, r := range was.Readings {
		o, ok := findJudged(is, r.ID)
		if !ok || o.Verdict == r.Verdict || r.Headline && o.Headline && (!apart || !was.Every) { // the headline's verdict is the claim's
			continue
		}
		leftA, leftB := p.a.leavesOutReading(was.ID, r), p.b.leavesOutReading(is.ID, o)
		switch {
		case leftA == leftB:
			c.Changes = append(c.Changes, p.mark(Change{
				Claim: was.ID, Reading: r.ID, From: r.Verdict, To: o.Verdict, ReasonA: r.Reason, ReasonB: o.Reason,
			}, r.ID, o.ID))
		case !named:
			c.leave("reading "+r.ID+" of "+was.ID, leftA, leftB)
		}
	}
}

func findJudged(c verdict.Claim, reading string) (verdict.Reading, bool) {
	i := slices.IndexFunc(c.Readings, func(r verdict.Reading) bool { return r.ID == reading })
	if i < 0 {
		return verdict.Reading{}, false
	}
	return c.Readings[i], true
}

// mark says where a verdict changed because something else was asked.
func (p pair) mark(ch Change, readingA, readingB string) Change {
	ch.Redefined = p.redefined(ch.Claim, readingA, readingB)
	ch.OtherCells = !ch.Redefined && p.otherCells(ch.Claim, readingA)
	return ch
}

func findClaim(j verdict.Judgement, id string) (verdict.Claim, bool) {
	i := slices.IndexFunc(j.Claims, func(c verdict.Claim) bool { return c.ID == id })
	if i < 0 {
		return verdict.Claim{}, false
	}
	return j.Claims[i], true
}

func headline(c verdict.Claim) string {
	for _, r := range c.Readings {
		if r.Headline {
			return r.ID
		}
	}
	return ""
}

// redefined reports whether a claim's reading in A and one in B mean something else. Words
// alone do not count; a tolerance that the plan supplies does.
func (p pair) redefined(claimID, readingA, readingB string) bool {
	a, okA := findReading(p.a.Plan.Ledger, claimID, readingA)
	b, okB := findReading(p.b.Plan.Ledger, claimID, readingB)
	return okA != okB || okA && !sameReading(p.a.withTolerance(a), p.b.withTolerance(b))
}

// otherCells reports whether what the reading is measured on is in both plans, and not the
// same.
func (p pair) otherCells(claimID, reading string) bool {
	r, _ := findReading(p.a.Plan.Ledger, claimID, reading)
	if r.Scenario != "" {
		return !p.sameLadder(r.Scenario)
	}
	if _, billed := p.b.Plan.Cost.Case(r.Case); billed {
		return !p.sameBill(r.Case)
	}
	return slices.ContainsFunc(append([]string{r.Cell}, r.Cells...), func(cell string) bool {
		_, okA := p.a.Plan.Cell(cell)
		_, okB := p.b.Plan.Cell(cell)
		return okA && okB && !p.sameCell(cell, "", r.Target, r.X, r.Y) // "": who is asked nothing of his own
	})
}

// withTolerance is the reading with the tolerance that it is judged by.
func (s side) withTolerance(r claim.Reading) claim.Reading {
	if r.Shape == claim.UpTo && r.Tolerance == 0 {
		r.Tolerance = s.Plan.Limits.UpToTolerance
	}
	return r
}

func findReading(l claim.Ledger, claimID, reading string) (claim.Reading, bool) {
	for _, c := range l.Claims {
		for _, r := range c.Readings {
			if c.ID == claimID && r.ID == reading {
				return r, true
			}
		}
	}
	return claim.Reading{}, false
}

// sameReading compares what a verdict rests on: all of a reading but its wording, and which of a claim's it is.
func sameReading(a, b claim.Reading) bool {
	one, errOne := bare(a)
	other, errOther := bare(b)
	return errOne == nil && errOther == nil && bytes.Equal(one, other)
}

// bare is a reading as a plan holds it, without what decides nothing.
func bare(r claim.Reading) ([]byte, error) {
	r.ID, r.Says, r.Headline, r.Context, r.Needs, r.Reason = "", "", false, nil, "", ""
	if r.NotYet != "" {
		r.NotYet = "for some reason"
	}
	return json.Marshal(r)
}
