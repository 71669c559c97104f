package chart

import (
	"math"
	"strings"

	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// A legendEntry is a name with a small sample of how its series is drawn.
type legendEntry struct {
	name   string
	sample func(c draw.Canvas, at vg.Point, width vg.Length)
}

// drawHead draws title, subtitle and legend from the top of the canvas down and
// returns what is left of the canvas. The legend stands above the axes, so that it can
// never cover data.
func drawHead(c draw.Canvas, title, subtitle string, legend []legendEntry) draw.Canvas {
	c = drawWrapped(c, bold(titleSize, black()), title, 4)
	if subtitle != "" {
		c = drawWrapped(c, plain(subtitleSize, grey()), subtitle, 3)
	}
	if len(legend) > 0 {
		c = drawLegend(c, legend)
	}
	c.Max.Y -= 6
	return c
}

// drawWrapped draws lines of text at the top left and returns the rest of the canvas.
func drawWrapped(c draw.Canvas, style text.Style, s string, leading vg.Length) draw.Canvas {
	style = aligned(style, draw.XLeft, draw.YTop)
	for _, line := range wrap(s, style, c.Max.X-c.Min.X) {
		c.FillText(style, vg.Point{X: c.Min.X, Y: c.Max.Y}, line)
		c.Max.Y -= style.Font.Size + leading
	}
	return c
}

// wrap breaks s between words so that no line is wider than width, single words apart.
func wrap(s string, style text.Style, width vg.Length) []string {
	var lines []string
	line := ""
	for _, word := range strings.Fields(s) {
		longer := word
		if line != "" {
			longer = line + " " + word
		}
		if line != "" && style.Width(longer) > width {
			lines = append(lines, line)
			longer = word
		}
		line = longer
	}
	if line != "" {
		lines = append(lines, line)
	}
	return lines
}

// centring is how far a text aligned at its middle stands too low: gonum takes the middle
// of the font's whole height, the eye that of its lower-case letters.
const centring = 2

// drawLabels writes the labels of the axes at the left and lower edge, in the middle of
// each, and returns the rest of the canvas.
func drawLabels(c draw.Canvas, x, y string) draw.Canvas {
	const room = labelSize + 7
	style := aligned(plain(labelSize, black()), draw.XCenter, draw.YBottom)
	c.FillText(style, vg.Point{X: (c.Min.X + c.Max.X + room) / 2, Y: c.Min.Y + 1}, x)
	if y != "" {
		style.Rotation = math.Pi / 2
		style.YAlign = draw.YTop
		c.FillText(style, vg.Point{X: c.Min.X, Y: (c.Min.Y + c.Max.Y + room) / 2}, y)
		c.Min.X += room
	}
	c.Min.Y += room
	return c
}

func drawLegend(c draw.Canvas, entries []legendEntry) draw.Canvas {
	const (
		sampleWidth = 24
		gap         = 6
		between     = 20
		rowHeight   = labelSize + 6
	)
	style := aligned(plain(labelSize, black()), draw.XLeft, draw.YCenter)
	c.Max.Y -= 3
	x, y := c.Min.X, c.Max.Y-rowHeight/2
	for _, e := range entries {
		w := sampleWidth + gap + style.Width(e.name)
		if x > c.Min.X && x+w > c.Max.X {
			x = c.Min.X
			y -= rowHeight
		}
		e.sample(c, vg.Point{X: x, Y: y}, sampleWidth)
		c.FillText(style, vg.Point{X: x + sampleWidth + gap, Y: y + centring}, e.name)
		x += w + between
	}
	c.Max.Y = y - rowHeight/2
	return c
}
