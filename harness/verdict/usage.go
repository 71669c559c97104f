package verdict

import (
	"errors"
	"fmt"
	"math"
	"slices"

	"github.com/assay-bench/assay/harness/cost"
	"github.com/assay-bench/assay/harness/plan"
	"github.com/assay-bench/assay/harness/stats"
	"github.com/assay-bench/assay/harness/trial"
)

// A Usage is what one target took over the blocks of a run: replica 1, and only blocks that have all three numbers.
//
// The confidence of each of the three intervals is raised so that all three hold at once with the plan's: 1 - (1 - 0.95)/3.
// A bill never falls when one of them rises, so that the bills of the lower and of the upper ends enclose the true one with
// the plan's confidence.
type Usage struct {
	Target        string   `json:"target"`
	CPU           Interval `json:"cpu_us_per_request"`
	Base          Interval `json:"base_bytes"`           // of a process without connections: the intercept of the ladder's line
	PerConnection Interval `json:"bytes_per_connection"` // its slope
}

// numbersOfUsage is how many intervals have to hold at once.
const numbersOfUsage = 3

// ErrFewBlocks is wrapped where too few blocks have all the numbers of a usage.
var ErrFewBlocks = errors.New("too few blocks")

// MemoryLadders are the scenarios of a plan over whose rungs a line through memory can be drawn, in the plan's order: those that hold
// connections.
func MemoryLadders(p plan.Plan) []string {
	all := laddersOf(p.Cells)
	var ids []string
	for _, c := range p.Cells {
		if c.Mode == "hold" && len(all[c.Scenario].rungs) >= minSlopeRungs && !slices.Contains(ids, c.Scenario) {
			ids = append(ids, c.Scenario)
		}
	}
	return ids
}

// Usages are those of the plan's targets: CPU time a request in one cell, memory over the ladder of one scenario. They fail
// where the run did not measure one of these. without are targets of the cell that have no trial planned on the ladder, such as a
// variant that runs in its own scenario alone.
func Usages(p plan.Plan, records []trial.Record, cpuCell, memoryScenario string) (all []Usage, without []string, err error) {
	c := newCourt(p, records)
	b := &billing{given: cost.Case{CPUCell: cpuCell, MemoryScenario: memoryScenario}, ladder: c.ladders[memoryScenario]}
	if n := len(b.ladder.rungs); n < minSlopeRungs {
		return nil, nil, fmt.Errorf("this run has %s of scenario %s; memory a connection takes at least %d", plural(n, "rung"), memoryScenario, minSlopeRungs)
	}
	for _, t := range p.TargetsIn(c.cells[cpuCell]) {
		if !c.plansTarget(b.ladder.cellIDs(), t.ID) {
			without = append(without, t.ID)
			continue
		}
		u, err := b.usage(c.kept, c.blocks, t.ID, p.Limits.Confidence)
		if err != nil {
			return nil, nil, err
		}
		all = append(all, u)
	}
	return all, without, nil
}

// UsagesOf are those of some targets, by the CPU time of one cell and memory over the ladder of a scenario; ok is false where one of them has too
// few blocks, or the run has not measured it there.
func UsagesOf(p plan.Plan, records []trial.Record, cpuCell, memoryScenario string, targets []string) (all []Usage, ok bool) {
	c := newCourt(p, records)
	b := &billing{given: cost.Case{CPUCell: cpuCell, MemoryScenario: memoryScenario}, ladder: c.ladders[memoryScenario]}
	for _, id := range targets {
		u, err := b.usage(c.kept, c.blocks, id, p.Limits.Confidence)
		if err != nil {
			return nil, false
		}
		all = append(all, u)
	}
	return all, len(all) > 0
}

// usage gathers one target's numbers over the blocks. CPU time and slope have intervals of their logarithms, as everywhere;
// the base has one of itself, since a line may end at or below zero.
func (b *billing) usage(s selection, blocks []int, target string, confidence float64) (Usage, error) {
	var cpu, base, slope []float64
	for _, block := range blocks {
		if u, ok := b.usages(s, block, arm{target, 1}); ok {
			cpu, base, slope = append(cpu, math.Log(u[0].CPUMicrosPerRequest)), append(base, u[0].BaseBytes), append(slope, math.Log(u[0].BytesPerConnection))
		}
	}
	if len(cpu) < 2 {
		return Usage{}, fmt.Errorf("%w: %s has CPU time in %s and memory on the rungs of %s in %s; an interval takes 2", ErrFewBlocks, target, b.given.CPUCell,
			b.given.MemoryScenario, plural(len(cpu), "block"))
	}
	each := familyConfidence(confidence, numbersOfUsage)
	cpuIn, err := stats.TInterval(cpu, each)
	if err != nil {
		return Usage{}, err
	}
	baseIn, err := stats.TInterval(base, each)
	if err != nil {
		return Usage{}, err
	}
	slopeIn, err := stats.TInterval(slope, each)
	if err != nil {
		return Usage{}, err
	}
	return Usage{Target: target, CPU: *ratioInterval(cpuIn), Base: *plainInterval(baseIn), PerConnection: *ratioInterval(slopeIn)}, nil
}

// plainInterval is an interval of numbers that are no logarithms.
func plainInterval(in stats.Interval) *Interval {
	return &Interval{Center: shown(in.Center), Low: shown(in.Low), High: shown(in.High), Confidence: shown(in.Confidence), Blocks: in.N}
}

// Bills are those of the centre and of the ends of a usage.
type Bills struct{ Center, Low, High cost.Bill }

// Bills makes the cheapest bills at a provider, or of all where it is "".
func (u Usage) Bills(m *cost.Model, provider string, l cost.Load) (Bills, error) {
	var out Bills
	for _, of := range []struct {
		into *cost.Bill
		at   func(Interval) float64
	}{
		{&out.Center, func(in Interval) float64 { return in.Center }},
		{&out.Low, func(in Interval) float64 { return in.Low }},
		{&out.High, func(in Interval) float64 { return in.High }},
	} {
		usage := cost.Usage{CPUMicrosPerRequest: of.at(u.CPU), BaseBytes: of.at(u.Base), BytesPerConnection: of.at(u.PerConnection)}
		var err error
		if provider == "" {
			*of.into, err = m.Bill(usage, l)
		} else {
			*of.into, err = m.BillAt(provider, usage, l)
		}
		if err != nil {
			return Bills{}, err
		}
	}
	return out, nil
}
