package verdict

import (
	"slices"

	"github.com/assay-bench/assay/harness/claim"
)

// A measure is one metric where it is compared: in a cell, over a ladder, or for a case of which a bill is made.
type measure struct {
	metric claim.Metric
	cell   string // set unless the metric belongs to a ladder or is a bill
	ladder ladder // set when it belongs to one
	bill   *billing
}

// where names the place of the comparison as Ratio.Cell and Control.Cell do.
func (m measure) where() string {
	switch {
	case m.bill != nil:
		return "case " + m.bill.given.ID
	case m.metric.Ladder:
		return OfLadder(m.ladder.scenario)
	}
	return m.cell
}

// OfLadder is how Ratio.Cell and Control.Cell name all rungs of a scenario: "hold (ladder)".
func OfLadder(scenario string) string { return scenario + " (ladder)" }

// recorded is the metric of a trial's record, in one of its cells, that the measure is made of.
func (m measure) recorded(cell string) string {
	switch {
	case m.bill != nil && cell == m.bill.given.CPUCell:
		return cpuPerRequest
	case m.bill != nil, m.metric.ID == memoryPerConnection:
		return memoryBytes
	case m.metric.ID == sustainedMetric:
		return p99
	}
	return m.metric.ID
}

// A pair is the two numbers of one block. Both are positive and finite.
type pair struct {
	block int
	a, b  point
}

// pair reads two arms in one block. ok is false when the block is incomplete: a trial or
// its number is missing, or a number is not above zero, so that it has no logarithm, or is a latency that nothing bounds.
func (m measure) pair(s selection, block int, a, b arm) (p pair, ok bool) {
	p.block = block
	switch {
	case m.metric.ID == sustainedMetric:
		var okA, okB bool
		p.a, okA = m.ladder.sustained(s, block, a)
		p.b, okB = m.ladder.sustained(s, block, b)
		ok = okA && okB
	case m.metric.ID == memoryPerConnection:
		p.a, p.b, ok = m.ladder.slopes(s, block, a, b)
	case m.bill != nil:
		p.a, p.b, ok = m.bill.pair(s, block, a, b)
	default:
		var okA, okB bool
		p.a, okA = s.point(place{block, m.cell, a.target, a.replica}, m.metric.ID)
		p.b, okB = s.point(place{block, m.cell, b.target, b.replica}, m.metric.ID)
		ok = okA && okB
	}
	return p, ok && p.a.calc > 0 && p.b.calc > 0
}

// point is the number of one trial, as value gives it; one of a latency that nothing bounds is none.
func (s selection) point(at place, metric string) (pt point, ok bool) {
	v, rec, ok := s.value(at, metric)
	if !inSteps(metric) {
		return exactPoint(v, rec.ID), ok
	}
	pt, bounded := latencyPoint(v, rec.ID)
	return pt, ok && bounded
}

// pairs returns those of the blocks that are complete for X against Y, replica 1 of each, in their order.
func (c *court) pairs(s selection, m measure, blocks []int, x, y string) []pair {
	var pairs []pair
	for _, block := range blocks {
		if p, ok := m.pair(s, block, arm{x, 1}, arm{y, 1}); ok {
			pairs = append(pairs, p)
		}
	}
	return pairs
}

// plannedIn is how many of the blocks have trials of all that the measure is made of: a cell may be planned in some alone.
func (c *court) plannedIn(m measure, blocks []int) int {
	have := map[int]map[string]bool{}
	for _, s := range c.plan.Slots {
		if have[s.Block] == nil {
			have[s.Block] = map[string]bool{}
		}
		have[s.Block][s.Cell] = true
	}
	n := 0
	for _, block := range blocks {
		if !slices.ContainsFunc(m.cells(), func(cell string) bool { return !have[block][cell] }) {
			n++
		}
	}
	return n
}

// controlPairs returns the A/A pairs: in each block, the later trial against the earlier one of the target that the plan
// doubled there. The plan puts replica 2 before its twin as often as behind it, so by their labels whatever the second of
// two trials finds different would cancel.
func (c *court) controlPairs(s selection, m measure) []pair {
	s = s.byTurns()
	var pairs []pair
	for _, block := range c.blocks {
		for _, target := range c.doubled[block] {
			if p, ok := m.pair(s, block, arm{target, 2}, arm{target, 1}); ok {
				pairs = append(pairs, p)
			}
		}
	}
	return pairs
}

// measuresOf resolves where a comparative reading is measured: in one place, or in each of its candidate cells.
func (c *court) measuresOf(r claim.Reading) (ms []measure, why string) {
	if r.Shape != claim.UpTo {
		m, why := c.measureOf(r)
		return []measure{m}, why
	}
	for _, cell := range r.Cells {
		in := r
		in.Cell = cell
		m, why := c.measureOf(in)
		if why == "" && m.metric.Ladder {
			why = "the metric " + quoted(r.Metric) + " belongs to a whole ladder, not to one of several cells"
		}
		if why != "" {
			return nil, why
		}
		ms = append(ms, m)
	}
	if len(ms) == 0 {
		return nil, "the reading names no candidate cell"
	}
	return ms, ""
}

// measureOf resolves where a comparative reading is measured. why is not empty when the
// plan has no such place.
func (c *court) measureOf(r claim.Reading) (m measure, why string) {
	i := slices.IndexFunc(claim.Metrics(), func(m claim.Metric) bool { return m.ID == r.Metric })
	if i < 0 {
		return m, "no metric is called " + quoted(r.Metric)
	}
	if m.metric = claim.Metrics()[i]; !r.OneTarget() && r.X == r.Y {
		return m, r.X + " is both sides of the comparison"
	}
	if m.metric.Cost {
		m.bill, why = c.billingOf(r)
		return m, why
	}
	if m.metric.Ladder {
		l, ok := c.ladders[r.Scenario]
		if !ok {
			return m, "the plan has no cell of scenario " + quoted(r.Scenario)
		}
		m.ladder = l
		if m.metric.ID == sustainedMetric && !l.hasObjective() {
			return m, "scenario " + quoted(r.Scenario) + " has a cell without a service-level objective"
		}
		for _, target := range []string{r.X, r.Y} {
			if !c.plansTarget(l.cellIDs(), target) {
				return m, "the plan has no trial of " + target + " in scenario " + quoted(r.Scenario)
			}
		}
		return m, ""
	}
	m.cell = r.Cell
	return m, c.missingFrom(r.Cell, r.X, r.Y)
}

// hasObjective reports whether each cell says what sustained means.
func (l ladder) hasObjective() bool {
	for _, r := range l.rungs {
		for _, c := range r.cells {
			if c.SLOP99 <= 0 {
				return false
			}
		}
	}
	return true
}

func (l ladder) cellIDs() []string {
	var ids []string
	for _, r := range l.rungs {
		for _, c := range r.cells {
			ids = append(ids, c.ID)
		}
	}
	return ids
}
