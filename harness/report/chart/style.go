package chart

import (
	"image/color"

	"gonum.org/v1/plot"
	plotfont "gonum.org/v1/plot/font"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// Font sizes in points; 0.75 point is a pixel at the width the plots are read at.
const (
	titleSize    = 14
	subtitleSize = 10.5
	labelSize    = 11
	tickSize     = 10
)

const (
	lineWidth   = 1.8
	faintWidth  = 0.7
	pointRadius = 3.2
)

func black() color.Color { return color.Black }
func grey() color.Color  { return color.NRGBA{R: 0x70, G: 0x70, B: 0x70, A: 0xff} }
func pale() color.Color  { return color.NRGBA{R: 0xe4, G: 0xe4, B: 0xe4, A: 0xff} }

// seriesColor is the palette of Okabe and Ito (2008), made to be told apart with any
// common colour vision, without its yellow, which is too light on white.
func seriesColor(style int) color.NRGBA {
	palette := [...]color.NRGBA{
		{R: 0xd5, G: 0x5e, B: 0x00, A: 0xff}, // vermillion
		{R: 0x00, G: 0x72, B: 0xb2, A: 0xff}, // blue
		{R: 0x00, G: 0x9e, B: 0x73, A: 0xff}, // bluish green
		{R: 0xcc, G: 0x79, B: 0xa7, A: 0xff}, // reddish purple
		{R: 0xe6, G: 0x9f, B: 0x00, A: 0xff}, // orange
		{R: 0x56, G: 0xb4, B: 0xe9, A: 0xff}, // sky blue
	}
	return palette[style%len(palette)]
}

// faint is the colour at a third of its strength, opaque.
func faint(c color.NRGBA) color.NRGBA {
	mix := func(v uint8) uint8 { return uint8((int(v) + 2*0xff) / 3) }
	return color.NRGBA{R: mix(c.R), G: mix(c.G), B: mix(c.B), A: 0xff}
}

// seriesShape goes with the colour, for readers and printers without colours.
func seriesShape(style int, hollow bool) draw.GlyphDrawer {
	filled := [...]draw.GlyphDrawer{draw.CircleGlyph{}, draw.PyramidGlyph{}, draw.BoxGlyph{}}
	open := [...]draw.GlyphDrawer{draw.RingGlyph{}, draw.TriangleGlyph{}, draw.SquareGlyph{}}
	if hollow {
		return open[style%len(open)]
	}
	return filled[style%len(filled)]
}

func plain(size float64, c color.Color) text.Style {
	return text.Style{
		Color:   c,
		Font:    plotfont.Font{Typeface: "Liberation", Variant: "Sans", Size: vg.Length(size)},
		Handler: plot.DefaultTextHandler,
	}
}

func bold(size float64, c color.Color) text.Style {
	s := plain(size, c)
	s.Font.Weight = 3 // WeightBold of golang.org/x/image/font
	return s
}

func aligned(s text.Style, x draw.XAlignment, y draw.YAlignment) text.Style {
	s.XAlign, s.YAlign = x, y
	return s
}

func stroke(c color.Color, width float64, dashes ...vg.Length) draw.LineStyle {
	return draw.LineStyle{Color: c, Width: vg.Length(width), Dashes: dashes}
}
