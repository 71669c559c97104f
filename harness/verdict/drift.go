package verdict

import (
	"fmt"
	"math"

	"github.com/assay-bench/assay/harness/plan"
	"github.com/assay-bench/assay/harness/target"
)

// A HostDrift is the change of the host from the first block to the last, as a share, without a sign: a trend over the blocks
// of all servers' trials, whose p-value tells it from the scatter of the blocks. DriftOf names its metric: the rate in
// mode saturate, else CPU time per request. In plans of before there was a test it is the null server's alone, its last
// block against its first. Absent without the blocks for it.
type HostDrift struct {
	Drift   float64 `json:"drift,omitempty"`
	DriftP  float64 `json:"drift_p,omitempty"` // two-sided
	DriftOf string  `json:"drift_of,omitempty"`
	DriftOK bool    `json:"drift_ok"`
}

// A CellDrift is the drift of the host in one cell.
type CellDrift struct {
	Cell string `json:"cell"`
	HostDrift
}

// drifts are those of all cells whose comparisons a drift would withhold, in the order of the plan; nil in plans of before there was
// a test, of which the null server's cells have what there is.
func (c *court) drifts() []CellDrift {
	if c.limits.DriftConfidence == 0 {
		return nil
	}
	var out []CellDrift
	all := c.everyTrial()
	for _, cell := range c.plan.Cells {
		if !c.driftAsked(cell.ID) {
			continue
		}
		if n := c.drift(all, cell); n.DriftOf != "" {
			out = append(out, CellDrift{cell.ID, n})
		}
	}
	return out
}

// everyTrial are the trials that count, with the numbers of theirs that a check rejected.
func (c *court) everyTrial() selection {
	return selection{candidates: c.kept.candidates, rejectedToo: true}
}

// drift is how much the host changed in a cell. What changes by the limit or more is a drift where a trend shows it: blocks
// that merely scatter are no other host at the end (docs/decisions/0014-what-the-controls-withhold.md).
func (c *court) drift(s selection, cell plan.Cell) (n HostDrift) {
	metric := "cpu_us_per_request"
	if cell.Mode == saturate {
		metric = perSecond
	}
	if c.limits.DriftConfidence == 0 {
		return c.firstToLast(s, cell.ID, metric)
	}
	trend := driftOver(c.inOrder(s, cell.ID, metric))
	if trend == nil {
		return n
	}
	n.DriftOf, n.Drift, n.DriftP = metric, shown(math.Abs(trend.Change)), trend.P
	n.DriftOK = n.Drift < c.limits.NullDrift || trend.P >= 1-c.limits.DriftConfidence
	return n
}

// firstToLast is the rule of plans without a test: the null server's last block against its first.
func (c *court) firstToLast(s selection, cell, metric string) (n HostDrift) {
	if len(c.blocks) < 2 {
		return n
	}
	first, _, okFirst := s.value(place{c.blocks[0], cell, target.NullID, 1}, metric)
	last, _, okLast := s.value(place{c.blocks[len(c.blocks)-1], cell, target.NullID, 1}, metric)
	if !okFirst || !okLast || first <= 0 {
		return n
	}
	n.DriftOf, n.Drift = metric, shown(math.Abs(last/first-1))
	n.DriftOK = n.Drift < c.limits.NullDrift
	return n
}

// driftedIn says why no comparison in one of the cells can be trusted, "" where the host drifted in none.
func (c *court) driftedIn(cells []string) string {
	all := c.everyTrial()
	for _, id := range cells {
		if !c.driftAsked(id) {
			continue
		}
		if n := c.drift(all, c.cells[id]); n.DriftOf != "" && !n.DriftOK {
			return fmt.Sprintf("the %s of %s in %s changed by %s from the first block to the last%s, not under %s: the host was not the same throughout",
				driftWords(n.DriftOf), c.whoDrifts(), id, percent(n.Drift), n.pWords(), percent(c.limits.NullDrift))
		}
	}
	return ""
}

// driftAsked reports whether a cell's comparisons need a host without a drift: the trend is that of all servers, so that it takes
// no trial of the null server but in plans of before there was a test.
func (c *court) driftAsked(cell string) bool {
	if c.limits.NullDrift == 0 {
		return false
	}
	of, ok := c.cells[cell]
	return c.planned[cellTarget{cell, target.NullID}] || c.limits.DriftConfidence > 0 && ok && of.CrossCheck == "" && !of.Mode.Lifecycle()
}

func (c *court) whoDrifts() string {
	if c.limits.DriftConfidence == 0 {
		return "the null server"
	}
	return "all servers"
}

// pWords is the p-value of the drift, where it was tested.
func (n HostDrift) pWords() string {
	switch {
	case n.DriftP == 0: // not tested
		return ""
	case n.DriftP < 0.001:
		return " (p under 0.001)"
	}
	return " (p " + number(n.DriftP) + ")"
}

func driftWords(metric string) string {
	if metric == perSecond {
		return "rate"
	}
	return "CPU time per request"
}
