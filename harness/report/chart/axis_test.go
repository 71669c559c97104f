package chart

import (
	"math"
	"slices"
	"testing"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
)

func TestNiceTicks(t *testing.T) {
	for _, c := range []struct {
		scale  Scale
		lo, hi float64
		want   []float64
	}{
		{Linear, 0, 350, []float64{0, 100, 200, 300}},
		{Linear, -0.4, 75, []float64{0, 20, 40, 60}},
		{Linear, 0.987, 1.014, []float64{0.99, 0.995, 1, 1.005, 1.01}},
		{Linear, 5, 5, []float64{5}},
		{Log, 0.9, 110, []float64{1, 2, 5, 10, 20, 50, 100}},
		{Log, 0.15, 0.61, []float64{0.2, 0.3, 0.4, 0.5, 0.6}},
		{Log, 0.009, 2, []float64{0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2}},
		{Log, 0.5, 20_000, []float64{1, 10, 100, 1000, 10_000}},
		{Log, 550, 1900, []float64{700, 1000, 1500}},
		{Log, 11, 19, []float64{12, 14, 16, 18}},
	} {
		got := niceTicks(c.scale, c.lo, c.hi)
		same := slices.EqualFunc(got, c.want, func(a, b float64) bool { return math.Abs(a-b) <= 1e-12*math.Abs(b) })
		if !same {
			t.Errorf("scale %d, %v to %v: %v; want %v", c.scale, c.lo, c.hi, got, c.want)
		}
		for _, v := range got {
			if v == 0 && math.Signbit(v) {
				t.Errorf("scale %d, %v to %v: a tick is -0", c.scale, c.lo, c.hi)
			}
		}
	}
}

func TestScales(t *testing.T) {
	for _, c := range []struct {
		scale          Scale
		lo, hi, v, pos float64
	}{
		{Linear, 0, 10, 2.5, 0.25},
		{Log, 1, 100, 10, 0.5},
		{Nines, 0, 99.99, 90, 0.25},
		{Nines, 0, 99.99, 99.9, 0.75},
	} {
		if got := c.scale.Normalize(c.lo, c.hi, c.v); math.Abs(got-c.pos) > 1e-9 {
			t.Errorf("scale %d: %v lies at %v of %v to %v; want %v", c.scale, c.v, got, c.lo, c.hi, c.pos)
		}
		if back := c.scale.inverse(c.scale.transform(c.v)); math.Abs(back-c.v) > 1e-9 {
			t.Errorf("scale %d: %v comes back as %v", c.scale, c.v, back)
		}
	}
}

// An interval that reaches beyond all measure is cut off; a middle never is.
func TestForestSpan(t *testing.T) {
	wide := Forest{Margin: 1.05, Rows: []Ratio{{Mid: 0.7, Low: 1e-9, High: 1e9}}}
	if lo, hi := wide.span(); lo < 0.05 || lo > 0.1 || hi > 20 || hi < 10 {
		t.Errorf("a wide interval spans %v to %v; want about 1/10 to 10", lo, hi)
	}
	far := Forest{Margin: 1.05, Rows: []Ratio{{Mid: 40, Low: 39, High: 41}}}
	if _, hi := far.span(); hi < 40 {
		t.Errorf("a middle at 40 lies beyond the end %v", hi)
	}
	open := Forest{Margin: 1.05, Rows: []Ratio{{Mid: 2, Low: 1.5, High: 9, OpenHigh: true}}}
	if _, hi := open.span(); hi > 3 {
		t.Errorf("an open end widens the axis to %v", hi)
	}
}

// Labels that would touch the one to their right are left out; the last one stays.
func TestThinner(t *testing.T) {
	ticks := func(values ...float64) []plot.Tick {
		var out []plot.Tick
		for _, v := range values {
			out = append(out, plot.Tick{Value: v, Label: plainTick(v)})
		}
		return out
	}
	a := Axis{Min: 0, Max: 20_000}
	for _, c := range []struct {
		width vg.Length
		in    []plot.Tick
		want  []string
	}{
		{600, ticks(1000, 10_000, 19_500), []string{"1000", "10000", "19500"}},
		{600, ticks(1000, 18_900, 19_500), []string{"1000", "", "19500"}},
		{100, ticks(1000, 5000, 10_000, 15_000, 19_500), []string{"1000", "", "10000", "", "19500"}},
		{600, nil, nil},
	} {
		var got []string
		for _, tick := range thinner(a, c.width)(c.in) {
			got = append(got, tick.Label)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%v points wide: %q; want %q", c.width, got, c.want)
		}
	}
}

func TestWrap(t *testing.T) {
	style := plain(labelSize, black())
	text := "one two three four"
	for _, c := range []struct {
		width vg.Length
		want  []string
	}{
		{1000, []string{text}},
		{style.Width("one two three"), []string{"one two three", "four"}},
		{1, []string{"one", "two", "three", "four"}},
	} {
		if got := wrap(text, style, c.width); !slices.Equal(got, c.want) {
			t.Errorf("%v points: %q; want %q", c.width, got, c.want)
		}
	}
	if got := wrap("  ", style, 100); got != nil {
		t.Errorf("blanks: %q; want no line", got)
	}
}

// Ticks of the forest plot reach both ends of common ranges and always name 1.
func TestRatioTicks(t *testing.T) {
	for _, r := range [][2]float64{{0.93, 1.07}, {0.75, 1.3}, {0.45, 1.2}, {0.33, 1.5}, {0.15, 6}, {0.002, 900}, {1e-6, 1e6}} {
		in := 0
		one := false
		for _, v := range ratioTicks(r[0], r[1]) {
			one = one || v == 1
			if v >= r[0] && v <= r[1] {
				in++
			}
		}
		if in < 4 || !one {
			t.Errorf("%v: %d ticks within, names 1: %v", r, in, one)
		}
	}
}
