package report

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/assay-bench/assay/harness/plan"
	"github.com/assay-bench/assay/harness/report/chart"
	"github.com/assay-bench/assay/harness/verdict"
)

// mostPlots is how many plots a report has room for; beyond it a reading keeps its table.
const mostPlots = 15

// widest is the ratio of largest to smallest value from which an axis is logarithmic.
const widest = 3

// blockPlots draws the pairs of the readings that a reader looks for first: headlines,
// then all others that are decided, as far as there is room.
func (d *data) blockPlots(room int) figures {
	var out figures
	for _, headlines := range []bool{true, false} {
		for _, c := range d.Plan.Ledger.Claims {
			for _, r := range d.judged[c.ID].Readings {
				decided := r.Verdict == verdict.Supported || r.Verdict == verdict.Refuted
				if r.Ratio == nil || r.Headline != headlines || !headlines && !decided || len(out) >= room {
					continue
				}
				f, ok := d.blockPlot(*r.Ratio)
				if ok && !slices.ContainsFunc(out, func(o keyedFigure) bool { return o.ID == f.ID }) {
					out = append(out, f)
				}
			}
		}
	}
	return out
}

// blockPlot joins the two values of each block. Rungs of a ladder have a plot of their own.
func (d *data) blockPlot(r verdict.Ratio) (keyedFigure, bool) {
	if len(r.XValues) < 2 || len(r.XValues) != len(r.YValues) || r.Metric == sustainedRung || r.Bound != verdict.Exact {
		return keyedFigure{}, false
	}
	if constant(r.XValues) && constant(r.YValues) {
		return keyedFigure{}, false // sizes are the same in every block: a plot would show one line
	}
	m := metricOf(r.Metric, r.Unit)
	scale, unit := axisUnit(r, m)
	slope := chart.Slope{
		Title:     d.blocksTitle(r, m),
		Subtitle:  fmt.Sprintf("One line a block of %s. %s is better.", orMissing(r.Cell), betterEnd(r)),
		Left:      chart.Side{Name: r.X, Style: d.style(r.X), Mean: r.XMean / scale},
		Right:     chart.Side{Name: r.Y, Style: d.style(r.Y), Mean: r.YMean / scale},
		Better:    "%s is better",
		Same:      "neither is better",
		MeanName:  "geometric mean",
		MeanLabel: number, // the axis has the unit
	}
	for i := range r.XValues {
		x, y := r.XValues[i].Value, r.YValues[i].Value
		if !(x > 0 && y > 0) {
			return keyedFigure{}, false
		}
		slope.Pairs = append(slope.Pairs, chart.Pair{Left: x / scale, Right: y / scale, Better: better(r, x, y)})
	}
	slope.Y = blocksAxis(slope.Pairs, m.Label+", "+unit)
	if slope.Y.Scale == chart.Linear {
		slope.Subtitle += " The axis does not start at 0."
	}
	return keyedFigure{Figure: Figure{ID: d.blocksName(r), Title: slope.Title, Chart: slope, Caption: blocksCaption(r)},
		kind: blocksKind, ratio: r}, true
}

// constant reports whether all blocks have the same value.
func constant(values []verdict.BlockValue) bool {
	for _, v := range values {
		if v.Value != values[0].Value {
			return false
		}
	}
	return true
}

// blocksName is stable: it depends on what is compared and on the plan alone.
func (d *data) blocksName(r verdict.Ratio) string {
	what := strings.NewReplacer(" (", "-", ")", "").Replace(r.Cell) + "-" + r.Metric // "hold (ladder)" has no hyphens in a row
	if len(d.Plan.Targets) > 2 {
		what += "-" + r.X + "-" + r.Y
	}
	return fileName("blocks", what)
}

// style is a target's colour and shape in all plots.
func (d *data) style(target string) int { return max(0, slices.Index(d.targetIDs(), target)) }

// better is -1 where X is in this block, 1 where Y is, 0 where they are equal.
func better(r verdict.Ratio, x, y float64) int {
	switch {
	case x == y:
		return 0
	case (x < y) == r.LowerBetter:
		return -1
	}
	return 1
}

