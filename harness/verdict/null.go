package verdict

import (
	"fmt"
	"slices"

	"github.com/assay-bench/assay/harness/claim"
	"github.com/assay-bench/assay/harness/plan"
	"github.com/assay-bench/assay/harness/stats"
	"github.com/assay-bench/assay/harness/target"
)

// perSecond is the rate of right answers; in mode saturate the most that there was.
const perSecond = claim.Throughput

// Modes that rules differ for.
const (
	saturate = "saturate"
	hold     = "hold"
	inFlight = "in-flight"
)

// A NullCell is what the null server, which does the least that a server can, showed of host and load side in one cell:
// that more connections can be held, how much the host drifted, and, in mode saturate, the ceiling of the rate and the
// floor of the latency.
type NullCell struct {
	Cell        string `json:"cell"`
	Connections int    `json:"connections"` // asked of it
	Trials      int    `json:"trials"`      // with a usable record
	Held        int    `json:"held"`        // of them, those that sustained the cell's load

	// Unmeasured are those that held all, with every request answered, and whose p99 nobody knows: mostly for too few samples.
	Unmeasured int `json:"unmeasured,omitempty"`

	// Medians over the trials; absent where not measured. Those of the rate and the latencies count even where a check
	// rejected them: the ceiling is what the load side reached, at its own limit too.
	RequestsPerSecond float64 `json:"requests_per_second,omitempty"`
	CPUPerRequest     float64 `json:"cpu_us_per_request,omitempty"`
	P50               float64 `json:"p50_ms,omitempty"`
	P99               float64 `json:"p99_ms,omitempty"`

	HostDrift

	Headroom []Headroom `json:"headroom,omitempty"` // mode saturate, a target each
}

// Headroom is the null server's rate over a target's in the same block, of each its fastest trial there: how much more the load
// side could have asked. The median decides: to drop single fast trials would be to select them by their outcome.
type Headroom struct {
	Target string  `json:"target"`
	Ratio  float64 `json:"ratio"`            // median of the blocks
	Lowest float64 `json:"lowest,omitempty"` // of a block
	OK     bool    `json:"ok"`               // Ratio is at least Limits.Headroom
}

// nullCells are in the order of the plan; those in which the null server has no trial are left out.
func (c *court) nullCells() []NullCell {
	var out []NullCell
	for _, cell := range c.plan.Cells {
		if n, ok := c.nullCell(cell); ok {
			out = append(out, n)
		}
	}
	return out
}

func (c *court) nullCell(cell plan.Cell) (NullCell, bool) {
	asked := c.plan.NullCell(cell)
	n := NullCell{Cell: cell.ID, Connections: asked.Connections}
	if !c.planned[cellTarget{cell.ID, target.NullID}] {
		return n, false
	}
	for _, at := range c.replicas(cell.ID, target.NullID) {
		if rec, ok := c.kept.record(at); ok {
			n.Trials++
			switch c.kept.sustains(asked, rec) {
			case whySustains:
				n.Held++
			case whyNoP99:
				n.Unmeasured++
			}
		}
	}
	all := c.everyTrial()
	n.RequestsPerSecond = c.medianOf(all, cell.ID, target.NullID, perSecond)
	n.CPUPerRequest = c.medianOf(all, cell.ID, target.NullID, "cpu_us_per_request")
	n.P50 = c.medianOf(all, cell.ID, target.NullID, "p50_ms")
	n.P99 = c.medianOf(all, cell.ID, target.NullID, p99)
	n.HostDrift = c.drift(all, cell)
	if cell.Mode == saturate {
		n.Headroom = c.headrooms(all, cell.ID)
	}
	return n, true
}

// medianOf is the median of a metric over the blocks; 0 where there is none.
func (c *court) medianOf(s selection, cell, target, metric string) float64 {
	var values []float64
	for _, at := range c.replicas(cell, target) {
		if v, _, ok := s.value(at, metric); ok {
			values = append(values, v)
		}
	}
	m, err := stats.Median(values)
	if err != nil { // no values
		return 0
	}
	return shown(m)
}

