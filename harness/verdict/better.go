package verdict

import (
	"fmt"
	"math"

	"github.com/assay-bench/assay/harness/claim"
	"github.com/assay-bench/assay/harness/stats"
)

// A comparison is the numbers behind one comparative reading.
type comparison struct {
	reading claim.Reading
	measure measure
	pairs   []pair
	control Control

	d, tie        stats.Interval // paired t, at the levels of the family that show a difference and equality
	rank, tieRank stats.Interval // the same by signed ranks
	bound         Bound
	planned       int     // blocks that it could rest on
	level         float64 // confidence of d
	noSpread      bool    // every block gave the same ratio
	rungs         agreement
	err           error // no interval can be had

	difference *stats.Interval // a - b in the metric's unit; nil unless that is milliseconds
}

// better judges "X beats Y on a metric": the paired t interval decides, the exact
// signed-rank interval must not contradict it, and the A/A control of the same cell and
// metric must hold.
func (c *court) better(s selection, r claim.Reading, m measure) Reading {
	k := c.compare(s, r, m)
	out := Reading{Verdict: Inconclusive, Rule: c.betterRule(k), Ratio: c.ratioEvidence(k), Cost: c.costEvidence(s, m, r.X, r.Y)}
	if o := c.obstacle(k); o.reason != "" {
		o.stop(&out)
	} else {
		c.decideBetter(k, &out)
	}
	out.Notes = append(c.comparisonNotes(k, out.Verdict), c.costNotes(out.Cost, r.X, r.Y)...)
	return out
}

// compare gathers the pairs of all blocks and their intervals. One interval decides "better": above the margin, below
// equality, or inside the margin; so that at the margin itself, where "supported" and "a tie" would both be wrong, the
// two share what the family allows (docs/decisions/0009-ties-belong-to-the-family.md). A claim of a tie or a range has an
// interval for each of its sides.
func (c *court) compare(s selection, r claim.Reading, m measure) comparison {
	at := levels{c.confidence, c.confidence}
	if r.Shape != claim.Better {
		at.inside = c.inside
	}
	return c.compareIn(s, r, m, c.blocks, at)
}

// levels are the confidences of the two intervals of a comparison.
type levels struct{ difference, inside float64 }

// compareIn is compare on some of the blocks.
func (c *court) compareIn(s selection, r claim.Reading, m measure, blocks []int, at levels) comparison {
	k := comparison{reading: r, measure: m, pairs: c.pairs(s, m, blocks, r.X, r.Y), control: c.control(s, m)}
	k.planned, k.level = c.plannedIn(m, blocks), at.difference
	k.bound = boundOf(k.pairs)
	k.fill(at)
	k.rungs = c.agreement(k)
	return k
}

// fill takes the intervals of the pairs at the two levels.
func (k *comparison) fill(at levels) {
	var d []float64
	if d, k.err = logRatios(k.pairs); k.err != nil {
		return
	}
	k.noSpread = spread(d) <= rounding
	if k.difference, k.err = k.differenceAt(at.difference); k.err != nil {
		return
	}
	steps := []step{
		{&k.d, stats.TInterval, at.difference},
		{&k.tie, stats.TInterval, at.inside},
		{&k.rank, stats.SignedRank, at.difference},
		{&k.tieRank, stats.SignedRank, at.inside},
	}
	for _, s := range steps {
		if *s.into, k.err = s.method(d, s.level); k.err != nil {
			return
		}
	}
	switch {
	case k.measure.metric.ID == sustainedMetric:
		k.noSpread = k.sameRungs() // of other rungs, the ratio may be the same
		k.err = widen(k.pairs, steps)
	case inSteps(k.measure.metric.ID):
		k.err = widen(k.pairs, steps)
	}
}

// differenceAt is the paired t interval of the differences themselves, of latencies alone. Its ends are as far out as the steps
// of the latencies allow.
func (k *comparison) differenceAt(level float64) (*stats.Interval, error) {
	if k.measure.metric.Unit != "ms" || k.reading.OneTarget() {
		return nil, nil
	}
	var x, y []float64
	down, up := 0.0, 0.0
	for _, p := range k.pairs {
		x, y = append(x, p.a.calc), append(y, p.b.calc)
		down += (p.a.calc - p.a.least + p.b.most - p.b.calc) / float64(len(k.pairs))
		up += (p.a.most - p.a.calc + p.b.calc - p.b.least) / float64(len(k.pairs))
	}
	in, err := stats.PairedT(x, y, level)
	in.Low, in.High = in.Low-down, in.High+up
	return &in, err
}

