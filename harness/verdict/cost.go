package verdict

import (
	"fmt"
	"slices"

	"github.com/assay-bench/assay/harness/claim"
	"github.com/assay-bench/assay/harness/cost"
	"github.com/assay-bench/assay/harness/stats"
)

// A billing is a case of the plan's cost model with the ladder that its memory is measured on. A bill of it is one number a
// block: the cheapest machines that carry the case's load, given what a server took in that block's trials.
type billing struct {
	model  *cost.Model
	given  cost.Case
	ladder ladder
}

// billingOf resolves the case that a reading names. why is not empty when the plan cannot make its bill.
func (c *court) billingOf(r claim.Reading) (b *billing, why string) {
	given, ok := c.plan.Cost.Case(r.Case)
	if c.plan.Cost == nil {
		return nil, "the plan has no price list"
	} else if !ok {
		return nil, "the plan has no case " + quoted(r.Case) + " to make a bill for"
	}
	sides := []string{r.X, r.Y}
	if r.OneTarget() {
		sides = []string{r.Target}
	}
	b = &billing{c.plan.Cost, given, c.ladders[given.MemoryScenario]}
	if why := c.missingFrom(given.CPUCell, sides...); why != "" {
		return nil, why
	}
	if len(b.ladder.rungs) < minSlopeRungs {
		return nil, "the plan has " + plural(len(b.ladder.rungs), "rung") + " of scenario " + quoted(given.MemoryScenario) + ", and a line through memory takes " + count(minSlopeRungs)
	}
	for _, target := range sides {
		if !c.plansTarget(b.ladder.cellIDs(), target) {
			return nil, "the plan has no trial of " + target + " in scenario " + quoted(given.MemoryScenario)
		}
	}
	return b, ""
}

// cells are those that a bill is made from: CPU time from the first, memory from the others.
func (b *billing) cells() []string {
	cells := []string{b.given.CPUCell}
	for _, id := range b.ladder.cellIDs() {
		if id != b.given.CPUCell {
			cells = append(cells, id)
		}
	}
	return cells
}

// timed are the cells of a measure on whose time its numbers depend. Memory has no speed, so of memory these are none, and of a
// bill the cell of its CPU time alone.
func (m measure) timed() []string {
	switch m.metric.ID {
	case memoryBytes, memoryPerConnection, idleMemory:
		return nil
	}
	return m.answered()
}

// answered are the cells in which a server that fails cannot be compared. A rung that it does not hold is left out of the line
// through memory, so of a bill this is the cell of its CPU time alone.
func (m measure) answered() []string {
	if m.bill != nil {
		return []string{m.bill.given.CPUCell}
	}
	return m.cells()
}

// pair makes both arms' bills of one block. Their lines through memory rest on the same rungs.
func (b *billing) pair(s selection, block int, x, y arm) (px, py point, ok bool) {
	usages, ok := b.usages(s, block, x, y)
	if !ok {
		return point{}, point{}, false
	}
	px, okX := b.point(usages[0])
	py, okY := b.point(usages[1])
	return px, py, okX && okY
}

// point is the bill of a usage; ok is false where no number of machines carries the load.
func (b *billing) point(u cost.Usage) (pt point, ok bool) {
	bill, err := b.model.Bill(u, b.given.Load())
	if err != nil {
		return point{}, false
	}
	return exactPoint(bill.USDPerMonth, ""), true
}

// usages are what the arms took in one block; ok is false where a number is missing or is none that a server can have.
func (b *billing) usages(s selection, block int, arms ...arm) (usages []cost.Usage, ok bool) {
	lines, ok := b.ladder.lines(s, block, arms...)
	if !ok {
		return nil, false
	}
	for i, a := range arms {
		cpu, _, ok := s.value(place{block, b.given.CPUCell, a.target, a.replica}, cpuPerRequest)
		if !ok || !(cpu > 0) || !(lines[i].Slope > 0) {
			return nil, false
		}
		usages = append(usages, usageOf(cpu, lines[i]))
	}
	return usages, true
}

func usageOf(cpuMicros float64, memory stats.Line) cost.Usage {
	return cost.Usage{CPUMicrosPerRequest: cpuMicros, BaseBytes: memory.Intercept, BytesPerConnection: memory.Slope}
}

