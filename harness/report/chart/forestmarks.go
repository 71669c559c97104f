package chart

import (
	"image/color"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

func bandColor() color.Color { return color.NRGBA{R: 0xff, G: 0xea, B: 0xb8, A: 0xff} }

// band shades the margin around 1 and draws the line of equality.
type band struct{ margin float64 }

func (b band) Plot(c draw.Canvas, p *plot.Plot) {
	x, _ := p.Transforms(&c)
	lo, hi := x(1/b.margin), x(b.margin)
	c.FillPolygon(bandColor(), []vg.Point{
		{X: lo, Y: c.Min.Y}, {X: hi, Y: c.Min.Y}, {X: hi, Y: c.Max.Y}, {X: lo, Y: c.Max.Y},
	})
	c.StrokeLine2(stroke(black(), 0.8), x(1), c.Min.Y, x(1), c.Max.Y)
}

// verticalGrid draws a pale line at each tick of the horizontal axis.
type verticalGrid struct{}

func (verticalGrid) Plot(c draw.Canvas, p *plot.Plot) {
	x, _ := p.Transforms(&c)
	for _, t := range p.X.Tick.Marker.Ticks(p.X.Min, p.X.Max) {
		if t.Value != 1 {
			c.StrokeLine2(stroke(pale(), 0.5), x(t.Value), c.Min.Y, x(t.Value), c.Max.Y)
		}
	}
}

// forestRows draws the intervals, their labels on the left and their numbers on the right.
type forestRows struct{ Forest }

func (f forestRows) Plot(c draw.Canvas, p *plot.Plot) {
	x, y := p.Transforms(&c)
	for i, r := range f.Rows {
		at := y(f.at(i))
		if r.StartsNewGroup {
			above := y(f.at(i) + 0.5)
			c.StrokeLine2(stroke(pale(), 1), c.Min.X, above, c.Max.X, above)
		}
		w := whisker{low: x(r.Low), mid: x(r.Mid), high: x(r.High)}
		if r.OpenLow || w.low < c.Min.X {
			w.low, w.arrowLow = c.Min.X, true
		}
		if r.OpenHigh || w.high > c.Max.X {
			w.high, w.arrowHigh = c.Max.X, true
		}
		r.draw(c, w, at)
		ink := black()
		if r.Control {
			ink = grey()
		}
		label := aligned(plain(tickSize, ink), draw.XRight, draw.YCenter)
		c.FillText(label, vg.Point{X: c.Min.X - forestGap, Y: at + centring}, r.Label)
		value := aligned(plain(tickSize, ink), draw.XLeft, draw.YCenter)
		c.FillText(value, vg.Point{X: c.Max.X + forestGap, Y: at + centring}, r.Value)
	}
}
