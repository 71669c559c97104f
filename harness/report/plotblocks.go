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

// mostPlots is how many plots a report has room for; beyond it a reading keeps its table,
// and a cell its row. It holds those of the run and its ladders, one for each headline of the
// first article that compares, and the latencies of its cells.
const mostPlots = 18

// widest is the ratio of largest to smallest value from which an axis is logarithmic.
const widest = 3

// headlineBlocks draws the pairs of the readings that decide a claim, as far as there is
// room.
func (d *data) headlineBlocks(room int) figures {
	return d.blockPlots(nil, room, func(r verdict.Reading) bool { return r.Headline })
}

// decidedBlocks draws those of all other readings that are decided, and that no plot shows.
func (d *data) decidedBlocks(drawn figures, room int) figures {
	return d.blockPlots(drawn, room, func(r verdict.Reading) bool {
		return !r.Headline && (r.Verdict == verdict.Supported || r.Verdict == verdict.Refuted)
	})
}

func (d *data) blockPlots(drawn figures, room int, which func(verdict.Reading) bool) figures {
	var out figures
	for _, c := range d.Plan.Ledger.Claims {
		for _, r := range d.judged[c.ID].Readings {
			of, compares := comparisonOf(r)
			if !compares || !which(r) || len(out) >= room {
				continue
			}
			f, ok := d.blockPlot(of)
			if len(of.wanted) > 0 {
				f.ID = fileName("blocks", c.ID+"-"+r.ID) // no other reading may want the same
			}
			same := func(o keyedFigure) bool { return o.ID == f.ID || o.kind == blocksKind && o.of.same(of) }
			if ok && !slices.ContainsFunc(drawn, same) && !slices.ContainsFunc(out, same) {
				out = append(out, f)
			}
		}
	}
	return out
}

// blockPlot joins the two values of each block. Rungs of a ladder have a plot of their own.
func (d *data) blockPlot(of comparison) (keyedFigure, bool) {
	r := of.ratio
	if len(r.XValues) < 2 || len(r.XValues) != len(r.YValues) || r.Metric == sustainedRung || r.Bound != verdict.Exact {
		return keyedFigure{}, false
	}
	if constant(r.XValues) && constant(r.YValues) {
		return keyedFigure{}, false // sizes are the same in every block: a plot would show one line
	}
	m := metricOf(r.Metric, r.Unit)
	scale, unit := axisUnit(r, m)
	slope := chart.Slope{
		Title:     d.blocksTitle(of, m),
		Subtitle:  fmt.Sprintf("One line a %s of %s. %s is better.", of.blockWords(), orMissing(r.Cell), betterEnd(r)),
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
	slope.Wanted, slope.WantedName = of.lines(scale), of.linesName()
	slope.Y = blocksAxis(slope, m.Label+", "+unit)
	if slope.Y.Scale == chart.Linear {
		slope.Subtitle += " The axis does not start at 0."
	}
	return keyedFigure{Figure: Figure{ID: d.blocksName(r), Title: slope.Title, Chart: slope, Caption: blocksCaption(of)},
		kind: blocksKind, of: of}, true
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
func (d *data) blocksTitle(c comparison, m metric) string {
	r, x, y := c.ratio, 0, 0
	for i := range r.XValues {
		switch better(r, r.XValues[i].Value, r.YValues[i].Value) {
		case -1:
			x++
		case 1:
			y++
		}
	}
	of := plural(len(r.XValues), c.blockWords())
	where := d.where(r)
	if x == y {
		return fmt.Sprintf("%s%s and %s each %s in %s of %s", where, r.X, r.Y, doesBetter(r, m), count(x), of)
	}
	who, n := r.X, x
	if y > x {
		who, n = r.Y, y
	}
	return fmt.Sprintf("%s%s %s in %s of %s", where, who, doesBetter(r, m), count(n), of)
}

// where says in a title what load the numbers are of; "" of a ladder, which has many.
func (d *data) where(r verdict.Ratio) string {
	if c, ok := d.cell(r.Cell); ok {
		return atLoad(c) + " "
	}
	id, ok := strings.CutPrefix(r.Cell, "case ")
	if !ok {
		return ""
	}
	c, known := d.Plan.Cost.Case(id)
	if !known {
		return "In " + r.Cell + " "
	}
	return fmt.Sprintf("For %s requests/s over %s (%s) ", setting(c.RequestsPerSecond), plural(c.Connections, "connection"), r.Cell)
}

// atLoad says in a title what load a cell is.
func atLoad(c plan.Cell) string {
	switch c.Mode {
	case "hold":
		return "At " + count(c.Connections) + " held connections"
	case "in-flight":
		return "At " + count(c.Connections) + " requests in flight"
	case "saturate":
		at := "Saturated over " + plural(c.Connections, "connection")
		if c.PoolSize > 0 {
			at += fmt.Sprintf(", with a database pool of %s,", count(c.PoolSize))
		}
		return at
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
		return "needed machines that cost less"
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
func blocksAxis(s chart.Slope, label string) chart.Axis {
	values := slices.Clone(s.Wanted)
	for _, p := range s.Pairs {
		values = append(values, p.Left, p.Right)
	}
	lo, hi := slices.Min(values), slices.Max(values)
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

// blocksCaption gives the ratio of the means, what is claimed of it, and whether a verdict
// may rest on it.
func blocksCaption(of comparison) Text {
	r := of.ratio
	if r.Ratio <= 0 {
		return nil
	}
	text := rawf("%s / %s = %s, %s interval %s.", r.X, r.Y, ratio(r.Ratio), confidence(r.Confidence), interval(r.Low, r.High))
	if words := of.wantedWords(); words != "" {
		text = join(text, raw(" "+words))
	}
	if !r.ControlOK {
		text = join(text, raw(" The A/A control does not hold, so no verdict rests on it."))
	}
	return text
}
