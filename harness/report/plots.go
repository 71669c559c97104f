package report

import (
	"fmt"
	"slices"

	"github.com/assay-bench/assay/harness/report/chart"
	"github.com/assay-bench/assay/harness/verdict"
)

// A File is a plot as it is written beside the report.
type File struct {
	Name  string // "capacity-hold.svg"
	Bytes []byte
}

// Plots draws every figure of the document as SVG and as PNG, in the document's order.
func Plots(doc Document) ([]File, error) {
	var out []File
	for _, f := range doc.figures() {
		svg, err := chart.SVG(f.Chart)
		if err != nil {
			return nil, fmt.Errorf("report: plot %s: %w", f.ID, err)
		}
		png, err := chart.PNG(f.Chart)
		if err != nil {
			return nil, fmt.Errorf("report: plot %s: %w", f.ID, err)
		}
		out = append(out, File{f.ID + ".svg", svg}, File{f.ID + ".png", png})
	}
	return out, nil
}

// figureKind says what a figure shows.
type figureKind int

const (
	capacityKind figureKind = iota
	latencyKind
	memoryKind
	forestKind
	driftKind
	blocksKind
)

// A keyedFigure is a figure with what readings find it by.
type keyedFigure struct {
	Figure
	kind     figureKind
	scenario string // capacity, memory
	cell     string // latency
	cells    []string
	of       comparison // blocks
}

// figures are all plots that the data allow.
type figures []keyedFigure

func (fs figures) first(kind figureKind) (Figure, bool) {
	for _, f := range fs {
		if f.kind == kind {
			return f.Figure, true
		}
	}
	return Figure{}, false
}

func (fs figures) drift() (Figure, bool)  { return fs.first(driftKind) }
func (fs figures) forest() (Figure, bool) { return fs.first(forestKind) }

// of returns the plots that show the evidence of a reading.
func (fs figures) of(r verdict.Reading) []Figure {
	var out []Figure
	for _, f := range fs {
		if f.shows(r) {
			out = append(out, f.Figure)
		}
	}
	return out
}

func (f keyedFigure) shows(r verdict.Reading) bool {
	if f.kind == capacityKind && r.Threshold != nil && slices.Contains(f.cells, r.Threshold.Cell) {
		return true
	}
	if f.kind == blocksKind && len(f.of.wanted) > 0 {
		of, ok := comparisonOf(r)
		return ok && f.of.same(of)
	}
	return slices.ContainsFunc(ratiosOf(r), f.showsRatio)
}

func (f keyedFigure) showsRatio(r verdict.Ratio) bool {
	switch f.kind {
	case blocksKind:
		of := f.of.ratio
		return r.Metric == of.Metric && r.Cell == of.Cell && (r.X == of.X && r.Y == of.Y || r.X == of.Y && r.Y == of.X)
	case capacityKind:
		return r.Metric == sustainedRung && r.Cell == verdict.OfLadder(f.scenario)
	case latencyKind:
		return r.Cell == f.cell && slices.Contains([]string{p50, p99, p999}, r.Metric)
	case memoryKind:
		return r.Metric == memorySlope && r.Cell == verdict.OfLadder(f.scenario) || r.Metric == memory && slices.Contains(f.cells, r.Cell)
	}
	return false
}

// ratiosOf are the comparisons that a reading rests on: one, or one a candidate cell.
func ratiosOf(r verdict.Reading) []verdict.Ratio {
	var out []verdict.Ratio
	if r.Ratio != nil {
		out = append(out, *r.Ratio)
	}
	if r.UpTo != nil {
		for _, c := range r.UpTo.Cells {
			if c.Ratio != nil {
				out = append(out, *c.Ratio)
			}
		}
	}
	return out
}

// ofCell returns the plots of one cell.
func (fs figures) ofCell(id string) []Figure {
	var out []Figure
	for _, f := range fs {
		if f.kind == latencyKind && f.cell == id {
			out = append(out, f.Figure)
		}
	}
	return out
}

// rest are the plots that no section has shown yet.
func (fs figures) rest(shown map[string]string) []Figure {
	var out []Figure
	for _, f := range fs {
		if _, done := shown[f.ID]; !done {
			out = append(out, f.Figure)
		}
	}
	return out
}

// plots makes every figure for which there are data, at most mostPlots: those of the run
// and its ladders, then the blocks of the headlines, latencies, and the other blocks.
func (d *data) plots() (figures, error) {
	var out figures
	if f, ok := d.driftPlot(); ok {
		out = append(out, f)
	}
	if f, ok := d.forestPlot(); ok {
		out = append(out, f)
	}
	for _, l := range d.ladders() {
		if f, ok := d.capacityPlot(l); ok {
			out = append(out, f)
		}
		if l.inFlight { // what a connection costs is shown by those that are seldom busy
			continue
		}
		if f, ok := d.memoryPlot(l); ok {
			out = append(out, f)
		}
	}
	blocks := d.headlineBlocks(mostPlots - len(out))
	latency, err := d.latencyPlots(mostPlots - len(out) - len(blocks))
	if err != nil {
		return nil, err
	}
	out = append(out, latency...)
	blocks = append(blocks, d.decidedBlocks(blocks, mostPlots-len(out)-len(blocks))...)
	// First, so that a reading shows its own blocks before what several readings share.
	return append(blocks, out...), nil
}

// legend is a series without points: a target's entry in the legend, its colour, line
// and shape. The series that hold the points then need no name.
func (d *data) legend(target string, style int, more string) chart.Series {
	return chart.Series{Name: d.named(target) + more, Style: style, Line: true, Marker: chart.Filled}
}
