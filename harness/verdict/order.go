package verdict

import (
	"fmt"
	"math"
	"slices"

	"github.com/assay-bench/assay/harness/claim"
	"github.com/assay-bench/assay/harness/stats"
	"github.com/assay-bench/assay/harness/target"
	"github.com/assay-bench/assay/harness/trial"
)

// orderEffect is the code of the doubt that a fired check puts beside a reading.
const orderEffect = "order-effect"

// Order tells whether the numbers that comparisons rest on depend on when they were
// measured (docs/decisions/0011-order-effects.md). Nothing is rejected for it.
type Order struct {
	Level  float64      `json:"level,omitempty"`  // chance of any false alarm, over all tests together; absent in plans without one: then nothing fires
	Tests  int          `json:"tests"`            // m; each is held against level / m
	Checks []OrderCheck `json:"checks,omitempty"` // by cell in the plan's order, then by metric
}

// OrderCheck is one metric in one cell.
type OrderCheck struct {
	Cell   string `json:"cell"`
	Metric string `json:"metric"`
	Trials int    `json:"trials"` // of the targets, both replicas
	// Drift is the change from the first block to the last. It is common to all targets, so comparisons within blocks are
	// free of it.
	Drift *OrderTest `json:"drift,omitempty"`
	// Place is the change from one place in a block's trials of the cell to the next; block and target are taken out.
	Place *OrderTest `json:"place,omitempty"`
	// Carry is the change where the trial before was of another target; block and target are taken out.
	Carry *OrderTest `json:"carry_over,omitempty"`
}

// OrderTest is one test; absent where the design leaves it nothing to rest on.
type OrderTest struct {
	Change float64 `json:"change"` // ratio minus 1: 0.02 is 2 % more
	P      float64 `json:"p"`      // two-sided
	Fires  bool    `json:"fires"`  // p is under level / tests
}

// An ordered is one trial's number with where it stands in the run.
type ordered struct {
	value         float64 // logarithm
	slot          int
	block, target int     // labels
	place         float64 // 0-based, among the trials of this cell and block
	afterAnother  float64 // 1 where the trial before it in the run was of another target
}

// order checks every cell and recorded metric that a comparative reading rests on; nil
// where there is none.
func (c *court) order() *Order {
	o := &Order{Level: c.limits.OrderLevel}
	for _, cell := range c.plan.Cells {
		for _, metric := range claim.Metrics() {
			if c.compared(cell.ID, metric.ID) && !scheduled(cell, metric.ID) {
				o.add(cell.ID, metric.ID, withoutNull(c.inOrder(c.kept, cell.ID, metric.ID)))
			}
		}
	}
	if len(o.Checks) == 0 {
		return nil
	}
	for i := range o.Checks {
		for _, t := range o.Checks[i].tests() {
			t.Fires = t.P < o.Level/float64(o.Tests)
		}
	}
	return o
}

// compared reports whether a comparative reading rests on a recorded metric in a cell. The
// rungs that a server sustains are no number that could drift.
func (c *court) compared(cell, metric string) bool {
	return slices.ContainsFunc(c.plan.Ledger.Claims, func(cl claim.Claim) bool {
		return slices.ContainsFunc(cl.Readings, func(r claim.Reading) bool {
			if r.Metric == "" || r.Metric == sustainedMetric {
				return false
			}
			if _, settled := c.settled(cl.ID, r); settled {
				return false
			}
			ms, why := c.measuresOf(r)
			return why == "" && slices.ContainsFunc(ms, func(m measure) bool { return slices.Contains(m.cells(), cell) && m.recorded(cell) == metric })
		})
	})
}

// cells are those that the measure is made of.
func (m measure) cells() []string {
	if m.bill != nil {
		return m.bill.cells()
	}
	if m.metric.Ladder {
		return m.ladder.cellIDs()
	}
	return []string{m.cell}
}

// inOrder gathers the numbers of a cell in the order of the run, those of the null server
// too. A retry counts at its slot's place: it ran there, before the next slot.
func (c *court) inOrder(from selection, cell, metric string) []ordered {
	labels := map[string]int{target.NullID: nullLabel}
	before := "" // target of the trial before, of any cell
	block, place := 0, 0
	var out []ordered
	for _, s := range c.plan.Slots {
		previous := before
		before = s.Target
		if s.Cell != cell {
			continue
		}
		if s.Block != block {
			block, place = s.Block, 0
		}
		at := ordered{slot: s.Index, block: s.Block, place: float64(place)}
		place++
		v, _, ok := from.value(placeOf(s), metric)
		if !ok || v <= 0 {
			continue
		}
		if previous != s.Target {
			at.afterAnother = 1
		}
		if _, known := labels[s.Target]; !known {
			labels[s.Target] = len(labels)
		}
		at.value, at.target = math.Log(v), labels[s.Target]
		out = append(out, at)
	}
	return out
}

