package verdict

import (
	"fmt"
	"slices"

	"github.com/assay-bench/assay/harness/plan"
	"github.com/assay-bench/assay/harness/trial"
)

// unrun counts the planned trials without a record of any kind. A trial that was tried and failed has one.
func unrun(p plan.Plan, attempts map[int][]trial.Record) map[cellTarget]int {
	out := map[cellTarget]int{}
	for _, s := range p.Slots {
		if len(attempts[s.Index]) == 0 {
			out[cellTarget{s.Cell, s.Target}]++
		}
	}
	return out
}

// stopped is how many planned trials of the targets in the cells the run has not come to.
func (c *court) stopped(cells []string, targets ...string) int {
	n := 0
	for at, missing := range c.unrun {
		if slices.Contains(cells, at.cell) && slices.Contains(targets, at.target) {
			n += missing
		}
	}
	return n
}

// stoppedEarly is why nothing is decided of a run that was stopped before trials of the targets in the cells: the number of
// blocks was fixed before it, and who may stop when the numbers please finds what he looks for. It is empty where all ran.
func (c *court) stoppedEarly(cells []string, targets ...string) obstacle {
	trials := c.stopped(cells, targets...)
	if trials == 0 {
		return obstacle{}
	}
	return obstacle{
		reason: fmt.Sprintf("the run was stopped before %s of this reading; the number of blocks was fixed before it, and nothing is decided before its end", plural(trials, "planned trial")),
		remedy: "the rest of the run: `assay run --resume`",
	}
}
