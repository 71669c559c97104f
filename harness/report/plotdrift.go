package report

import (
	"fmt"
	"slices"

	"github.com/assay-bench/assay/harness/report/chart"
	"github.com/assay-bench/assay/harness/trial"
)

// driftPlot draws every trial in the order of the run against its target's mean in the
// same cell: a host that warmed up or was disturbed shows as a slope or a step.
func (d *data) driftPlot() (keyedFigure, bool) {
	m := metricOf(cpuPerRequest, "")
	points := d.driftPoints(m.ID)
	if len(points) == 0 {
		m = metricOf(p99, "")
		points = d.driftPoints(m.ID)
	}
	if len(points) == 0 {
		return keyedFigure{}, false
	}
	xy := chart.XY{
		Subtitle: m.Label + " of each trial, divided by its target's geometric mean in the same cell, in the order of the run.",
		X:        chart.Axis{Label: "trial, in the order of the run", FromZero: true, Format: tick},
		Y:        chart.Axis{Label: "relative to the target's geometric mean in the cell", Format: tick},
		Guides:   d.blockGuides(),
	}
	edge := driftEdge(points)
	if edge.clips() {
		xy.Y.Min, xy.Y.Max = edge.min, edge.max
	}
	for style, target := range d.targetIDs() {
		for _, arm := range []struct {
			name   string
			marker chart.Marker
			second bool
		}{{target, chart.Filled, false}, {target + ", A/A arm", chart.Hollow, true}} {
			of := slices.DeleteFunc(slices.Clone(points), func(p driftPoint) bool {
				return p.record.Target != target || (p.record.Replica > 1) != arm.second
			})
			if len(of) > 0 {
				s := edge.series(of)
				s.Name, s.Style, s.Marker = arm.name, style, arm.marker
				xy.Series = append(xy.Series, s)
			}
		}
	}
	xy.Guides = append(xy.Guides, chart.Guide{At: 1})
	xy.Title = fmt.Sprintf("%s strays up to %s from its target's mean over the run", m.Label, percent(farthestFromMean(points)))
	return keyedFigure{
		Figure: Figure{ID: "drift", Title: xy.Title, Chart: xy,
			Caption: plain("A slope or a step here is the host's, not a server's: the order was drawn at random." + edge.note())},
		kind: driftKind,
	}, true
}

// A driftPoint is one trial's metric relative to its target's mean in the cell.
type driftPoint struct {
	record   trial.Record
	relative float64
}

func (d *data) driftPoints(id string) []driftPoint {
	type key struct{ cell, target string }
	groups := map[key][]float64{}
	ours := d.ofTargets()
	for _, r := range ours {
		if v, ok := d.value(r, id); ok && v > 0 {
			k := key{r.Cell, r.Target}
			groups[k] = append(groups[k], v)
		}
	}
	var out []driftPoint
	for _, r := range ours {
		v, ok := d.value(r, id)
		mean, has := geometricMean(groups[key{r.Cell, r.Target}])
		if ok && has && v > 0 && len(groups[key{r.Cell, r.Target}]) > 1 {
			out = append(out, driftPoint{r, v / mean})
		}
	}
	return out
}

// ofTargets are the usable trials of the targets, not those of the null server.
func (d *data) ofTargets() []trial.Record {
	ids := d.targetIDs()
	return slices.DeleteFunc(slices.Clone(d.usable), func(r trial.Record) bool { return !slices.Contains(ids, r.Target) })
}

// blockGuides mark where each block begins.
func (d *data) blockGuides() []chart.Guide {
	var out []chart.Guide
	block := 0
	for _, s := range d.Plan.Slots {
		if s.Block == block {
			continue
		}
		block = s.Block
		out = append(out, chart.Guide{Vertical: true, At: float64(s.Index) + 0.5, Label: "block " + count(block)})
	}
	return out
}
