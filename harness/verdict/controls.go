package verdict

import (
	"fmt"
	"math"
	"slices"

	"github.com/assay-bench/assay/harness/claim"
	"github.com/assay-bench/assay/harness/digits"
	"github.com/assay-bench/assay/harness/plan"
	"github.com/assay-bench/assay/harness/stats"
)

// rounding is the spread of logarithms below which they are equal but for rounding.
const rounding = 1e-12

// control compares targets with themselves: d = ln(later trial / earlier) of the target
// that the plan doubled in each block, over at least MinBlocks pairs. An interval that
// excludes equality and reaches beyond the margin shows that a trial depends on what ran
// before it, so that it is not one of a fresh server, and no verdict that needs the margin
// can stand on it. A wide interval around equality shows nothing but noise, which the
// comparison has in its own interval (docs/decisions/0014-what-the-controls-withhold.md).
func (c *court) control(s selection, m measure) Control {
	pairs := c.controlPairs(s, m)
	out := Control{Cell: m.where(), Metric: m.metric.ID, Blocks: len(pairs), Confidence: c.controlConfidence()}
	in, steps, err := overBlocks(pairs, m.metric.ID, out.Confidence)
	if err == nil {
		out.Ratio, out.Low, out.High, out.Steps = shown(math.Exp(in.Center)), shown(math.Exp(in.Low)), shown(math.Exp(in.High)), shown(steps)
	}
	inside := in.Low > -c.delta && in.High < c.delta
	excludes := in.Low > 0 || in.High < 0
	switch {
	case len(pairs) < c.minBlocks():
		out.Why = fmt.Sprintf("%s; at least %d are needed", plural(len(pairs), "A/A pair"), c.minBlocks())
	case err != nil:
		out.Why = "no interval: " + err.Error()
	case math.IsNaN(c.delta):
		out.Why = "the ledger declares no margin above 1"
	case !inside && (excludes || c.limits.ControlConfidence == 0):
		out.Why = fmt.Sprintf("ratio %.3f, %s interval %s, %s %.3f-%.3f", math.Exp(in.Center),
			percent(in.Confidence), digits.Interval(out.Low, out.High, "-", thousandths, 1, c.margin, shown(1/c.margin)), c.controlFault(), 1/c.margin, c.margin)
	default:
		out.OK, out.Wide = true, !inside
	}
	return out
}

// controlConfidence is that of the A/A intervals. Plans of before there was one asked for an
// interval inside the margin, at the confidence of equivalence.
func (c *court) controlConfidence() float64 {
	if c.limits.ControlConfidence == 0 {
		return c.limits.EquivalenceConfidence
	}
	return c.limits.ControlConfidence
}

// controlRemedy is what would make a control hold.
func (c *court) controlRemedy(k Control) string {
	switch {
	case k.Blocks < c.minBlocks():
		return fmt.Sprintf("a quieter host or more blocks, so that a target can be compared with itself in %d of them or more", c.minBlocks())
	case c.limits.ControlConfidence == 0:
		return "a quieter host or more blocks, so that a target against itself stays inside the margin"
	}
	return "a quieter host, or trials that leave nothing behind for the next one, so that a target's later trial does not differ from its earlier one"
}

// FiresByChance is the chance, at most, with which a control as wide as this one would fire on a target that does not differ
// from itself: its mean, in standard errors, is taken as Student's t, and has to lie beyond the interval's half width, and beyond
// what that leaves of the margin. Summed over controls without a fault it gives as many as fire where they are wide, 1 -
// Confidence each, and more than do where they are narrow, since the narrowest are so by chance. What the steps of latencies add to the
// width is none of the mean's scatter, and keeps a control from firing the more. 0 for numbers that do not vary.
func (k Control) FiresByChance(margin float64) float64 {
	if !k.Varies() {
		return 0
	}
	half, delta := k.half(), math.Log(margin)
	critical, err := stats.StudentQuantile(0.5+k.Confidence/2, float64(k.Blocks-1))
	if err != nil || !(half > 0) || !(delta > 0) {
		return 0
	}
	tail, err := stats.StudentTail(critical*max((half+k.Steps)/half, (delta-half-k.Steps)/half), float64(k.Blocks-1))
	if err != nil {
		return 0
	}
	return 2 * tail
}

// Varies reports whether the control has an interval with a width that is not of the steps of latencies alone.
func (k Control) Varies() bool {
	const written = 1e-9 // below it lies what the digits of the ends leave out
	return k.Low > 0 && k.half() > written
}

// half is half the width of the interval of the mean, as a logarithm.
func (k Control) half() float64 { return math.Log(k.High/k.Low)/2 - k.Steps }

// controlFault is what a control that failed did, up to the margin's ends.
func (c *court) controlFault() string {
	if c.limits.ControlConfidence == 0 {
		return "is not inside"
	}
	return "excludes 1 and leaves"
}

// scheduled reports whether a metric is not the target's but the schedule's: in an open loop requests leave at the rate
// that was asked for, and as many answers come back.
func scheduled(cell plan.Cell, metric string) bool {
	return metric == perSecond && cell.RequestsPerSecond > 0
}

// controls lists an A/A control for every cell with an A/A arm and metric that was measured, cells in the
// order of the plan, metrics in the order of the catalogue, ladders last.
func (c *court) controls() []Control {
	controls := []Control{}
	var scenarios []string
	for _, cell := range c.plan.Cells {
		if !c.twinned(cell.ID) {
			continue
		}
		if !slices.Contains(scenarios, cell.Scenario) {
			scenarios = append(scenarios, cell.Scenario)
		}
		for _, metric := range claim.Metrics() {
			if !metric.Ladder && !scheduled(cell, metric.ID) && c.measured([]string{cell.ID}, metric.ID) {
				controls = append(controls, c.control(c.kept, measure{metric: metric, cell: cell.ID}))
			}
		}
	}
	for _, id := range scenarios {
		for _, metric := range claim.Metrics() {
			if m := (measure{metric: metric, ladder: c.ladders[id]}); metric.Ladder && c.ladderMeasured(m) {
				controls = append(controls, c.control(c.kept, m))
			}
		}
	}
	return controls
}

// ladderMeasured reports whether a ladder is one for the metric: two rungs to sustain,
// three for a slope, and any trial at all.
func (c *court) ladderMeasured(m measure) bool {
	if m.metric.ID == memoryPerConnection {
		return len(m.ladder.rungs) >= minSlopeRungs && c.measured(m.ladder.cellIDs(), memoryBytes)
	}
	return len(m.ladder.rungs) >= 2 && m.ladder.hasObjective() && c.measured(m.ladder.cellIDs(), p99)
}

// measured reports whether any kept trial of the cells has the metric.
func (c *court) measured(cells []string, metric string) bool {
	for at := range c.kept.candidates {
		if slices.Contains(cells, at.cell) {
			if _, _, ok := c.kept.value(at, metric); ok {
				return true
			}
		}
	}
	return false
}

func logRatios(pairs []pair) ([]float64, error) {
	a, b := make([]float64, len(pairs)), make([]float64, len(pairs))
	for i, p := range pairs {
		a[i], b[i] = p.a.calc, p.b.calc
	}
	return stats.LogRatios(a, b)
}

// spread is the distance between the largest and the smallest value; 0 for none.
func spread(d []float64) float64 {
	if len(d) == 0 {
		return 0
	}
	return slices.Max(d) - slices.Min(d)
}