// headrooms are those of the targets that have a rate in a block in which the null server has one.
func (c *court) headrooms(s selection, cell string) []Headroom {
	var out []Headroom
	for _, t := range c.plan.Contestants(c.cells[cell]) {
		var ratios []float64
		for _, block := range c.blocks {
			ceiling, most := s.fastest(block, cell, target.NullID), s.fastest(block, cell, t.ID)
			if ceiling > 0 && most > 0 {
				ratios = append(ratios, ceiling/most)
			}
		}
		m, err := stats.Median(ratios)
		if err != nil { // no block has both
			continue
		}
		ratio := shown(m)
		out = append(out, Headroom{Target: t.ID, Ratio: ratio, Lowest: shown(slices.Min(ratios)), OK: ratio >= c.limits.Headroom})
	}
	return out
}

// fastest is the highest rate of a server's trials in one block and cell; 0 where there is none.
func (s selection) fastest(block int, cell, target string) float64 {
	most := 0.0
	for _, replica := range []int{1, 2} {
		if v, _, ok := s.value(place{block, cell, target, replica}, perSecond); ok {
			most = max(most, v)
		}
	}
	return most
}

// nullSustains tells whether the null server sustained the load of a cell with room to spare: in the cell itself or in one of
// the same scenario that asks for no less, NullHold times the connections in mode hold, in every one of its trials there that has a p99. Where
// the host's limit leaves no such room, nothing shows that the host or the load side was not what failed.
func (c *court) nullSustains(cell plan.Cell) bool {
	return slices.ContainsFunc(c.plan.Cells, func(o plan.Cell) bool {
		if !c.nullAsked(o, cell) {
			return false
		}
		n, _ := c.nullCell(o)
		return n.Held > 0 && n.Held+n.Unmeasured == n.Trials
	})
}

// nullAsked tells whether the plan asks the null server, in cell o, for the load of the cell with room to spare.
func (c *court) nullAsked(o, cell plan.Cell) bool {
	least := cell.Connections
	if cell.Mode == hold {
		least = max(least, int(float64(cell.Connections)*c.limits.NullHold))
	}
	asked := c.plan.NullCell(o)
	return o.Scenario == cell.Scenario && o.SLOP99 <= cell.SLOP99 && c.planned[cellTarget{o.ID, target.NullID}] &&
		asked.Connections >= least && asked.RequestsPerSecond >= cell.RequestsPerSecond
}

// limitedByLoad says why the rate of a comparison in mode saturate may be the load side's, "" where it is not.
func (c *court) limitedByLoad(k comparison) string {
	cell := c.cells[k.measure.cell]
	if k.measure.metric.ID != perSecond || cell.Mode != saturate {
		return ""
	}
	n, ok := c.nullCell(cell)
	if !ok || n.RequestsPerSecond <= 0 {
		return "the null server was not measured, so nothing shows that the load side could ask for more"
	}
	for _, h := range n.Headroom {
		if (h.Target == k.reading.X || h.Target == k.reading.Y) && !h.OK {
			return fmt.Sprintf("the load side reaches %s answers/s on the null server, by the median over the blocks %s times what it reached on %s; at least %g times are needed to call a rate the server's",
				number(n.RequestsPerSecond), number(h.Ratio), h.Target, c.limits.Headroom)
		}
	}
	for _, id := range []string{k.reading.X, k.reading.Y} {
		known := slices.ContainsFunc(n.Headroom, func(h Headroom) bool { return h.Target == id })
		if !known && c.medianOf(c.everyTrial(), cell.ID, id, perSecond) > 0 {
			return fmt.Sprintf("the null server was not measured in a block in which %s was, so nothing shows that the load side could ask for more", id)
		}
	}
	return ""
}
