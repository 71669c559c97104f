package report

import (
	"fmt"
	"slices"

	"github.com/assay-bench/assay/harness/plan"
	"github.com/assay-bench/assay/harness/report/chart"
	"github.com/assay-bench/assay/harness/trial"
)

// latencyPlots draws the percentiles for the rate cells and for the hold cells whose
// latency a claim is about, as far as there is room.
func (d *data) latencyPlots(room int) (figures, error) {
	var out figures
	for _, c := range d.Plan.Cells {
		if len(out) >= room || c.CrossCheck != "" || c.Mode != "rate" && !d.latencyCell(c) {
			continue
		}
		f, ok, err := d.latencyPlot(c)
		if err != nil {
			return nil, err
		}
		if ok {
			out = append(out, f)
		}
	}
	return out, nil
}

// latencyCell reports whether a reading is about the latency of a hold cell, or the cell
// holds the 10,000 connections that the first article makes its mark.
func (d *data) latencyCell(c plan.Cell) bool {
	if c.Mode == "hold" && c.Connections == 10_000 {
		return true
	}
	for _, j := range d.Judgement.Claims {
		for _, r := range j.Readings {
			if r.Ratio != nil && r.Ratio.Cell == c.ID && slices.Contains([]string{p50, p99, p999}, r.Ratio.Metric) {
				return true
			}
		}
	}
	return false
}

func (d *data) latencyPlot(c plan.Cell) (keyedFigure, bool, error) {
	xy := chart.XY{
		Title:    d.latencyTitle(c),
		Subtitle: "Latency from the intended send, by percentile. Bold: geometric mean over the blocks that count. Thin: each block.",
		X: chart.Axis{Label: "percentile of requests", Scale: chart.Nines,
			Ticks: []float64{50, 75, 90, 95, 99, 99.5, 99.9, 99.95, 99.99}, Format: tick},
		Y: chart.Axis{Label: "latency, ms (log scale)", Scale: chart.Log, Format: tick},
	}
	var bold []chart.Series
	for style, target := range d.targetIDs() {
		curves, err := d.curves(d.trials(c.ID, target))
		if err != nil {
			return keyedFigure{}, false, err
		}
		for _, curve := range curves {
			xy.Series = append(xy.Series, chart.Series{Style: style, Line: true, Faint: true, Points: curve})
		}
		summed, _ := notRejected(d.trials(c.ID, target), p99)
		if curves, err = d.curves(summed); err != nil {
			return keyedFigure{}, false, err
		}
		if m := meanCurve(curves); len(m) > 0 {
			bold = append(bold,
				d.legend(target, style, ""),
				chart.Series{Style: style, Line: true, Points: m},
				chart.Series{Style: style, Marker: chart.Filled, Points: atTicks(m, xy.X.Ticks)})
		}
	}
	if len(bold) == 0 {
		return keyedFigure{}, false, nil
	}
	xy.Series = append(xy.Series, bold...)
	caption := fmt.Sprintf("Cell %s. A percentile is drawn as far as the number of requests carries it.", c.ID)
	var drawn []trial.Record
	for _, id := range d.targetIDs() {
		drawn = append(drawn, d.trials(c.ID, id)...)
	}
	caption += rejectedNote(drawn)
	return keyedFigure{
		Figure: Figure{ID: fileName("latency", c.ID), Title: xy.Title, Caption: plain(caption), Chart: xy},
		kind:   latencyKind,
		cell:   c.ID,
	}, true, nil
}

// curves reads the percentiles of trials, each as far as its samples carry.
func (d *data) curves(rs []trial.Record) ([][]chart.Point, error) {
	if d.Quantiles == nil {
		return nil, nil
	}
	var out [][]chart.Point
	for _, r := range rs {
		curve, err := d.Quantiles(r.ID)
		if err != nil {
			return nil, fmt.Errorf("latencies of trial %s: %w", r.ID, err)
		}
		samples := float64(r.Counts.Done + r.Counts.Pending)
		var points []chart.Point
		for _, q := range curve {
			if q.Milliseconds > 0 && samples*(1-q.Percentile/100) >= d.Plan.Limits.SamplesPerTail*(1-1e-9) {
				points = append(points, chart.Point{X: q.Percentile, Y: q.Milliseconds})
			}
		}
		if len(points) > 0 {
			out = append(out, points)
		}
	}
	return out, nil
}

// meanCurve is the geometric mean over the curves at each percentile that all of them have.
func meanCurve(curves [][]chart.Point) []chart.Point {
	if len(curves) == 0 {
		return nil
	}
	var out []chart.Point
	for _, first := range curves[0] {
		var values []float64
		for _, c := range curves {
			i := slices.IndexFunc(c, func(p chart.Point) bool { return p.X == first.X })
			if i >= 0 {
				values = append(values, c[i].Y)
			}
		}
		if m, ok := geometricMean(values); ok && len(values) == len(curves) {
			out = append(out, chart.Point{X: first.X, Y: m})
		}
	}
	return out
}

// atTicks keeps the points that a tick names: markers at every one would hide the line.
func atTicks(points []chart.Point, ticks []float64) []chart.Point {
	var out []chart.Point
	for _, p := range points {
		if slices.Contains(ticks, p.X) {
			out = append(out, p)
		}
	}
	return out
}

// notRejected returns the records whose metric counts for verdicts, and true; when none does,
// all of them, and false.
func notRejected(records []trial.Record, metric string) ([]trial.Record, bool) {
	kept := slices.DeleteFunc(slices.Clone(records), func(r trial.Record) bool { _, ok := r.Rejected[metric]; return ok })
	if len(kept) == 0 {
		return records, len(records) == 0
	}
	return kept, true
}

// latencyTitle gives the p99 of each target as verdicts do: the geometric mean over the blocks whose latencies count.
func (d *data) latencyTitle(c plan.Cell) string {
	var parts []string
	for _, id := range d.targetIDs() {
		records := d.trials(c.ID, id)
		records, all := notRejected(records, p99)
		if m, ok := geometricMean(d.values(records, p99)); ok {
			atMost := "at most "
			if all || !upperBounds(rejectedBy(records, p99)) {
				atMost = ""
			}
			parts = append(parts, atMost+number(m)+" ms for "+id)
		}
	}
	where := atLoad(c)
	if len(parts) == 0 {
		return where + " no p99 was measured"
	}
	return where + " the mean p99 of the blocks is " + listed(parts)
}
