package chart

import (
	"image/color"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// horizontalGrid draws a pale line at each tick of the vertical axis.
type horizontalGrid struct{}

func (horizontalGrid) Plot(c draw.Canvas, p *plot.Plot) {
	_, y := p.Transforms(&c)
	for _, t := range p.Y.Tick.Marker.Ticks(p.Y.Min, p.Y.Max) {
		c.StrokeLine2(stroke(pale(), 0.5), c.Min.X, y(t.Value), c.Max.X, y(t.Value))
	}
}

// slopeLines draws the two columns, the lines between them, those wanted, and the means with their
// numbers on the outer side, where no line runs.
type slopeLines struct{ Slope }

func (s slopeLines) Plot(c draw.Canvas, p *plot.Plot) {
	x, y := p.Transforms(&c)
	for _, column := range []vg.Length{x(0), x(1)} {
		c.StrokeLine2(stroke(grey(), 0.6), column, c.Min.Y, column, c.Max.Y)
	}
	for _, pair := range s.Pairs {
		s.line(c, pair, vg.Point{X: x(0), Y: y(pair.Left)}, vg.Point{X: x(1), Y: y(pair.Right)})
	}
	for _, wanted := range s.Wanted {
		c.StrokeLine2(wantedStroke(), x(0), y(wanted), x(1), y(s.Right.Mean))
	}
	for _, m := range []struct {
		side    Side
		at      vg.Length
		outward vg.Length
		align   draw.XAlignment
	}{{s.Left, x(0), -1, draw.XRight}, {s.Right, x(1), 1, draw.XLeft}} {
		if m.side.Mean <= 0 {
			continue
		}
		meanBar(c, m.at+toMean*m.outward, m.at+(toLabel-toMean)*m.outward, y(m.side.Mean))
		style := aligned(bold(labelSize, black()), m.align, draw.YCenter)
		label := s.MeanLabel(m.side.Mean)
		blank(c, m.at+(toLabel-2)*m.outward, m.at+(toLabel+2+style.Width(label))*m.outward, y(m.side.Mean))
		c.FillText(style, vg.Point{X: m.at + toLabel*m.outward, Y: y(m.side.Mean) + centring}, label)
	}
}

// blank takes the grid away where a label is to stand.
func blank(c draw.Canvas, from, to, y vg.Length) {
	const half = labelSize/2 + 1
	c.FillPolygon(color.White, []vg.Point{{X: from, Y: y - half}, {X: to, Y: y - half}, {X: to, Y: y + half}, {X: from, Y: y + half}})
}
