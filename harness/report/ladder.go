package report

import (
	"slices"
	"time"

	"github.com/assay-bench/assay/harness/plan"
	"github.com/assay-bench/assay/harness/report/chart"
	"github.com/assay-bench/assay/harness/trial"
)

// A ladder is the cells of one scenario in mode hold or in-flight, by rising number of connections.
type ladder struct {
	scenario string
	inFlight bool          // each connection has a request outstanding
	wait     time.Duration // of these, which the server was asked for
	rungs    []plan.Cell
}

func (d *data) ladders() []ladder {
	var out []ladder
	for _, c := range d.Plan.Cells {
		if c.Mode != "hold" && c.Mode != "in-flight" || c.Connections <= 0 || c.CrossCheck != "" {
			continue
		}
		i := slices.IndexFunc(out, func(l ladder) bool { return l.scenario == c.Scenario })
		if i < 0 {
			out = append(out, ladder{scenario: c.Scenario, inFlight: c.Mode == "in-flight", wait: waitOf(c)})
			i = len(out) - 1
		}
		out[i].rungs = append(out[i].rungs, c)
	}
	for _, l := range out {
		slices.SortStableFunc(l.rungs, func(a, b plan.Cell) int { return a.Connections - b.Connections })
	}
	return out
}

func (l ladder) cellIDs() []string {
	var out []string
	for _, c := range l.rungs {
		out = append(out, c.ID)
	}
	return out
}

// what is what a rung counts.
func (l ladder) what() string {
	if l.inFlight {
		return "requests in flight"
	}
	return "connections"
}

// waitOf is how long the server was asked to let each request of a cell wait, 0 where it was not.
func waitOf(c plan.Cell) time.Duration {
	if c.Mode != "in-flight" {
		return 0
	}
	return c.Spread
}

func (l ladder) connections() []float64 {
	var out []float64
	for _, c := range l.rungs {
		out = append(out, float64(c.Connections))
	}
	return slices.Compact(out)
}

// A ladderSeries is one target's metric over the rungs: every trial, and the medians.
type ladderSeries struct {
	target  string
	style   int
	points  []chart.Point // every trial
	medians []chart.Point
	failed  []chart.Point // of the points, those of trials that were not sustained
	lacking int           // usable trials without the metric
}

// along collects a metric of every target over a ladder. scale turns its unit into the
// plot's.
func (d *data) along(l ladder, id string, scale float64) []ladderSeries {
	var out []ladderSeries
	for style, target := range d.targetIDs() {
		s := ladderSeries{target: target, style: style}
		for _, c := range l.rungs {
			s.add(d, c, d.allTrials(c.ID, target), id, scale)
		}
		out = append(out, s)
	}
	return out
}

func (s *ladderSeries) add(d *data, c plan.Cell, rs []trial.Record, id string, scale float64) {
	var values []float64
	for _, r := range rs {
		v, ok := d.value(r, id)
		if id == memory && !r.Connections.Held {
			continue // with fewer connections open the number belongs to another rung
		}
		if !ok || v <= 0 {
			s.lacking++
			continue
		}
		p := chart.Point{X: float64(c.Connections), Y: v * scale}
		s.points = append(s.points, p)
		if !d.sustained(r) {
			s.failed = append(s.failed, p)
		}
		values = append(values, v*scale)
	}
	if m, ok := median(values); ok {
		s.medians = append(s.medians, chart.Point{X: float64(c.Connections), Y: m})
	}
}
