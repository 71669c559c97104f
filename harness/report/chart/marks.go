package chart

import (
	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// grid draws a pale line at each tick.
type grid struct{}

func (grid) Plot(c draw.Canvas, p *plot.Plot) {
	x, y := p.Transforms(&c)
	line := stroke(pale(), 0.5)
	for _, t := range p.X.Tick.Marker.Ticks(p.X.Min, p.X.Max) {
		c.StrokeLine2(line, x(t.Value), c.Min.Y, x(t.Value), c.Max.Y)
	}
	for _, t := range p.Y.Tick.Marker.Ticks(p.Y.Min, p.Y.Max) {
		c.StrokeLine2(line, c.Min.X, y(t.Value), c.Max.X, y(t.Value))
	}
}

// series draws one Series.
type series struct{ Series }

func (s series) Plot(c draw.Canvas, p *plot.Plot) {
	x, y := p.Transforms(&c)
	var line []vg.Point
	for _, pt := range s.Points {
		line = append(line, vg.Point{X: x(pt.X), Y: y(pt.Y)})
	}
	if s.Line && len(line) > 1 {
		c.StrokeLines(s.stroke(), line)
	}
	for i, at := range line {
		s.mark(c, at)
		if i < len(s.Labels) {
			s.label(c, at, s.Labels[i])
		}
	}
}

// label writes a text to the right of a point, or to its left where the chart ends.
func (s series) label(c draw.Canvas, at vg.Point, words string) {
	const gap = pointRadius + 3
	style := aligned(plain(tickSize, seriesColor(s.Style)), draw.XLeft, draw.YCenter)
	at.Y += centring
	if at.X += gap; at.X+style.Width(words) > c.Max.X {
		style.XAlign = draw.XRight
		at.X -= 2 * gap
	}
	c.FillText(style, at, words)
}

// guide draws one Guide; the label of a horizontal one stands above its left end, that
// of a vertical one above the chart.
type guide struct{ Guide }

func (g guide) Plot(c draw.Canvas, p *plot.Plot) {
	x, y := p.Transforms(&c)
	if g.Vertical {
		at := x(g.At)
		c.StrokeLine2(stroke(grey(), 0.5, 2, 3), at, c.Min.Y, at, c.Max.Y)
		if g.Label != "" {
			style := aligned(plain(tickSize, grey()), draw.XLeft, draw.YBottom)
			c.FillText(style, vg.Point{X: at, Y: c.Max.Y + 3}, g.Label)
		}
		return
	}
	at := y(g.At)
	c.StrokeLine2(stroke(black(), 1, 5, 3), c.Min.X, at, c.Max.X, at)
	if g.Label != "" {
		style := aligned(plain(tickSize, black()), draw.XLeft, draw.YBottom)
		c.FillText(style, vg.Point{X: c.Min.X + 4, Y: at + 3}, g.Label)
	}
}