// A Cost is what the bills of a reading are made of.
type Cost struct {
	Case              string       `json:"case"`
	Connections       int          `json:"connections"`
	RequestsPerSecond float64      `json:"requests_per_second"`
	CPUCell           string       `json:"cpu_cell"`
	MemoryScenario    string       `json:"memory_scenario"`
	Targets           []TargetCost `json:"targets"` // those of the reading, then the plan's others
}

// A TargetCost is one target's side of it.
type TargetCost struct {
	Usage Usage     `json:"usage"`
	Bill  *CostBill `json:"bill,omitempty"` // absent where no machine carries the load
}

// A CostBill is the cheapest bill for the centre of a usage, and those for its ends.
type CostBill struct {
	Provider    string  `json:"provider"`
	Machine     string  `json:"machine"`
	Count       int     `json:"count"` // machines
	USDPerMonth float64 `json:"usd_per_month"`
	Low         float64 `json:"low_usd_per_month"`
	High        float64 `json:"high_usd_per_month"`
	BoundBy     string  `json:"bound_by"` // "cpu", "memory" or "replicas"
}

// costEvidence is nil where the measure is no bill. It begins with the targets of the reading; those without two complete
// blocks are left out.
func (c *court) costEvidence(s selection, m measure, targets ...string) *Cost {
	if m.bill == nil {
		return nil
	}
	given := m.bill.given
	e := &Cost{
		Case: given.ID, Connections: given.Connections, RequestsPerSecond: given.RequestsPerSecond,
		CPUCell: given.CPUCell, MemoryScenario: given.MemoryScenario, Targets: []TargetCost{},
	}
	for _, t := range c.plan.Targets {
		if !slices.Contains(targets, t.ID) {
			targets = append(slices.Clip(targets), t.ID)
		}
	}
	for _, id := range targets {
		u, err := m.bill.usage(s, c.blocks, id, c.limits.Confidence)
		if err != nil {
			continue
		}
		side := TargetCost{Usage: u}
		if r, err := u.Bills(m.bill.model, "", given.Load()); err == nil {
			side.Bill = &CostBill{
				Provider: r.Center.Machine.Provider, Machine: r.Center.Machine.Name, Count: r.Center.Count, USDPerMonth: shown(r.Center.USDPerMonth),
				Low: shown(r.Low.USDPerMonth), High: shown(r.High.USDPerMonth), BoundBy: string(r.Center.BoundBy),
			}
		}
		e.Targets = append(e.Targets, side)
	}
	return e
}

// costNotes stand beside a verdict on the bills of some targets.
func (c *court) costNotes(e *Cost, targets ...string) []Note {
	if e == nil {
		return nil
	}
	var notes []Note
	if least := e.boundByReplicas(targets); len(least) == len(targets) {
		notes = append(notes, Note{noteReplicas, c.replicasWords(least)})
	}
	if words := c.extrapolated(e, targets); words != "" {
		notes = append(notes, Note{noteExtrapolated, words})
	}
	return append(notes, c.stalePrices(e, targets)...)
}

// extrapolated says where a bill's machines get far more requests than the cell of its CPU time had.
func (c *court) extrapolated(e *Cost, targets []string) string {
	measuredAt := c.cells[e.CPUCell].RequestsPerSecond
	most := 0.0
	for _, t := range e.Targets {
		if t.Bill != nil && slices.Contains(targets, t.Usage.Target) {
			most = max(most, e.RequestsPerSecond/float64(t.Bill.Count))
		}
	}
	if !cost.Extrapolates(most, measuredAt) {
		return ""
	}
	return fmt.Sprintf("a machine of this bill gets up to %s requests/s, and CPU time a request was measured at %s (%s); a busier server wakes less often and needs less for one, "+
		"each server by an amount of its own, so that the bills are upper ones and their ratio is that of %s", number(most), number(measuredAt), e.CPUCell, e.CPUCell)
}

// boundByReplicas are those of the targets whose bill is the least number of machines, whatever end of the usage is taken.
func (e *Cost) boundByReplicas(targets []string) []string {
	var least []string
	for _, t := range e.Targets {
		if t.Bill != nil && t.Bill.BoundBy == string(cost.ByReplicas) && t.Bill.Low == t.Bill.High && slices.Contains(targets, t.Usage.Target) {
			least = append(least, t.Usage.Target)
		}
	}
	return least
}
