package verdict

import (
	"github.com/assay-bench/assay/harness/claim"
)

// judgeClaim judges each reading; the headline reading's verdict is the claim's.
func (c *court) judgeClaim(cl claim.Claim) Claim {
	out := Claim{ID: cl.ID, Readings: []Reading{}}
	head := headline(cl.Readings)
	for i, r := range cl.Readings {
		reading := c.judgeReading(cl.ID, r)
		reading.ID = r.ID
		reading.Headline = i == head
		out.Readings = append(out.Readings, reading)
	}
	out.takeHeadline()
	return out
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

// judgeReading applies the rule of the reading's shape to what was kept, and again as if
// nothing had been rejected.
func (c *court) judgeReading(claimID string, r claim.Reading) Reading {
	if settled, ok := c.settled(claimID, r); ok {
		return settled
	}
	if r.Shape == claim.Threshold {
		if why := c.missingFrom(r.Cell, r.Target); why != "" {
			return notInPlan(why)
		}
		return c.agreed(c.threshold(c.kept, r), c.threshold(c.withRejected, r), c.placesOf(r), p99)
	}
	m, why := c.measureOf(r)
	if why != "" {
		return notInPlan(why)
	}
	return c.agreed(c.better(c.kept, r, m), c.better(c.withRejected, r, m), c.placesOf(r), m.recorded())
}
