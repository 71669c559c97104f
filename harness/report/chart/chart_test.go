package chart

import (
	"bytes"
	"encoding/xml"
	"errors"
	"image/png"
	"io"
	"math"
	"strconv"
	"strings"
	"testing"
)

func plainTick(v float64) string { return strconv.FormatFloat(v, 'g', 6, 64) }

func sampleXY() XY {
	return XY{
		Title: "A title with <b>marks</b> & \"quotes\"", Subtitle: "what is drawn",
		X: Axis{Label: "x (log)", Scale: Log, Format: plainTick}, Y: Axis{Label: "y", Format: plainTick},
		Series: []Series{
			{Name: "one", Style: 0, Line: true, Marker: Filled, Points: []Point{{1, 1}, {10, 2}, {100, 5}}},
			{Style: 1, Line: true, Faint: true, Points: []Point{{1, 2}, {100, 3}}},
			{Name: "two", Style: 1, Marker: Hollow, Points: []Point{{10, 4}}},
			{Name: "bad", Marker: Cross, Points: []Point{{10, 4}}},
		},
		Guides: []Guide{{At: 4.5, Label: "limit"}, {Vertical: true, At: 20, Label: "block 2"}},
	}
}

func sampleForest() Forest {
	return Forest{
		Title: "Ratios", Subtitle: "with intervals", XLabel: "a / b", Margin: 1.05, Format: plainTick,
		Rows: []Ratio{
			{Label: "closed", Value: "0.5", Mid: 0.5, Low: 0.4, High: 0.6},
			{Label: "open above", Value: "at least 1.5", Mid: 2, Low: 1.5, High: 2.5, OpenHigh: true},
			{Label: "open below", Value: "at most 0.7", Mid: 0.6, Low: 0.5, High: 0.7, OpenLow: true},
			{Label: "undecided", Value: "0.8", Mid: 0.8, Low: 0.7, High: 0.9, Undecided: true},
			{Label: "control", Value: "1.0", Mid: 1, Low: 0.99, High: 1.01, Control: true, StartsNewGroup: true},
		},
	}
}

func sampleSlope() Slope {
	return Slope{
		Title: "Pairs", Subtitle: "one a block", Y: Axis{Label: "ms", Format: plainTick},
		Left: Side{Name: "left one", Style: 0, Mean: 2}, Right: Side{Name: "right one", Style: 1, Mean: 3},
		Pairs:  []Pair{{1, 3, -1}, {2, 4, -1}, {4, 3, 1}, {2, 2, 0}},
		Better: "%s better", Same: "the same", MeanName: "mean", MeanLabel: func(v float64) string { return plainTick(v) + " ms" },
		Wanted: []float64{6, 1.5}, WantedName: "wanted",
	}
}

func words(t *testing.T, svg []byte) string {
	t.Helper()
	d := xml.NewDecoder(bytes.NewReader(svg))
	var out []string
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return strings.Join(out, " ")
		}
		if err != nil {
			t.Fatal(err)
		}
		if c, ok := token.(xml.CharData); ok {
			out = append(out, strings.Fields(string(c))...)
		}
	}
}

func TestSVGHoldsEveryText(t *testing.T) {
	for _, c := range []struct {
		chart Chart
		want  []string
	}{
		{sampleXY(), []string{"A title with <b>marks</b> & \"quotes\"", "what is drawn", "x (log)", "one", "two", "bad", "limit", "block 2", "100"}},
		{sampleForest(), []string{"Ratios", "a / b", "closed", "at least 1.5", "bound only: the ladder was cut off", "comparison that a validity check leaves undecided", "A/A control", "margin of equivalence"}},
		{sampleSlope(), []string{"Pairs", "one a block", "left one better", "right one better", "the same", "mean", "wanted", "2 ms", "3 ms"}},
	} {
		svg, err := SVG(c.chart)
		if err != nil {
			t.Fatal(err)
		}
		text := words(t, svg)
		for _, w := range c.want {
			if !strings.Contains(text, w) {
				t.Errorf("%T doesn't say %q: %s", c.chart, w, text)
			}
		}
		if bytes.Contains(svg, []byte("font-family:Liberation Sans;")) || !bytes.Contains(svg, []byte("'Liberation Sans',Arial")) {
			t.Errorf("%T: texts don't name a family that a reader's machine has", c.chart)
		}
		if bytes.Contains(svg, []byte("NaN")) || bytes.Contains(svg, []byte("Inf")) {
			t.Errorf("%T: a coordinate is not a number", c.chart)
		}
	}
}