// nullLabel is the label of the null server among the targets.
const nullLabel = 0

// withoutNull are the targets' numbers.
func withoutNull(values []ordered) []ordered {
	return slices.DeleteFunc(values, func(v ordered) bool { return v.target == nullLabel })
}

func (o *Order) add(cell, metric string, values []ordered) {
	k := OrderCheck{Cell: cell, Metric: metric, Trials: len(values)}
	k.Drift = driftOver(values)
	k.Place = changeBy(values, func(v ordered) float64 { return v.place })
	k.Carry = changeBy(values, func(v ordered) float64 { return v.afterAnother })
	if n := len(k.tests()); n > 0 {
		o.Tests += n
		o.Checks = append(o.Checks, k)
	}
}

func (k OrderCheck) tests() []*OrderTest {
	return slices.DeleteFunc([]*OrderTest{k.Drift, k.Place, k.Carry}, func(t *OrderTest) bool { return t == nil })
}

// changeBy is the least-squares slope of the logarithms on x, within blocks and targets.
func changeBy(values []ordered, x func(ordered) float64) *OrderTest {
	var xs, ys []float64
	var blocks, targets []int
	for _, v := range values {
		xs, ys = append(xs, x(v)), append(ys, v.value)
		blocks, targets = append(blocks, v.block), append(targets, v.target)
	}
	return orderTest(xs, ys, 1, blocks, targets)
}

// driftOver is the slope over the run, from one number a block: the mean of what is left
// when the targets are taken out. Trials of one block share its disturbances; counted one
// by one they would make a drift of a single odd block.
func driftOver(values []ordered) *OrderTest {
	var ys []float64
	var targets []int
	for _, v := range values {
		ys, targets = append(ys, v.value), append(targets, v.target)
	}
	left, _, err := stats.Residuals(ys, targets)
	if err != nil {
		return nil
	}
	var xs, means []float64
	for i := 0; i < len(values); {
		sum, at, n := 0.0, 0.0, 0.0
		for block := values[i].block; i < len(values) && values[i].block == block; i++ {
			sum, at, n = sum+left[i], at+float64(values[i].slot), n+1
		}
		xs, means = append(xs, at/n), append(means, sum/n)
	}
	if len(xs) < 3 {
		return nil
	}
	return orderTest(xs, means, xs[len(xs)-1]-xs[0])
}

// orderTest tests the slope of y on x, and gives it over so many units of x. A sample
// without spread, or a design that leaves no degree of freedom, gives no test.
func orderTest(x, y []float64, over float64, factors ...[]int) *OrderTest {
	slope, test, err := stats.TestedSlope(x, y, factors...)
	if err != nil || test.Degenerate {
		return nil
	}
	return &OrderTest{Change: shown(math.Expm1(slope * over)), P: shown(test.TwoSided)}
}

// doubt puts a fired check beside every comparative reading that rests on the cell and
// metric. Drift over the run is left out: it is the same for both sides of a block.
func (o *Order) doubt(c *court, judged []Claim) {
	if o == nil {
		return
	}
	for i, cl := range c.plan.Ledger.Claims {
		for k, r := range cl.Readings {
			if of := judged[i].Readings[k]; of.Ratio == nil && of.UpTo == nil && of.Amount == nil {
				continue
			}
			ms, why := c.measuresOf(r)
			for _, check := range o.Checks {
				if why == "" && slices.ContainsFunc(ms, check.bearsOn) {
					judged[i].Readings[k].Doubts = append(judged[i].Readings[k].Doubts, check.doubts()...)
				}
			}
		}
	}
}

// bearsOn reports whether a measure rests on the numbers that were checked.
func (k OrderCheck) bearsOn(m measure) bool {
	return m.metric.ID != sustainedMetric && slices.Contains(m.cells(), k.Cell) && k.Metric == m.recorded(k.Cell)
}

func (k OrderCheck) doubts() []trial.Warning {
	var out []trial.Warning
	for _, t := range []struct {
		test *OrderTest
		what string
	}{
		{k.Place, "from one place in a block to the next"},
		{k.Carry, "after a trial of another target"},
	} {
		if t.test != nil && t.test.Fires {
			out = append(out, trial.Warning{Code: orderEffect, Detail: fmt.Sprintf("%s in %s changes by %s %s (p %s); the order was drawn at random and balanced, so it adds noise rather than favour a side",
				metricLabel(k.Metric), k.Cell, signedPercent(t.test.Change), t.what, number(t.test.P))})
		}
	}
	return out
}

func metricLabel(id string) string {
	if m, ok := claim.MetricByID(id); ok {
		return m.Label
	}
	return id
}

// signedPercent writes a change: "+2.10 %".
func signedPercent(change float64) string {
	if change > 0 {
		return "+" + number(100*change) + " %"
	}
	return number(100*change) + " %"
}
