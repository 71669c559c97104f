package compare

import (
	"slices"

	"github.com/assay-bench/assay/harness/claim"
	"github.com/assay-bench/assay/harness/plan"
	"github.com/assay-bench/assay/harness/verdict"
)

// leave names what the plan of one run alone leaves out, and reports whether it does. Such a claim has no verdict in that run, so that
// none can have changed: a nightly run and one of another profile measure different parts of an article.
func (c *Comparison) leave(name string, inA, inB bool) bool {
	switch {
	case inA && !inB:
		c.NotMeasuredInA = append(c.NotMeasuredInA, name)
		return true
	case inB && !inA:
		c.NotMeasuredInB = append(c.NotMeasuredInB, name)
		return true
	}
	return false
}

// leavesOut reports whether the run's plan left the claim without a verdict.
func (s side) leavesOut(c verdict.Claim) bool {
	if c.Verdict != verdict.NotMeasured {
		return false
	}
	decides := slices.IndexFunc(c.Readings, func(r verdict.Reading) bool {
		return r.Verdict == verdict.NotMeasured && (c.Every || r.Headline)
	})
	return decides < 0 || s.leavesOutReading(c.ID, c.Readings[decides])
}

// leavesOutWhatDecides reports whether a claim that takes all its readings was refuted in the other run by one that this run's plan leaves
// out.
func (s side) leavesOutWhatDecides(c, other verdict.Claim) bool {
	if !other.Every || other.Verdict != verdict.Refuted {
		return false
	}
	return slices.ContainsFunc(other.Readings, func(r verdict.Reading) bool {
		here, ok := findJudged(c, r.ID)
		return ok && r.Verdict == verdict.Refuted && s.leavesOutReading(c.ID, here)
	})
}

// leavesOutReading reports whether the plan, or this version, is the reason why a reading has no verdict. Trials that are missing leave a
// reading inconclusive; a study that was planned and not made, or not in full, leaves it unmeasured, and that is a verdict lost.
func (s side) leavesOutReading(claimID string, r verdict.Reading) bool {
	if r.Verdict != verdict.NotMeasured {
		return false
	}
	asked, _ := findReading(s.Plan.Ledger, claimID, r.ID)
	if asked.NotYet != "" || asked.Shape != claim.Studied {
		return true
	}
	left := func(l plan.LeftOut) bool { return l.Claim == claimID && l.Reading == r.ID }
	return slices.ContainsFunc(s.Plan.LeftOut, left) || asked.Study == claim.Conformance && !s.asks(asked.X, asked.Y)
}

// asks reports whether the plan has these targets; "" stands for none in particular.
func (s side) asks(targets ...string) bool {
	return !slices.ContainsFunc(targets, func(id string) bool {
		_, ok := s.Plan.Target(id)
		return id != "" && !ok
	})
}
