package verdict

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/assay-bench/assay/harness/cost"
)

// replicasWords says that the assumptions, not the servers, decided how many machines there are.
func (c *court) replicasWords(targets []string) string {
	return fmt.Sprintf("the least number of machines, %s, carries this load with %s: the bill does not depend on what was measured",
		count(c.plan.Cost.Assumptions.Replicas), strings.Join(targets, " and with "))
}

// stalePrices names the machines billed whose price is old beside the article, as a cited figure may be.
func (c *court) stalePrices(e *Cost, targets []string) []Note {
	var notes []Note
	for _, t := range e.Targets {
		if t.Bill == nil || !slices.Contains(targets, t.Usage.Target) {
			continue
		}
		i := slices.IndexFunc(c.plan.Cost.Machines, func(of cost.Machine) bool { return of.Provider == t.Bill.Provider && of.Name == t.Bill.Machine })
		if i < 0 || !c.stale(c.plan.Cost.Machines[i].Date) {
			continue
		}
		n := Note{noteStale, fmt.Sprintf("the price of %s at %s is of %s, more than %s before the article (%s)", t.Bill.Machine, t.Bill.Provider,
			c.plan.Cost.Machines[i].Date.Format(time.DateOnly), plural(c.limits.EvidenceYears, "year"), c.plan.Ledger.Article.Date.Format(time.DateOnly))}
		if !slices.Contains(notes, n) {
			notes = append(notes, n)
		}
	}
	return notes
}
