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

	// Medians over the trials; absent where not measured. Those of the rate and the latencies count even where a check
	// rejected them: the ceiling is what the load side reached, at its own limit too.
	RequestsPerSecond float64 `json:"requests_per_second,omitempty"`
	CPUPerRequest     float64 `json:"cpu_us_per_request,omitempty"`
	P50               float64 `json:"p50_ms,omitempty"`
	P99               float64 `json:"p99_ms,omitempty"`

	HostDrift

	Headroom []Headroom `json:"headroom,omitempty"` // mode saturate, a target each
}

// Headroom is the null server's rate over a target's: how much more the load side could have asked.
type Headroom struct {
	Target string  `json:"target"`
	Ratio  float64 `json:"ratio"` // of the medians
	OK     bool    `json:"ok"`    // at least Limits.Headroom
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
			if c.kept.sustains(asked, rec) == whySustains {
				n.Held++
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
		n.Headroom = c.headrooms(all, cell.ID, n.RequestsPerSecond)
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

func (c *court) headrooms(s selection, cell string, ceiling float64) []Headroom {
	var out []Headroom
	for _, t := range c.plan.Contestants(c.cells[cell]) {
		if most := c.medianOf(s, cell, t.ID, perSecond); most > 0 && ceiling > 0 {
			ratio := shown(ceiling / most)
			out = append(out, Headroom{Target: t.ID, Ratio: ratio, OK: ratio >= c.limits.Headroom})
		}
	}
	return out
}

// nullSustains tells whether the null server sustained the load of a cell with room to spare: in the cell itself or in one of
// the same scenario that asks for no less, NullHold times the connections in mode hold, in every one of its trials there. Where
// the host's limit leaves no such room, nothing shows that the host or the load side was not what failed.
func (c *court) nullSustains(cell plan.Cell) bool {
	return slices.ContainsFunc(c.plan.Cells, func(o plan.Cell) bool {
		if !c.nullAsked(o, cell) {
			return false
		}
		n, _ := c.nullCell(o)
		return n.Trials > 0 && n.Held == n.Trials
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
			return fmt.Sprintf("the load side reaches %s answers/s on the null server, %s times what it reached on %s; at least %g times are needed to call a rate the server's",
				number(n.RequestsPerSecond), number(h.Ratio), h.Target, c.limits.Headroom)
		}
	}
	return ""
}
