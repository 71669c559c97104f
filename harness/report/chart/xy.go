package chart

import (
	"fmt"
	"slices"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// XY is a chart of lines and points over two axes.
type XY struct {
	Title    string // the message, in words
	Subtitle string // what is drawn
	X, Y     Axis
	Series   []Series
	Guides   []Guide
}

// A Series is drawn in the order given; later ones lie on top.
type Series struct {
	Name   string // in the legend; "": not in the legend
	Style  int    // colour and shape, one number for each target
	Line   bool
	Faint  bool // a thin pale line: one block of several
	Marker Marker
	Points []Point
	Labels []string // beside the points, in their order; none: no text
}

// Marker is what stands at a point.
type Marker int

// The markers.
const (
	NoMarker Marker = iota
	Filled
	Hollow
	Cross // black, over the point: this trial failed
)

// A Point in data coordinates.
type Point struct{ X, Y float64 }

// A Guide is a dashed line across the chart with a label.
type Guide struct {
	Vertical bool
	At       float64
	Label    string
}

// Pixels implements [Chart].
func (XY) Pixels() (width, height int) { return fullWidth, 540 }

func (c XY) check() error {
	_, _, err := c.axes()
	if err != nil {
		return fmt.Errorf("plot %q: %w", c.Title, err)
	}
	return nil
}

// axes resolves both axes over the points and the horizontal guides.
func (c XY) axes() (x, y Axis, err error) {
	var xs, ys []float64
	for _, s := range c.Series {
		for _, p := range s.Points {
			xs, ys = append(xs, p.X), append(ys, p.Y)
		}
	}
	for _, g := range c.Guides {
		if g.Vertical {
			xs = append(xs, g.At)
		} else {
			ys = append(ys, g.At)
		}
	}
	if x, err = c.X.resolve(xs); err != nil {
		return x, y, err
	}
	y, err = c.Y.resolve(ys)
	return x, y, err
}

func (c XY) draw(canvas draw.Canvas) {
	x, y, err := c.axes()
	if err != nil {
		return // SVG and PNG have called check, which returns this error
	}
	body := drawHead(canvas, c.Title, c.Subtitle, c.legend())
	body = drawLabels(body, x.Label, y.Label)
	if c.hasBlockLabels() {
		body.Max.Y -= tickSize + 4
	}
	p := plot.New()
	p.BackgroundColor = nil
	x.apply(&p.X, thinner(x, body.Max.X-body.Min.X-60))
	y.apply(&p.Y, func(t []plot.Tick) []plot.Tick { return t })
	p.Add(grid{})
	for _, g := range c.Guides {
		p.Add(guide{g})
	}
	for _, s := range c.Series {
		p.Add(series{s})
	}
	p.Draw(body)
}

// hasBlockLabels reports whether labels stand above the plot.
func (c XY) hasBlockLabels() bool {
	return slices.ContainsFunc(c.Guides, func(g Guide) bool { return g.Vertical && g.Label != "" })
}

func (c XY) legend() []legendEntry {
	var out []legendEntry
	for _, s := range c.Series {
		if s.Name == "" {
			continue
		}
		out = append(out, legendEntry{s.Name, func(c draw.Canvas, at vg.Point, width vg.Length) {
			if s.Line {
				c.StrokeLine2(s.stroke(), at.X, at.Y, at.X+width, at.Y)
			}
			s.mark(c, vg.Point{X: at.X + width/2, Y: at.Y})
		}})
	}
	return out
}

func (s Series) stroke() draw.LineStyle {
	if s.Faint {
		return stroke(faint(seriesColor(s.Style)), faintWidth)
	}
	return stroke(seriesColor(s.Style), lineWidth)
}

func (s Series) mark(c draw.Canvas, at vg.Point) {
	sty := draw.GlyphStyle{Color: seriesColor(s.Style), Radius: pointRadius}
	switch s.Marker {
	case NoMarker:
		return
	case Cross:
		sty.Color, sty.Shape, sty.Radius = black(), draw.CrossGlyph{}, pointRadius+2
	default:
		sty.Shape = seriesShape(s.Style, s.Marker == Hollow)
	}
	c.DrawGlyphNoClip(sty, at)
}

// thinner returns a function that blanks labels of a horizontal axis of the given
// width which would touch the label to their right; the last one always stays.
func thinner(a Axis, width vg.Length) func([]plot.Tick) []plot.Tick {
	style := plain(tickSize, black())
	const gap = 8
	return func(ticks []plot.Tick) []plot.Tick {
		free := vg.Length(0)
		for i := len(ticks) - 1; i >= 0; i-- {
			at := vg.Length(a.Scale.Normalize(a.Min, a.Max, ticks[i].Value)) * width
			half := style.Width(ticks[i].Label)/2 + gap/2
			if i < len(ticks)-1 && at+half > free {
				ticks[i].Label = ""
				continue
			}
			free = at - half
		}
		return ticks
	}
}
