package verdict

import (
	"testing"

	"github.com/assay-bench/assay/harness/stats"
)

func TestDecide(t *testing.T) {
	const delta = 0.05
	for _, c := range []struct {
		name                       string
		low, high, tieLow, tieHigh float64
		bound                      Bound
		want                       finding
	}{
		{"beyond the margin", 0.06, 0.2, 0.07, 0.19, Exact, beats},
		{"reaches the margin", 0.05, 0.2, 0.07, 0.19, Exact, open},
		{"better, within the margin", 0.01, 0.04, 0.015, 0.035, Exact, slight},
		{"better, from equality on", 0, 0.04, 0.015, 0.035, Exact, tied},
		{"better, across the margin", 0.01, 0.08, 0.02, 0.07, Exact, open},
		{"worse", -0.2, -0.01, -0.19, -0.02, Exact, worse},
		{"touches equality", -0.2, 0, -0.19, -0.01, Exact, open},
		{"tie", -0.06, 0.06, -0.04, 0.04, Exact, tied},
		{"tie leaves on the better side", -0.06, 0.06, -0.04, 0.05, Exact, open},
		{"tie leaves on the worse side", -0.06, 0.06, -0.05, 0.04, Exact, open},
		{"a point at 0", 0, 0, 0, 0, Exact, tied},
		{"X cut off: better holds", 0.06, 0.2, 0.07, 0.19, AtLeast, beats},
		{"X cut off: worse does not", -0.2, -0.01, -0.19, -0.02, AtLeast, open},
		{"X cut off: no tie", -0.01, 0.01, -0.01, 0.01, AtLeast, open},
		{"Y cut off: better does not hold", 0.06, 0.2, 0.07, 0.19, AtMost, open},
		{"Y cut off: worse holds", -0.2, -0.01, -0.19, -0.02, AtMost, worse},
		{"Y cut off: no tie", -0.01, 0.01, -0.01, 0.01, AtMost, open},
		{"both cut off", 0.06, 0.2, 0.07, 0.19, Unbound, open},
	} {
		d := stats.Interval{Low: c.low, High: c.high}
		tie := stats.Interval{Low: c.tieLow, High: c.tieHigh}
		if got := decide(advantageOf(d, tie, c.bound, false), delta); got != c.want {
			t.Errorf("%s: finding %d, want %d", c.name, got, c.want)
		}
		// Where lower is better, the mirrored interval says the same, with the bound turned.
		d = stats.Interval{Low: -c.high, High: -c.low}
		tie = stats.Interval{Low: -c.tieHigh, High: -c.tieLow}
		if got := decide(advantageOf(d, tie, turned(c.bound), true), delta); got != c.want {
			t.Errorf("%s, lower is better: finding %d, want %d", c.name, got, c.want)
		}
	}
}

func TestPosition(t *testing.T) {
	const from, to = 0.2, 0.4
	for _, c := range []struct {
		name                             string
		low, high, insideLow, insideHigh float64
		bound                            Bound
		want                             stats.Position
	}{
		{"inside by the one interval, not by the other", 0.19, 0.41, 0.21, 0.39, Exact, stats.Inside},
		{"touches the lower end", 0.19, 0.39, 0.2, 0.38, Exact, stats.Overlaps},
		{"touches the upper end", 0.21, 0.41, 0.22, 0.4, Exact, stats.Overlaps},
		{"below", 0.1, 0.19, 0.11, 0.18, Exact, stats.Below},
		{"below by one interval only", 0.1, 0.2, 0.11, 0.19, Exact, stats.Overlaps},
		{"above", 0.41, 0.5, 0.42, 0.49, Exact, stats.Above},
		{"above by one interval only", 0.4, 0.5, 0.41, 0.49, Exact, stats.Overlaps},
		{"inside, X cut off", 0.21, 0.39, 0.22, 0.38, AtLeast, stats.Overlaps},
		{"above, X cut off", 0.41, 0.5, 0.42, 0.49, AtLeast, stats.Above},
		{"below, X cut off", 0.1, 0.19, 0.11, 0.18, AtLeast, stats.Overlaps},
		{"below, Y cut off", 0.1, 0.19, 0.11, 0.18, AtMost, stats.Below},
		{"above, Y cut off", 0.41, 0.5, 0.42, 0.49, AtMost, stats.Overlaps},
		{"both cut off", 0.41, 0.5, 0.42, 0.49, Unbound, stats.Overlaps},
	} {
		d := stats.Interval{Low: c.low, High: c.high}
		inside := stats.Interval{Low: c.insideLow, High: c.insideHigh}
		if got := advantageOf(d, inside, c.bound, false).position(from, to); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
		d = stats.Interval{Low: -c.high, High: -c.low}
		inside = stats.Interval{Low: -c.insideHigh, High: -c.insideLow}
		if got := advantageOf(d, inside, turned(c.bound), true).position(from, to); got != c.want {
			t.Errorf("%s, lower is better: %s, want %s", c.name, got, c.want)
		}
	}
}

func turned(b Bound) Bound {
	switch b {
	case AtLeast:
		return AtMost
	case AtMost:
		return AtLeast
	}
	return b
}

func TestBoundOf(t *testing.T) {
	exact := pair{a: point{bound: Exact}, b: point{bound: Exact}}
	for _, c := range []struct {
		name string
		a, b Bound
		want Bound
	}{
		{"none", Exact, Exact, Exact},
		{"X may sustain more", AtLeast, Exact, AtLeast},
		{"Y may sustain more", Exact, AtLeast, AtMost},
		{"X sustains none", AtMost, Exact, AtMost},
		{"Y sustains none", Exact, AtMost, AtLeast},
		{"X more, Y none: both push one way", AtLeast, AtMost, AtLeast},
		{"both may sustain more", AtLeast, AtLeast, Unbound},
		{"both none", AtMost, AtMost, Unbound},
	} {
		if got := boundOf([]pair{exact, {a: point{bound: c.a}, b: point{bound: c.b}}}); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}