func TestPNGSizeAndSameBytes(t *testing.T) {
	for _, c := range []Chart{sampleXY(), sampleForest(), sampleSlope()} {
		first, err := PNG(c)
		if err != nil {
			t.Fatal(err)
		}
		img, err := png.Decode(bytes.NewReader(first))
		if err != nil {
			t.Fatal(err)
		}
		w, h := c.Pixels()
		if b := img.Bounds(); b.Dx() != w*PNGScale || b.Dy() != h*PNGScale {
			t.Errorf("%T: %d x %d; want %d x %d", c, b.Dx(), b.Dy(), w*PNGScale, h*PNGScale)
		}
		second, err := PNG(c)
		if err != nil || !bytes.Equal(first, second) {
			t.Errorf("%T: two PNGs of one chart differ (%v)", c, err)
		}
		a, errA := SVG(c)
		b, errB := SVG(c)
		if errA != nil || errB != nil || !bytes.Equal(a, b) {
			t.Errorf("%T: two SVGs of one chart differ (%v, %v)", c, errA, errB)
		}
	}
}

func TestWhatCannotBeDrawnIsAnError(t *testing.T) {
	xy := func(change func(*XY)) Chart { c := sampleXY(); change(&c); return c }
	forest := func(change func(*Forest)) Chart { c := sampleForest(); change(&c); return c }
	slope := func(change func(*Slope)) Chart { c := sampleSlope(); change(&c); return c }
	for _, c := range []struct {
		name  string
		chart Chart
		want  string
	}{
		{"no pairs", slope(func(c *Slope) { c.Pairs = nil }), "no pairs"},
		{"not a number in a pair", slope(func(c *Slope) { c.Pairs[0].Left = math.NaN() }), "NaN cannot be drawn"},
		{"an infinite mean", slope(func(c *Slope) { c.Left.Mean = math.Inf(1) }), "+Inf cannot be drawn"},
		{"an infinite line", slope(func(c *Slope) { c.Wanted[0] = math.Inf(1) }), "+Inf cannot be drawn"},
		{"zero in a pair on a log axis", slope(func(c *Slope) { c.Y.Scale, c.Pairs[0].Left = Log, 0 }), "0 cannot be drawn"},
		{"zero on a log axis", xy(func(c *XY) { c.Series[0].Points[0].X = 0 }), `axis "x (log)": 0 cannot be drawn`},
		{"not a number", xy(func(c *XY) { c.Series[0].Points[0].Y = math.NaN() }), "NaN cannot be drawn"},
		{"infinite guide", xy(func(c *XY) { c.Guides[0].At = math.Inf(1) }), "+Inf cannot be drawn"},
		{"100th percentile", xy(func(c *XY) { c.X.Scale, c.Series[0].Points[2].X = Nines, 100 }), "100 cannot be drawn"},
		{"no data", xy(func(c *XY) { c.Series, c.Guides = nil, nil }), "no data"},
		{"no rows", forest(func(c *Forest) { c.Rows = nil }), "no rows"},
		{"no ratio", forest(func(c *Forest) { c.Rows[0].Low = 0 }), `row "closed": ratio 0`},
		{"no margin", forest(func(c *Forest) { c.Margin = 0.5 }), "margin 0.5"},
	} {
		for format, render := range map[string]func(Chart) ([]byte, error){"SVG": SVG, "PNG": PNG} {
			if _, err := render(c.chart); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("%s, %s: error %v; want %q", c.name, format, err, c.want)
			}
		}
	}
}

// One point, or all values equal, still leaves a range to draw in.
func TestDegenerateData(t *testing.T) {
	for _, scale := range []Scale{Linear, Log, Nines} {
		c := XY{Title: "t", X: Axis{Scale: scale, Format: plainTick}, Y: Axis{Scale: Log, Format: plainTick},
			Series: []Series{{Points: []Point{{50, 7}, {50, 7}}, Line: true, Marker: Filled}}}
		svg, err := SVG(c)
		if err != nil || bytes.Contains(svg, []byte("NaN")) {
			t.Errorf("scale %d: error %v, or a coordinate is not a number", scale, err)
		}
	}
}

// Pairs that differ by a thousandth are drawn as what they are: flat.
func TestSlopeSpansAtLeastAQuarter(t *testing.T) {
	c := sampleSlope()
	c.Pairs, c.Wanted, c.Left.Mean, c.Right.Mean = []Pair{{1000, 1001, -1}, {1000, 1000.5, -1}}, nil, 0, 0
	y, err := c.axis()
	if err != nil || y.Max/y.Min < least {
		t.Errorf("from %v to %v, %v; want a ratio of at least %v", y.Min, y.Max, err, least)
	}
}

// A line to what is wanted lies within the axis, however far from the pairs, and is drawn once in the chart and once in the legend.
func TestSlopeDrawsWhatIsWanted(t *testing.T) {
	c := sampleSlope()
	if y, err := c.axis(); err != nil || y.Max < 6 || y.Min > 1 {
		t.Errorf("from %v to %v, %v; want 1 and 6 on it", y.Min, y.Max, err)
	}
	for n, want := range map[int]int{0: 0, 1: 2, 2: 3} {
		c.Wanted = sampleSlope().Wanted[:n]
		svg, err := SVG(c)
		if got := bytes.Count(svg, []byte("stroke-dasharray")); err != nil || got != want {
			t.Errorf("%d wanted: %d dashed lines, %v; want %d", n, got, err, want)
		}
	}
}
