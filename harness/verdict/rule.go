package verdict

import (
	"fmt"
	"slices"

	"github.com/assay-bench/assay/harness/claim"
	"github.com/assay-bench/assay/harness/plan"
)

// thresholdRule states the rule of a threshold with its numbers.
func (c *court) thresholdRule(r claim.Reading, cell plan.Cell) string {
	return fmt.Sprintf("supported when %s held %s connections in every trial, over at least %d blocks, with p99 from the intended send at or under %s%s (or at most that, where requests left late) and no failed or open request; "+
		"%s; else inconclusive",
		r.Target, count(cell.Connections), c.minBlocks(), quantity(milliseconds(cell.SLOP99), "ms"), waitClause(cell), c.refutedClause(cell))
}

// refutedClause says when a threshold is refuted, or why it can't be.
func (c *court) refutedClause(cell plan.Cell) string {
	if why := c.notRefutable(cell); why != "" {
		return "never refuted here, since " + why
	}
	return "refuted when in none while the null server does"
}

// notRefutable says why no outcome of this plan refutes a threshold in the cell, "" where one does.
func (c *court) notRefutable(cell plan.Cell) string {
	switch {
	case cell.Mode == inFlight:
		return "the null server answers at once and lets no request wait, so that nothing shows host and load side to hold so many that do"
	case !slices.ContainsFunc(c.plan.Cells, func(o plan.Cell) bool { return c.nullAsked(o, cell) }):
		return "the plan has no trial of the null server with as much to sustain, and room to spare, on this host"
	}
	return ""
}

// betterRule states the rule of a comparison with its numbers.
func (c *court) betterRule(k comparison) string {
	direction := "higher"
	if k.measure.metric.LowerBetter {
		direction = "lower"
	}
	if !(c.margin > 1) {
		return "none: the ledger declares no margin above 1"
	}
	return fmt.Sprintf("%s (%s is better), %s: supported when the %s paired-t interval of %s's advantage over %s lies wholly above the margin of %s; "+
		"refuted when it lies wholly on %s's side, or wholly inside %s-%s with equality in it (a tie); else inconclusive; "+
		"needs at least %d complete blocks, %s, %sand a signed-rank interval that agrees%s",
		k.measure.metric.Label, direction, k.measure.where(), percent(c.confidence), k.reading.X, k.reading.Y, number(c.margin),
		k.reading.Y, number(1/c.margin), number(c.margin), c.minBlocks(), c.controlClause(), c.loadClause(k.measure), c.waitingClause(k.measure))
}

// controlClause is what the rule of a comparison demands of its A/A control.
func (c *court) controlClause() string {
	if c.limits.ControlConfidence == 0 {
		return "an A/A control inside the margin"
	}
	return fmt.Sprintf("an A/A control whose %s interval contains 1 or lies inside the margin", percent(c.limits.ControlConfidence))
}

// loadClause is what the rule of a comparison demands of the null server besides.
func (c *court) loadClause(m measure) string {
	where := ""
	if m.bill != nil { // which is made from several cells
		where = " in " + m.bill.given.CPUCell
	}
	return c.headroomClause(m) + c.driftClause(m.timed(), where)
}

// driftClause applies where trials show how steady the host was. where names the cell, if the rule has not done so.
func (c *court) driftClause(cells []string, where string) string {
	if !slices.ContainsFunc(cells, c.driftAsked) {
		return ""
	}
	if c.limits.DriftConfidence == 0 {
		return fmt.Sprintf("a null server that drifts by less than %s%s, ", percent(c.limits.NullDrift), where)
	}
	return fmt.Sprintf("a host whose drift%s is under %s or not told from scatter (p of its trend at least %s), ", where, percent(c.limits.NullDrift), stated(shown(1-c.limits.DriftConfidence)))
}

// headroomClause is what the rule of a rate in mode saturate demands besides.
func (c *court) headroomClause(m measure) string {
	if m.metric.ID != perSecond || c.cells[m.cell].Mode != saturate {
		return ""
	}
	return fmt.Sprintf("a null server that answers at least %g times as fast, ", c.limits.Headroom)
}