// blocksTitle counts the blocks in which the side that is better more often is.
func (d *data) blocksTitle(r verdict.Ratio, m metric) string {
	x, y := 0, 0
	for i := range r.XValues {
		switch better(r, r.XValues[i].Value, r.YValues[i].Value) {
		case -1:
			x++
		case 1:
			y++
		}
	}
	of := plural(len(r.XValues), "block")
	where := ""
	if c, ok := d.cell(r.Cell); ok {
		where = atLoad(c) + " "
	}
	if x == y {
		return fmt.Sprintf("%s%s and %s each %s in %s of %s", where, r.X, r.Y, doesBetter(r, m), count(x), of)
	}
	who, n := r.X, x
	if y > x {
		who, n = r.Y, y
	}
	return fmt.Sprintf("%s%s %s in %s of %s", where, who, doesBetter(r, m), count(n), of)
}

// atLoad says in a title what load a cell is.
func atLoad(c plan.Cell) string {
	switch c.Mode {
	case "hold":
		return "At " + count(c.Connections) + " held connections"
	case "in-flight":
		return "At " + count(c.Connections) + " requests in flight"
	case "saturate":
		return "Saturated over " + plural(c.Connections, "connection")
	case "start":
		return "Started without load,"
	case "build":
		if c.Development {
			return "Built from source for development,"
		}
		return "Built from source,"
	}
	at := "At " + setting(c.RequestsPerSecond) + " requests/s"
	if c.PercentOfCapacity > 0 {
		at += fmt.Sprintf(" (%d %% of capacity)", c.PercentOfCapacity)
	}
	return at
}

// doesBetter says in words what the better side did.
func doesBetter(r verdict.Ratio, m metric) string {
	switch {
	case r.Metric == cpuPerRequest:
		return "used less CPU time per request"
	case r.Metric == memory:
		return "used less memory"
	case r.Metric == memorySlope:
		return "used less memory for a further connection"
	case r.Metric == costPerMonth:
		return "cost less"
	case r.Metric == firstAnswer:
		return "answered sooner"
	case r.Metric == idleMemory:
		return "used less memory"
	case r.Metric == binaryBytes:
		return "had the smaller binary"
	case r.Metric == imageBytes:
		return "had the smaller image"
	case r.Metric == sourceLines:
		return "had fewer lines of source"
	case r.Metric == modules:
		return "had fewer modules"
	case r.Metric == cleanBuild:
		return "was built sooner"
	case r.Metric == rebuild:
		return "was rebuilt sooner"
	case r.Metric == editToAnswer:
		return "answered sooner after an edit"
	case r.Metric == requestsPerSec:
		return "answered more requests per second"
	case r.LowerBetter:
		return "had the lower " + m.Label
	}
	return "had the higher " + m.Label
}

// axisUnit is the unit of the axis and by what values are divided for it.
func axisUnit(r verdict.Ratio, m metric) (scale float64, unit string) {
	most := 0.0
	for i := range r.XValues {
		most = math.Max(most, math.Max(r.XValues[i].Value, r.YValues[i].Value))
	}
	switch {
	case m.Unit == "bytes" && most >= mebibyte:
		return mebibyte, "MiB"
	case m.Unit == "bytes" && most >= 1024:
		return 1024, "KiB"
	}
	return 1, m.Unit
}

// blocksAxis is logarithmic where the values are far apart. A linear one is cut: what
// counts here is which way the lines run.
func blocksAxis(pairs []chart.Pair, label string) chart.Axis {
	lo, hi := math.Inf(1), 0.0
	for _, p := range pairs {
		lo, hi = math.Min(lo, math.Min(p.Left, p.Right)), math.Max(hi, math.Max(p.Left, p.Right))
	}
	if hi > widest*lo {
		return chart.Axis{Label: label + " (log scale)", Scale: chart.Log, Format: tick}
	}
	return chart.Axis{Label: label, Format: tick}
}

// betterEnd is the better end of the axis.
func betterEnd(r verdict.Ratio) string {
	if r.LowerBetter {
		return "Lower"
	}
	return "Higher"
}

// blocksCaption gives the ratio of the means, and whether a verdict may rest on it.
func blocksCaption(r verdict.Ratio) Text {
	if r.Ratio <= 0 {
		return nil
	}
	text := rawf("%s / %s = %s, %s interval %s.", r.X, r.Y, ratio(r.Ratio), confidence(r.Confidence), interval(r.Low, r.High))
	if !r.ControlOK {
		text = join(text, raw(" The A/A control does not hold, so no verdict rests on it."))
	}
	return text
}
