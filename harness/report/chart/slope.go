package chart

import (
	"fmt"
	"image/color"
	"math"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// Slope is a chart of pairs: two columns, and a line for each pair that joins its two
// values. A line has the colour and shape of the side that is better in it.
type Slope struct {
	Title       string // the message, in words
	Subtitle    string
	Y           Axis // its ends come from the data
	Left, Right Side
	Pairs       []Pair
	Better      string                    // legend of a line: "%s better" with the side's name
	Same        string                    // legend of a pair in which neither side is
	MeanName    string                    // legend of the means
	MeanLabel   func(mean float64) string // beside a column
	// Wanted are values of the left side that a claim asks for: a dashed line runs to each
	// from the mean of the right side. WantedName is their legend.
	Wanted     []float64
	WantedName string
}

// A Side is one column.
type Side struct {
	Name  string
	Style int     // colour and shape, one number for each target
	Mean  float64 // 0: not drawn
}

// A Pair is one line. Better is -1 where the left side is, 1 where the right one is, else 0.
type Pair struct {
	Left, Right float64
	Better      int
}

// least is the ratio of the ends that the axis spans at least: differences of a thousandth
// are not to look like cliffs.
const least = 1.25

// Pixels implements [Chart]. Two columns need little room, and are seen together on a narrow screen.
func (Slope) Pixels() (width, height int) { return 600, 460 }

func (s Slope) check() error {
	if len(s.Pairs) == 0 {
		return fmt.Errorf("plot %q: no pairs", s.Title)
	}
	if _, err := s.axis(); err != nil {
		return fmt.Errorf("plot %q: %w", s.Title, err)
	}
	return nil
}

// axis spans all values, and at least the ratio least.
func (s Slope) axis() (Axis, error) {
	var values []float64
	for _, p := range s.Pairs {
		values = append(values, p.Left, p.Right)
	}
	values = append(values, s.Wanted...)
	for _, v := range append(values, s.Left.Mean, s.Right.Mean) {
		if !finite(v) || v < 0 {
			return s.Y, fmt.Errorf("axis %q: %v cannot be drawn on it", s.Y.Label, v)
		}
	}
	lo, hi := math.Inf(1), 0.0
	for _, v := range values {
		lo, hi = math.Min(lo, v), math.Max(hi, v)
	}
	if lo > 0 && hi/lo < least {
		middle, half := math.Sqrt(lo*hi), math.Sqrt(least)
		values = append(values, middle/half, middle*half)
	}
	return s.Y.resolve(values)
}

func finite(v float64) bool { return !math.IsNaN(v) && !math.IsInf(v, 0) }

func (s Slope) draw(canvas draw.Canvas) {
	y, err := s.axis()
	if err != nil {
		return // SVG and PNG have called check, which returns this error
	}
	body := drawHead(canvas, s.Title, s.Subtitle, s.legend())
	body = drawLabels(body, "", y.Label)
	body.Min.Y -= labelSize + 4 // the columns have names in place of a label
	p := plot.New()
	p.BackgroundColor = nil
	y.apply(&p.Y, func(t []plot.Tick) []plot.Tick { return t })
	outside := s.outside(body.Max.X - body.Min.X)
	p.X.Min, p.X.Max = -outside, 1+outside
	p.X.LineStyle.Width = 0
	p.X.Tick.Label.Font = bold(labelSize, black()).Font
	p.X.Tick.LineStyle.Width = 0
	p.X.Tick.Marker = plot.ConstantTicks([]plot.Tick{{Value: 0, Label: s.Left.Name}, {Value: 1, Label: s.Right.Name}})
	p.Add(horizontalGrid{}, slopeLines{s})
	p.Draw(body)
}

const (
	toMean   = 6  // points from a column to the bar of its mean
	toLabel  = 30 // to the label of the mean
	tickRoom = 55 // that the vertical axis takes with its numbers
)

// outside is how far the columns stand from the edges, in units of their distance, so that
// the means can be written there.
func (s Slope) outside(width vg.Length) float64 {
	style := bold(labelSize, black())
	room := style.Width(s.Left.Name) / 2
	for _, side := range []Side{s.Left, s.Right} {
		room = max(room, style.Width(side.Name)/2)
		if side.Mean > 0 {
			room = max(room, toLabel+style.Width(s.MeanLabel(side.Mean))+toMean)
		}
	}
	between := max(width-tickRoom-2*room, room)
	return float64(room / between)
}

func (s Slope) legend() []legendEntry {
	var out []legendEntry
	for _, better := range []int{-1, 1, 0} {
		for _, p := range s.Pairs {
			if p.Better != better {
				continue
			}
			name := s.Same
			switch better {
			case -1:
				name = fmt.Sprintf(s.Better, s.Left.Name)
			case 1:
				name = fmt.Sprintf(s.Better, s.Right.Name)
			}
			out = append(out, legendEntry{name, func(c draw.Canvas, at vg.Point, w vg.Length) {
				s.line(c, p, vg.Point{X: at.X + 3, Y: at.Y}, vg.Point{X: at.X + w - 3, Y: at.Y})
			}})
			break
		}
	}
	if s.Left.Mean > 0 && s.Right.Mean > 0 {
		out = append(out, legendEntry{s.MeanName, func(c draw.Canvas, at vg.Point, w vg.Length) {
			meanBar(c, at.X, at.X+w, at.Y)
		}})
	}
	if len(s.Wanted) > 0 {
		out = append(out, legendEntry{s.WantedName, func(c draw.Canvas, at vg.Point, w vg.Length) {
			c.StrokeLine2(wantedStroke(), at.X, at.Y, at.X+w, at.Y)
		}})
	}
	return out
}

// wantedStroke is that of the guides in other charts, and a little wider: it crosses lines.
func wantedStroke() draw.LineStyle { return stroke(black(), 1.6, 5, 3) }

// line draws one pair.
func (s Slope) line(c draw.Canvas, p Pair, from, to vg.Point) {
	ink, shape := color.Color(grey()), draw.GlyphDrawer(draw.CrossGlyph{})
	switch p.Better {
	case -1:
		ink, shape = seriesColor(s.Left.Style), seriesShape(s.Left.Style, false)
	case 1:
		ink, shape = seriesColor(s.Right.Style), seriesShape(s.Right.Style, false)
	}
	c.StrokeLine2(stroke(ink, 1.3), from.X, from.Y, to.X, to.Y)
	for _, at := range []vg.Point{from, to} {
		c.DrawGlyphNoClip(draw.GlyphStyle{Color: ink, Radius: pointRadius, Shape: shape}, at)
	}
}

// meanBar marks a mean from a column outwards, where it covers no line.
func meanBar(c draw.Canvas, from, to, y vg.Length) {
	c.StrokeLine2(stroke(black(), 2.4), from, y, to, y)
}
