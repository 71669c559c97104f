package chart

import (
	"fmt"
	"image/color"
	"math"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// Forest is a chart of ratios with their intervals, one a row, on a logarithmic axis
// with the margin of equivalence as a band around 1.
type Forest struct {
	Title    string
	Subtitle string
	XLabel   string
	Margin   float64 // as a ratio, e.g. 1.05: the band reaches from 1/1.05 to 1.05
	Rows     []Ratio
	Format   func(float64) string // of a tick
}

// A Ratio is one row of a Forest.
type Ratio struct {
	Label          string // left of the axis
	Value          string // right of it: the numbers in words
	Mid            float64
	Low, High      float64 // interval
	OpenLow        bool    // only the high end is known: drawn to the left edge
	OpenHigh       bool    // only the low end is known: drawn to the right edge
	Control        bool    // grey: a target against itself
	Undecided      bool    // hollow: its control does not hold, so it decides nothing
	StartsNewGroup bool    // a thin line above
}

const (
	forestRow  = 27 // pixels a row
	forestRest = 190
	forestGap  = 8 // points between the plot and the words beside it
)

// Pixels implements [Chart].
func (f Forest) Pixels() (width, height int) { return fullWidth, forestRest + forestRow*len(f.Rows) }

func (f Forest) check() error {
	if len(f.Rows) == 0 {
		return fmt.Errorf("plot %q: no rows", f.Title)
	}
	if !Log.accepts(f.Margin) || f.Margin < 1 {
		return fmt.Errorf("plot %q: margin %v is not a ratio of at least 1", f.Title, f.Margin)
	}
	for _, r := range f.Rows {
		for _, v := range []float64{r.Mid, r.Low, r.High} {
			if !Log.accepts(v) {
				return fmt.Errorf("plot %q, row %q: ratio %v is not a positive number", f.Title, r.Label, v)
			}
		}
	}
	return nil
}

func (f Forest) draw(canvas draw.Canvas) {
	body := drawHead(canvas, f.Title, f.Subtitle, f.legend())
	text := plain(tickSize, black())
	labels, values := vg.Length(0), vg.Length(0)
	for _, r := range f.Rows {
		labels = max(labels, text.Width(r.Label))
		values = max(values, text.Width(r.Value))
	}
	plotArea := draw.Crop(body, labels+2*forestGap, -(values + 2*forestGap), 0, 0)
	plotArea = drawLabels(plotArea, f.XLabel, "")
	p := plot.New()
	p.BackgroundColor = nil
	lo, hi := f.span()
	x := Axis{Label: f.XLabel, Scale: Log, Min: lo, Max: hi, Format: f.Format, Ticks: ratioTicks(lo, hi)}
	x.apply(&p.X, thinner(x, 300))
	p.Y.Min, p.Y.Max = 0.4, float64(len(f.Rows))+0.6
	p.HideY()
	p.Add(band{f.Margin}, verticalGrid{}, forestRows{f})
	p.Draw(plotArea)
}

// farthest is how far from 1 an end of an interval widens the axis. One that reaches
// farther is cut off with an arrow, so that it doesn't squeeze all others into a point.
const farthest = 10

// span covers the band, every middle, and the ends of the intervals up to farthest.
func (f Forest) span() (lo, hi float64) {
	lo, hi = 1/f.Margin, f.Margin
	for _, r := range f.Rows {
		lo, hi = math.Min(lo, r.Mid), math.Max(hi, r.Mid)
		if !r.OpenLow {
			lo = math.Min(lo, math.Max(r.Low, 1.0/farthest))
		}
		if !r.OpenHigh {
			hi = math.Max(hi, math.Min(r.High, farthest))
		}
	}
	room := math.Pow(hi/lo, 0.06)
	return lo / room, hi * room
}

// at is the height of row i; the first is the highest.
func (f Forest) at(i int) float64 { return float64(len(f.Rows) - i) }

func (f Forest) legend() []legendEntry {
	out := []legendEntry{{"margin of equivalence", func(c draw.Canvas, at vg.Point, w vg.Length) {
		c.FillPolygon(bandColor(), []vg.Point{
			{X: at.X, Y: at.Y - 5}, {X: at.X + w, Y: at.Y - 5}, {X: at.X + w, Y: at.Y + 5}, {X: at.X, Y: at.Y + 5},
		})
	}}}
	seen := map[string]bool{}
	for _, r := range f.Rows {
		name := r.kind()
		if seen[name] {
			continue
		}
		seen[name] = true
		out = append(out, legendEntry{name, func(c draw.Canvas, at vg.Point, w vg.Length) {
			r.draw(c, whisker{at.X, at.X + w/2, at.X + w, r.OpenLow, r.OpenHigh}, at.Y)
		}})
	}
	return out
}

// kind is what the legend calls rows that are drawn alike.
func (r Ratio) kind() string {
	switch {
	case r.Control:
		return "A/A control"
	case r.Undecided:
		return "comparison that a validity check leaves undecided"
	case r.OpenLow || r.OpenHigh:
		return "bound only: the ladder was cut off"
	}
	return "comparison"
}

func (r Ratio) color() color.Color {
	if r.Control {
		return color.NRGBA{R: 0x90, G: 0x90, B: 0x90, A: 0xff}
	}
	return seriesColor(1)
}

// A whisker is where a row's interval is drawn. Arrows stand where it goes on.
type whisker struct {
	low, mid, high      vg.Length
	arrowLow, arrowHigh bool
}

// draw draws interval and middle; the middle is hollow where only a bound is known, or
// where the row decides nothing.
func (r Ratio) draw(c draw.Canvas, w whisker, y vg.Length) {
	line := stroke(r.color(), 1.6)
	c.StrokeLine2(line, w.low, y, w.high, y)
	end(c, line, w.low, y, w.arrowLow, 4)
	end(c, line, w.high, y, w.arrowHigh, -4)
	at := vg.Point{X: w.mid, Y: y}
	if !r.OpenLow && !r.OpenHigh && !r.Undecided {
		c.DrawGlyphNoClip(draw.GlyphStyle{Color: r.color(), Radius: 3.6, Shape: draw.BoxGlyph{}}, at)
		return
	}
	c.DrawGlyphNoClip(draw.GlyphStyle{Color: color.White, Radius: 3.6, Shape: draw.BoxGlyph{}}, at)
	c.DrawGlyphNoClip(draw.GlyphStyle{Color: r.color(), Radius: 3.6, Shape: draw.SquareGlyph{}}, at)
}

// end draws the end of an interval: a bar, or where it goes on an arrow. barb is how far
// the arrow's barbs reach back.
func end(c draw.Canvas, line draw.LineStyle, x, y vg.Length, arrow bool, barb vg.Length) {
	if !arrow {
		c.StrokeLine2(line, x, y-3, x, y+3)
		return
	}
	c.StrokeLines(line, []vg.Point{{X: x + barb, Y: y - 3}, {X: x, Y: y}, {X: x + barb, Y: y + 3}})
}

// ratioTicks labels 1 and round ratios around it, so many that the reader can tell
// where an end lies.
func ratioTicks(lo, hi float64) []float64 {
	sets := [][]float64{
		{0.9, 0.92, 0.94, 0.96, 0.98, 1, 1.02, 1.04, 1.06, 1.08, 1.1},
		{0.7, 0.75, 0.8, 0.85, 0.9, 0.95, 1, 1.05, 1.1, 1.15, 1.2, 1.3, 1.4},
		{0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2, 2.5},
		{0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.7, 1, 1.5, 2, 3, 4, 5, 7, 10},
		{0.001, 0.01, 0.1, 0.2, 0.5, 1, 2, 5, 10, 100, 1000},
	}
	for _, s := range sets {
		if s[0] <= lo*1.03 && s[len(s)-1] >= hi/1.03 {
			return s
		}
	}
	return sets[len(sets)-1]
}
