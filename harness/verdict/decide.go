package verdict

import (
	"github.com/assay-bench/assay/harness/stats"
)

// A finding is what an interval says of "X beats Y".
type finding int

const (
	open   finding = iota // none of the others
	beats                 // X is better by more than the margin
	worse                 // X is worse
	tied                  // the two are equal within the margin
	slight                // X is better, by less than the margin: no tie, nor what was claimed
)

func (f finding) verdict() Verdict {
	switch f {
	case beats:
		return Supported
	case worse, tied:
		return Refuted
	}
	return Inconclusive
}

// An advantage is what is known of X's advantage over Y: logarithms, above 0 where X is
// better, whichever direction is better for the metric.
type advantage struct {
	low, high           float64 // at the level that shows a difference
	tieLow, tieHigh     float64 // at the level that shows equality
	lowHolds, highHolds bool    // false where censored values void that end
}

// advantageOf orients the intervals of d = ln(X/Y). bound is of X/Y.
func advantageOf(d, tie stats.Interval, bound Bound, lowerBetter bool) advantage {
	a := advantage{
		low: d.Low, high: d.High, tieLow: tie.Low, tieHigh: tie.High,
		lowHolds: bound == Exact || bound == AtLeast, highHolds: bound == Exact || bound == AtMost,
	}
	if lowerBetter {
		a.low, a.high = -d.High, -d.Low
		a.tieLow, a.tieHigh = -tie.High, -tie.Low
		a.lowHolds, a.highHolds = a.highHolds, a.lowHolds
	}
	return a
}

// decide applies the rule of the shape better; delta is the logarithm of the margin.
//
// Censoring: where X may be better than recorded, the mean of the recorded differences
// is a lower bound of the true mean, so the lower end of its interval still holds and the
// upper end does not. So "X beats Y" can be shown although X's ladder was cut off, "X is
// worse" although Y's was, and a tie only where neither was.
func decide(a advantage, delta float64) finding {
	switch {
	case a.lowHolds && a.low > delta:
		return beats
	case a.highHolds && a.high < 0:
		return worse
	case a.lies(-delta, delta):
		if a.low > 0 {
			return slight
		}
		return tied
	}
	return open
}

// excludesEquality reports whether a difference was shown, of whatever size.
func (a advantage) excludesEquality() bool {
	return a.lowHolds && a.low > 0 || a.highHolds && a.high < 0
}

// lies reports whether the interval that shows equality lies inside: two one-sided tests (stats.TOST).
func (a advantage) lies(low, high float64) bool {
	return a.lowHolds && a.highHolds && stats.Interval{Low: a.tieLow, High: a.tieHigh}.Position(low, high) == stats.Inside
}

// position says where the advantage lies, seen from low to high. Inside is shown by the
// interval that shows equality, Below and Above by the one that shows a difference; ends
// that censoring voids show nothing, and nothing lies inside or outside of what has no lower and no upper end.
func (a advantage) position(low, high float64) stats.Position {
	switch {
	case !(low < high):
		return stats.Overlaps
	case a.lies(low, high):
		return stats.Inside
	case a.highHolds && a.high < low:
		return stats.Below
	case a.lowHolds && a.low > high:
		return stats.Above
	}
	return stats.Overlaps
}

// positionVerdict is what a position says of "it lies inside".
func positionVerdict(p stats.Position) Verdict {
	switch p {
	case stats.Inside:
		return Supported
	case stats.Below, stats.Above:
		return Refuted
	}
	return Inconclusive
}

// boundOf combines the censoring of all pairs into that of the mean of ln(a/b).
func boundOf(pairs []pair) Bound {
	var more, less bool // the true ratio may be more, or less, than the recorded one
	for _, p := range pairs {
		more = more || p.a.bound == AtLeast || p.b.bound == AtMost
		less = less || p.a.bound == AtMost || p.b.bound == AtLeast
	}
	switch {
	case more && less:
		return Unbound
	case more:
		return AtLeast
	case less:
		return AtMost
	}
	return Exact
}
