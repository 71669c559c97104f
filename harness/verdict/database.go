package verdict

import (
	"fmt"

	"github.com/assay-bench/assay/harness/trial"
)

// databaseNote says that the database had no CPUs of its own, and how much of theirs the two servers used: a server that
// waits for the database shows less of an advantage, or none.
func (c *court) databaseNote(k comparison) (Note, bool) {
	cell, ok := c.plan.Cell(k.measure.cell)
	if !ok || cell.PoolSize == 0 || !c.plan.Placement.DatabaseShares() {
		return Note{}, false
	}
	used := func(target string) string {
		share := c.medianOf(c.kept, cell.ID, target, trial.TargetCPUShare)
		if share == 0 {
			return "what " + target + " used of its own is not known"
		}
		return fmt.Sprintf("%s used %s of its own", target, percent(share))
	}
	return Note{noteDatabaseShared, fmt.Sprintf("the database shared its CPUs with the load agent; %s, %s. What a server left unused it spent waiting for the database, "+
		"so an advantage may be larger beside a database with CPUs of its own", used(k.reading.X), used(k.reading.Y))}, true
}

// waiting says why two servers beside a database may be alike in what they showed and not in what they can do, "" where they were
// at their own limit: a database that shares the load agent's CPUs ends a cell before a server does, and whatever advantage one
// has goes unseen. That hides a difference and makes none, so it stands in the way of what says that there is none.
func (c *court) waiting(k comparison) string {
	cell := k.measure.cell
	if !c.mayWait(k.measure) {
		return ""
	}
	for _, id := range []string{k.reading.X, k.reading.Y} {
		used := c.medianOf(c.kept, cell, id, trial.TargetCPUShare)
		if used == 0 {
			return fmt.Sprintf("how much of its CPUs %s used in %s is not known, so that it may have waited for a database that had no CPUs of its own", id, cell)
		}
		if used < c.limits.ServerAtLimit {
			return fmt.Sprintf("%s used %s of its CPUs in %s, less than the %s of a server at its limit: it waited for a database that had no CPUs of its own",
				id, percent(used), cell, percent(c.limits.ServerAtLimit))
		}
	}
	return ""
}

// mayWait reports whether a number is one that a database may hold down which shares the load agent's CPUs: a rate or a latency of
// servers that are asked for all that they can do.
func (c *court) mayWait(m measure) bool {
	cell, ok := c.plan.Cell(m.cell)
	return ok && c.limits.ServerAtLimit > 0 && cell.PoolSize > 0 && cell.Mode == saturate && c.plan.Placement.DatabaseShares() &&
		(m.metric.ID == perSecond || m.metric.Unit == "ms")
}

// waitingRemedy is what lets servers beside a database show what they can do.
const waitingRemedy = "a host with CPUs for the database alone, on which the servers come to their own limit; CPU time per request needs no such host"

// waitingClause is what the rule of a comparison demands besides before it says that there is no difference.
func (c *court) waitingClause(m measure) string {
	if !c.mayWait(m) {
		return ""
	}
	return fmt.Sprintf("; while the database shares CPUs with the load, that the servers are alike decides nothing unless each used %s of its own or more",
		percent(c.limits.ServerAtLimit))
}
