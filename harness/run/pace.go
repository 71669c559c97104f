package run

import (
	"time"

	"github.com/assay-bench/assay/harness/plan"
)

// pace estimates the time left from the plan's expectation and what trials really took.
type pace struct {
	plan    plan.Plan
	now     func() time.Time
	planned time.Duration // of the trials so far
	real    time.Duration
}

func newPace(p plan.Plan, now func() time.Time) *pace { return &pace{plan: p, now: now} }

func (c *pace) expected(s plan.Slot) time.Duration {
	cell, _ := c.plan.Cell(s.Cell)
	return c.plan.SlotTime(cell)
}

func (c *pace) took(s plan.Slot, d time.Duration) {
	c.planned += c.expected(s)
	c.real += d
}

// roomFor reports whether the first of these tasks can be done once more and all of them
// still end within the plan's budget, counted from this process's first trial.
func (c *pace) roomFor(todo []task) bool {
	left := c.remaining(todo).Time // its first task counts for the further attempt
	return c.real+left <= c.plan.Budget
}

func (c *pace) remaining(todo []task) Remaining {
	var sum time.Duration
	for _, t := range todo {
		sum += c.expected(t.slot)
	}
	if c.planned > 0 {
		sum = time.Duration(float64(sum) * float64(c.real) / float64(c.planned))
	}
	return Remaining{Trials: len(todo), Time: sum}
}
