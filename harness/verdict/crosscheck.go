package verdict

import (
	"math"

	"github.com/assay-bench/assay/harness/claim"
	"github.com/assay-bench/assay/harness/stats"
)

// A CrossCheck is one metric of one target in a cell that two load engines measured: how far the engines agree. No
// verdict rests on it.
type CrossCheck struct {
	Cell   string    `json:"cell"`   // that the plan's engine measured
	By     string    `json:"by"`     // the other cell, with the other engine
	Engine string    `json:"engine"` // the plan's
	Other  string    `json:"other"`
	Target string    `json:"target"`
	Metric string    `json:"metric"`
	Mine   float64   `json:"value,omitempty"`       // geometric mean over the blocks that both have
	Theirs float64   `json:"other_value,omitempty"` // the same of the other engine
	Ratio  *Interval `json:"ratio,omitempty"`       // other / plan's, at the confidence of equivalence; absent with fewer than two blocks
	// RejectedBlocks are those in which a check rejected the metric of one of the two; they are left out.
	RejectedBlocks int `json:"rejected_blocks,omitempty"`
}

// crossChecks compare every metric that a trial yields, cell by cell, target by target.
func (c *court) crossChecks() []CrossCheck {
	var out []CrossCheck
	for _, cell := range c.plan.Cells {
		if cell.CrossCheck == "" {
			continue
		}
		for _, t := range c.plan.Targets {
			for _, m := range claim.Metrics() {
				if m.Ladder {
					continue
				}
				x := CrossCheck{Cell: cell.CrossCheck, By: cell.ID, Engine: c.plan.Engine, Other: cell.Engine, Target: t.ID, Metric: m.ID}
				if c.fillCrossCheck(&x) {
					out = append(out, x)
				}
			}
		}
	}
	return out
}

// fillCrossCheck reports whether any block has the metric from both engines, rejected or not.
func (c *court) fillCrossCheck(x *CrossCheck) bool {
	all := selection{candidates: c.kept.candidates, rejectedToo: true}
	var mine, theirs []float64
	var pairs []pair
	for _, block := range c.blocks {
		a, b := place{block, x.Cell, x.Target, 1}, place{block, x.By, x.Target, 1}
		pa, okA := c.kept.point(a, x.Metric)
		pb, okB := c.kept.point(b, x.Metric)
		if okA && okB && pa.calc > 0 && pb.calc > 0 {
			mine, theirs = append(mine, pa.calc), append(theirs, pb.calc)
			pairs = append(pairs, pair{block, pb, pa})
			continue
		}
		_, _, anyA := all.value(a, x.Metric)
		_, _, anyB := all.value(b, x.Metric)
		if anyA && anyB {
			x.RejectedBlocks++
		}
	}
	x.Mine, x.Theirs = meanOrNone(mine), meanOrNone(theirs)
	if in, _, err := overBlocks(pairs, x.Metric, c.limits.EquivalenceConfidence); err == nil && finite(math.Exp(in.High)) {
		x.Ratio = ratioInterval(in)
	}
	return len(mine)+x.RejectedBlocks > 0
}

// meanOrNone is the geometric mean, 0 (absent) where there is none.
func meanOrNone(xs []float64) float64 {
	m, err := stats.GeometricMean(xs)
	if err != nil {
		return 0
	}
	return shown(m)
}
