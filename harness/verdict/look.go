package verdict

import (
	"github.com/assay-bench/assay/harness/plan"
	"github.com/assay-bench/assay/harness/trial"
)

// Ended is the plan as far as the run was to go: that of the first blocks where it ended at the look which the plan declares,
// else the whole. A run has ended there when every slot up to it has a record, none behind it has, and every comparison is decided by
// those records; one that was merely stopped there has not. Each of the two looks has half of what the family may err, so that
// ending at the first costs nothing of what is promised.
func Ended(p plan.Plan, records []trial.Record) plan.Plan {
	if p.FirstLook <= 0 {
		return p
	}
	tried := map[int]bool{}
	for _, r := range records {
		tried[r.Slot] = true
	}
	for _, s := range p.Slots {
		if tried[s.Index] != (s.Block <= p.FirstLook) {
			return p
		}
	}
	first := p.First(p.FirstLook)
	if undecided, comparisons := Undecided(p, judgeAll(first, nil, records)); undecided > 0 || comparisons == 0 {
		return p
	}
	return first
}

// Undecided counts the comparisons that a run measures, and those among them that are neither supported nor refuted. One that a
// check withholds is not decided.
func Undecided(p plan.Plan, j Judgement) (undecided, comparisons int) {
	comparative := map[readingID]bool{}
	for _, c := range p.Ledger.Claims {
		for _, r := range c.Readings {
			comparative[readingID{c.ID, r.ID}] = r.Shape.Comparative()
		}
	}
	for _, c := range j.Claims {
		for _, r := range c.Readings {
			if !comparative[readingID{c.ID, r.ID}] || r.Verdict == NotMeasured {
				continue
			}
			comparisons++
			if r.Verdict != Supported && r.Verdict != Refuted {
				undecided++
			}
		}
	}
	return undecided, comparisons
}
