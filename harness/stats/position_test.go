package stats

import (
	"math"
	"testing"
)

func TestPosition(t *testing.T) {
	nan := math.NaN()
	for _, c := range []struct {
		intervalLow, intervalHigh float64
		low, high                 float64
		want                      Position
	}{
		{-0.04, 0.03, -0.05, 0.05, Inside},
		{0, 0, -0.05, 0.05, Inside},
		{-0.05, 0.03, -0.05, 0.05, Overlaps}, // touches
		{-0.04, 0.05, -0.05, 0.05, Overlaps},
		{-0.10, 0.10, -0.05, 0.05, Overlaps}, // contains the range
		{0.04, 0.10, -0.05, 0.05, Overlaps},
		{0.05, 0.10, -0.05, 0.05, Overlaps}, // touches from outside
		{0.06, 0.10, -0.05, 0.05, Above},
		{-0.10, -0.06, -0.05, 0.05, Below},
		{1, 2, 0, 0, Above}, // a single value
		{-1, 1, 0, 0, Overlaps},
		{1, 2, 5, 4, Overlaps}, // no range
		{nan, 1, 0, 2, Overlaps},
		{1, nan, 0, 2, Overlaps},
		{1, 1, nan, 2, Overlaps},
	} {
		in := Interval{Low: c.intervalLow, High: c.intervalHigh}
		if got := in.Position(c.low, c.high); got != c.want {
			t.Errorf("%g to %g against %g to %g: %s, want %s", in.Low, in.High, c.low, c.high, got, c.want)
		}
	}
}

func TestPositionString(t *testing.T) {
	for p, want := range map[Position]string{Overlaps: "overlaps", Inside: "inside", Below: "below", Above: "above"} {
		if got := p.String(); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