// decideBetter fills in verdict and reason where nothing stands in the way of deciding.
func (c *court) decideBetter(k comparison, out *Reading) {
	lower := k.measure.metric.LowerBetter
	byT := decide(advantageOf(k.d, k.tie, k.bound, lower), c.delta)
	byRank := decide(advantageOf(k.rank, k.tieRank, k.bound, lower), c.delta)
	out.Reason = c.ratioReason(k, byT)
	out.WouldChange = c.wouldChange(k, byT)
	if byT.verdict() != byRank.verdict() {
		if byT == open {
			out.Reason += fmt.Sprintf("; signed ranks, which a single block sways less, give %s (ratio %s, %s interval %s)",
				byRank.verdict(), number(math.Exp(k.rank.Center)), percent(k.rank.Confidence), c.ratioSpan(k.rank))
		} else {
			out.Reason = fmt.Sprintf("%s by the t interval but %s by signed ranks (ratio %s, %s interval %s): %s",
				byT.verdict(), byRank.verdict(), number(math.Exp(k.rank.Center)), percent(k.rank.Confidence), c.ratioSpan(k.rank), out.Reason)
			out.WouldChange = "blocks without outliers, or more of them: the two intervals must agree"
		}
		return
	}
	if why := c.waiting(k); why != "" && byT == tied {
		out.Reason += "; no tie either, since " + why
		out.WouldChange = waitingRemedy
		return
	}
	out.Verdict = byT.verdict()
}

// ratioEvidence is the comparison as verdicts.json shows it.
func (c *court) ratioEvidence(k comparison) *Ratio {
	e := &Ratio{
		X: k.reading.X, Y: k.reading.Y, Metric: k.measure.metric.ID, Cell: k.measure.where(),
		Unit: k.measure.metric.Unit, LowerBetter: k.measure.metric.LowerBetter,
		XValues: []BlockValue{}, YValues: []BlockValue{},
		Confidence: shown(k.level), Bound: k.bound,
		ControlOK: k.control.OK, ControlWide: k.control.Wide, ControlWhy: k.control.Why,
		Blocks: len(k.pairs), BlocksPlanned: k.planned,
	}
	for _, p := range k.pairs {
		e.XValues = append(e.XValues, k.blockValue(p.block, p.a))
		e.YValues = append(e.YValues, k.blockValue(p.block, p.b))
		e.Censored = e.Censored || p.a.bound == AtLeast || p.b.bound == AtLeast
	}
	e.XMean, e.YMean = meanOf(e.XValues), meanOf(e.YValues)
	if k.err != nil {
		return e
	}
	e.Ratio, e.Low, e.High = shown(math.Exp(k.d.Center)), shown(math.Exp(k.d.Low)), shown(math.Exp(k.d.High))
	e.TieLow, e.TieHigh, e.TieConfidence = shown(math.Exp(k.tie.Low)), shown(math.Exp(k.tie.High)), shown(k.tie.Confidence)
	if in := k.difference; in != nil {
		e.Difference = &Interval{Center: shown(in.Center), Low: shown(in.Low), High: shown(in.High), Confidence: shown(in.Confidence), Blocks: in.N}
	}
	e.Reliability, e.ReliabilityConfidence = k.rungs.reliability, k.rungs.confidence
	e.Sensitivity, e.TieRank = ratioInterval(k.rank), ratioInterval(k.tieRank)
	return e
}

func (k comparison) blockValue(block int, p point) BlockValue {
	v := BlockValue{Block: block, Trial: p.trial, Value: p.shown}
	switch k.measure.metric.ID {
	case sustainedMetric:
		v.Bound = p.bound
	case memoryPerConnection, costMetric:
		v.Value = shown(p.shown) // computed here; the others stand in a record
	}
	return v
}

// meanOf is the geometric mean, 0 (absent) where there is none.
func meanOf(values []BlockValue) float64 {
	xs := make([]float64, len(values))
	for i, v := range values {
		xs[i] = v.Value
	}
	mean, err := stats.GeometricMean(xs)
	if err != nil { // no values, or a 0: the field is then absent, as its comment says
		return 0
	}
	return shown(mean)
}
