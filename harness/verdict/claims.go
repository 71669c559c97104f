package verdict

import (
	"fmt"
	"slices"
	"strings"

	"github.com/assay-bench/assay/harness/claim"
)

// judgeClaim judges each reading; the headline reading's verdict is the claim's.
func (c *court) judgeClaim(cl claim.Claim) Claim {
	out := Claim{ID: cl.ID, Readings: []Reading{}}
	head := headline(cl.Readings)
	for i, r := range cl.Readings {
		reading := c.judgeReading(cl.ID, r)
		if reading.Documented == nil && len(r.Context) > 0 {
			reading.Documented = c.evidenceOf(r)
		}
		reading.ID = r.ID
		reading.Headline = i == head
		out.Readings = append(out.Readings, reading)
	}
	out.Every = cl.Every
	out.conclude()
	return out
}

// conclude gives the claim its verdict.
func (cl *Claim) conclude() {
	if cl.Every && len(cl.Readings) > 0 {
		cl.takeEvery()
		return
	}
	cl.takeHeadline()
}

// takeEvery makes the claim supported when every reading is, refuted when one is, and else what the first other one is. The reason
// names the reading that decides.
func (cl *Claim) takeEvery() {
	decides := slices.IndexFunc(cl.Readings, func(r Reading) bool { return r.Verdict == Refuted })
	if decides < 0 {
		decides = slices.IndexFunc(cl.Readings, func(r Reading) bool { return r.Verdict != Supported })
	}
	var reasons []string
	if decides < 0 {
		for _, r := range cl.Readings {
			reasons = append(reasons, r.Reason)
		}
		cl.Verdict, cl.Reason = Supported, strings.Join(reasons, "; ")
		return
	}
	r := cl.Readings[decides]
	if r.Verdict != Refuted { // which no other reading makes better
		for _, other := range cl.Readings {
			if other.Verdict == Supported {
				reasons = append(reasons, fmt.Sprintf("%s supported (%s)", other.ID, other.Reason))
			}
		}
	}
	why := r.Reason
	if len(cl.Readings) > 1 {
		why = r.ID + ": " + why
	}
	if r.Verdict == NotTestable && r.WouldChange != "" {
		why += "; it would take " + r.WouldChange
	}
	cl.Verdict, cl.Reason = r.Verdict, strings.Join(append(reasons, why), "; ")
}

// takeHeadline copies the headline reading's verdict to the claim.
func (cl *Claim) takeHeadline() {
	cl.Verdict, cl.Reason = NotMeasured, "the claim has no reading"
	for _, r := range cl.Readings {
		if r.Headline {
			cl.Verdict, cl.Reason = r.Verdict, r.Reason
		}
	}
}

// headline is the index of the headline reading: the one that says so, else the first.
func headline(readings []claim.Reading) int {
	for i, r := range readings {
		if r.Headline {
			return i
		}
	}
	return 0
}

// judgeReading applies the rule of the reading's shape, and says what the reading covers.
func (c *court) judgeReading(claimID string, r claim.Reading) Reading {
	if settled, ok := c.settled(claimID, r); ok {
		return settled
	}
	out := c.measuredReading(r)
	if r.InfrastructureOnly && (out.Verdict == Supported || out.Verdict == Refuted || out.Verdict == Inconclusive) {
		out.Notes = append(out.Notes, Note{noteInfrastructure, "covers machines alone: no wages, no training, no time of people"})
	}
	return out
}

// measuredReading judges what was kept, and again as if nothing had been rejected.
func (c *court) measuredReading(r claim.Reading) Reading {
	if r.Shape == claim.Threshold {
		if why := c.missingFrom(r.Cell, r.Target); why != "" {
			return notInPlan(why)
		}
		return c.agreed(c.threshold(c.kept, r), func() Reading { return c.threshold(c.withRejected, r) }, c.placesOf(r), func(string) string { return p99 })
	}
	ms, why := c.measuresOf(r)
	if why != "" {
		return notInPlan(why)
	}
	return c.agreed(c.comparative(c.kept, r, ms), func() Reading { return c.comparative(c.withRejected, r, ms) }, c.placesOf(r), ms[0].recorded)
}

// comparative applies the rule of a comparative shape. Only up-to has several measures, one a candidate cell.
func (c *court) comparative(s selection, r claim.Reading, ms []measure) Reading {
	switch r.Shape {
	case claim.Tie, claim.Range:
		if r.OneTarget() {
			return c.amount(s, r, ms[0])
		}
		return c.placed(s, r, ms[0])
	case claim.UpTo:
		return c.upTo(s, r, ms)
	}
	return c.better(s, r, ms[0])
}
