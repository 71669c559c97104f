package verdict

import (
	"math"

	"github.com/assay-bench/assay/harness/claim"
)

// UpTo is the evidence for "by up to p per cent": the candidate cells, which of them was chosen on some of the blocks,
// and what the others say of it.
type UpTo struct {
	X           string `json:"x"`
	Y           string `json:"y"`
	Metric      string `json:"metric"`
	Unit        string `json:"unit"`
	LowerBetter bool   `json:"lower_better"`

	Percent   float64 `json:"percent"`   // as claimed
	Tolerance float64 `json:"tolerance"` // percentage points
	Needed    float64 `json:"needed"`    // percent - tolerance

	Screen  []int `json:"screen_blocks"`  // chose the cell; none where there is one candidate
	Confirm []int `json:"confirm_blocks"` // fresh: had no part in the choice
	// BlocksNeeded is how many planned blocks it takes so that enough of them confirm.
	BlocksNeeded int `json:"blocks_needed"`

	Chosen string `json:"chosen,omitempty"`    // cell; absent when no cell has numbers to choose by
	Fresh  *Ratio `json:"fresh,omitempty"`     // of the chosen cell, on the confirming blocks
	Gain   *Gain  `json:"advantage,omitempty"` // its advantage there; Low is the bound that has to reach Needed

	Cells []Candidate `json:"cells"`
}

// Candidate is one cell in which the claim may hold, over all blocks.
type Candidate struct {
	Cell     string   `json:"cell"`
	Screened *float64 `json:"screened,omitempty"` // advantage in per cent, mean over the screening blocks
	Ratio    *Ratio   `json:"ratio"`
	Gain     *Gain    `json:"advantage,omitempty"` // High is the bound that has to stay under Needed in every cell
}

// An upTo is the numbers behind one reading of the shape.
type upTo struct {
	reading    claim.Reading
	needed     float64 // advantage, a logarithm
	tolerance  float64
	screen     []int
	confirm    []int
	candidates []comparison // over all blocks, at levels that hold for all of them together
	chosen     int          // index of the candidate; -1: none can be chosen
	fresh      comparison   // of the chosen one, on the confirming blocks
}

// upTo judges "X beats Y by up to p per cent": in the best of several cells X's advantage reaches p, less a tolerance.
//
// The best of several noisy cells looks better than it is. So the cell is chosen on one part of the blocks, and only the
// other part, which had no part in the choice, can support the claim. To refute it, every cell has to stay under, over
// all blocks.
func (c *court) upTo(s selection, r claim.Reading, ms []measure) Reading {
	u := c.gather(s, r, ms)
	out := Reading{Verdict: Inconclusive, Rule: c.upToRule(u), UpTo: c.upToEvidence(s, u)}
	c.decideUpTo(u, &out)
	out.Notes = c.upToNotes(u, out.Verdict)
	return out
}

func (c *court) gather(s selection, r claim.Reading, ms []measure) upTo {
	u := upTo{reading: r, tolerance: r.Tolerance, chosen: -1}
	if u.tolerance == 0 {
		u.tolerance = c.limits.UpToTolerance
	}
	u.needed = advantageFor(r.Percent-u.tolerance, ms[0].metric.LowerBetter)
	u.screen, u.confirm = split(c.blocks, len(ms))
	each := c.boundLevel(len(ms))
	for _, m := range ms {
		u.candidates = append(u.candidates, c.compareIn(s, r, m, c.blocks, levels{each, each}))
	}
	if u.chosen = c.choose(s, u, ms); u.chosen >= 0 {
		one := c.boundLevel(1)
		u.fresh = c.compareIn(s, r, ms[u.chosen], u.confirm, levels{one, one})
	}
	return u
}

// boundLevel is the confidence of a two-sided interval of which one end is used: a one-sided bound at the plan's
// confidence, after the correction for the family and for so many bounds of one reading.
func (c *court) boundLevel(bounds int) float64 {
	return 2*familyConfidence(c.limits.Confidence, max(c.family, 1)*c.plan.Looks()*bounds) - 1
}

// choose returns the index of the cell with the largest mean advantage on the screening blocks, the first of equals; -1
// where none has a complete one.
func (c *court) choose(s selection, u upTo, ms []measure) int {
	if len(ms) == 1 {
		return 0
	}
	best, at := math.Inf(-1), -1
	for i, m := range ms {
		if mean, ok := c.screened(s, u, m); ok && mean > best {
			best, at = mean, i
		}
	}
	return at
}

// screened is the mean advantage of a cell over its complete screening blocks.
func (c *court) screened(s selection, u upTo, m measure) (mean float64, ok bool) {
	d, err := logRatios(c.pairs(s, m, u.screen, u.reading.X, u.reading.Y))
	if err != nil || len(d) == 0 {
		return 0, false
	}
	for _, v := range d {
		mean += v / float64(len(d))
	}
	if m.metric.LowerBetter {
		mean = -mean
	}
	return mean, finite(mean)
}

// upToEvidence is the reading as verdicts.json shows it.
func (c *court) upToEvidence(s selection, u upTo) *UpTo {
	metric := u.candidates[0].measure.metric
	e := &UpTo{
		X: u.reading.X, Y: u.reading.Y, Metric: metric.ID, Unit: metric.Unit, LowerBetter: metric.LowerBetter,
		Percent: u.reading.Percent, Tolerance: u.tolerance, Needed: shown(u.reading.Percent - u.tolerance),
		Screen: append([]int{}, u.screen...), Confirm: append([]int{}, u.confirm...),
		BlocksNeeded: blocksToConfirm(c.minBlocks(), len(u.candidates)), Cells: []Candidate{},
	}
	for _, k := range u.candidates {
		cell := Candidate{Cell: k.measure.cell, Ratio: c.boundEvidence(k), Gain: k.gain()}
		if mean, ok := c.screened(s, u, k.measure); ok {
			if v := percentOf(mean, metric.LowerBetter); finite(v) {
				v = shown(v)
				cell.Screened = &v
			}
		}
		e.Cells = append(e.Cells, cell)
	}
	if u.chosen >= 0 {
		e.Chosen, e.Fresh, e.Gain = u.fresh.measure.cell, c.boundEvidence(u.fresh), u.fresh.gain()
	}
	return e
}

// boundEvidence leaves the intervals of a tie out: no such is asked.
func (c *court) boundEvidence(k comparison) *Ratio {
	e := c.ratioEvidence(k)
	e.TieLow, e.TieHigh, e.TieConfidence, e.TieRank = 0, 0, 0, nil
	return e
}

func (k comparison) gain() *Gain {
	if k.err != nil || len(k.pairs) == 0 {
		return nil
	}
	return gainOf(k.d, k.measure.metric.LowerBetter)
}
