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

	d, tie        stats.Interval // paired t, at the family's and the equivalence confidence
	rank, tieRank stats.Interval // the same by signed ranks
	bound         Bound
	noSpread      bool  // every block gave the same ratio
	err           error // no interval can be had
}

// better judges "X beats Y on a metric": the paired t interval decides, the exact
// signed-rank interval must not contradict it, and the A/A control of the same cell and
// metric must lie inside the margin.
func (c *court) better(s selection, r claim.Reading, m measure) Reading {
	k := c.compare(s, r, m)
	out := Reading{Verdict: Inconclusive, Rule: c.betterRule(k), Ratio: c.ratioEvidence(k)}
	limited := c.limitedByLoad(k)
	switch {
	case limited != "":
		out.Reason = limited
		out.WouldChange = "more CPUs for the load side; CPU time per request needs no such headroom"
	case len(k.pairs) < c.minBlocks():
		out.Reason = c.tooFewBlocks(len(k.pairs)) + c.rejectedClause(r, m)
		out.WouldChange = "values of both targets in the missing blocks"
	case math.IsNaN(c.delta):
		out.Reason = "the ledger declares no margin above 1, so neither better nor tie is defined"
		out.WouldChange = "a margin declared before the run"
	case k.err != nil:
		out.Reason = "no interval: " + k.err.Error()
	case k.bound == Unbound:
		out.Reason = c.cutOffReason(k)
		out.WouldChange = "a host or a plan whose ladder goes on until a server gives up"
	case !k.control.OK:
		out.Reason = c.undecidedByControl(k)
		out.WouldChange = "a quieter host or more blocks, so that a target against itself stays inside the margin"
	default:
		c.decideBetter(k, &out)
	}
	out.Notes = c.betterNotes(k, out.Verdict)
	return out
}

// rejectedClause says how many values of the metric were measured and rejected.
func (c *court) rejectedClause(r claim.Reading, m measure) string {
	rejected, of := 0, 0
	for _, at := range c.placesOf(r) {
		for _, rec := range c.kept.candidates[at] {
			of++
			if _, ok := rec.Rejected[m.metric.ID]; ok {
				rejected++
			}
		}
	}
	if rejected == 0 {
		return ""
	}
	return fmt.Sprintf("; %s was rejected in %d of %s, since requests left late", m.metric.Label, rejected, plural(of, "trial"))
}

// compare gathers the pairs and their intervals.
func (c *court) compare(s selection, r claim.Reading, m measure) comparison {
	k := comparison{reading: r, measure: m, pairs: c.pairs(s, m, r.X, r.Y), control: c.control(s, m)}
	k.bound = boundOf(k.pairs)
	var d []float64
	if d, k.err = logRatios(k.pairs); k.err != nil {
		return k
	}
	k.noSpread = spread(d) <= rounding
	for _, step := range []struct {
		into   *stats.Interval
		method func([]float64, float64) (stats.Interval, error)
		level  float64
	}{
		{&k.d, stats.TInterval, c.confidence},
		{&k.tie, stats.TInterval, c.limits.EquivalenceConfidence},
		{&k.rank, stats.SignedRank, c.confidence},
		{&k.tieRank, stats.SignedRank, c.limits.EquivalenceConfidence},
	} {
		if *step.into, k.err = step.method(d, step.level); k.err != nil {
			return k
		}
	}
	return k
}

// decideBetter fills in verdict and reason where nothing stands in the way of deciding.
func (c *court) decideBetter(k comparison, out *Reading) {
	lower := k.measure.metric.LowerBetter
	byT := decide(advantageOf(k.d, k.tie, k.bound, lower), c.delta)
	byRank := decide(advantageOf(k.rank, k.tieRank, k.bound, lower), c.delta)
	out.Reason = c.ratioReason(k, byT)
	out.WouldChange = c.wouldChange(k, byT)
	if byT.verdict() != byRank.verdict() {
		if byT != open {
			out.Reason = fmt.Sprintf("%s by the t interval but %s by signed ranks (ratio %s, %s interval %s): %s",
				byT.verdict(), byRank.verdict(), number(math.Exp(k.rank.Center)), percent(k.rank.Confidence), ratioSpan(k.rank), out.Reason)
			out.WouldChange = "blocks without outliers, or more of them: the two intervals must agree"
		}
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
		Confidence: shown(c.confidence), Bound: k.bound,
		ControlOK: k.control.OK, ControlWhy: k.control.Why,
		Blocks: len(k.pairs), BlocksPlanned: len(c.blocks),
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
	e.TieLow, e.TieHigh = shown(math.Exp(k.tie.Low)), shown(math.Exp(k.tie.High))
	e.Sensitivity, e.TieRank = ratioInterval(k.rank), ratioInterval(k.tieRank)
	return e
}

func (k comparison) blockValue(block int, p point) BlockValue {
	v := BlockValue{Block: block, Trial: p.trial, Value: p.shown}
	switch k.measure.metric.ID {
	case sustainedMetric:
		v.Bound = p.bound
	case memoryPerConnection:
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
