package verdict

import (
	"math"

	"github.com/assay-bench/assay/harness/digits"
	"github.com/assay-bench/assay/harness/stats"
)

// A Gain is X's advantage over Y in per cent, with a two-sided interval: by how much less X is where less is better, by
// how much more where more is. Below 0 where Y is the better one.
type Gain struct {
	Percent    float64 `json:"percent"`
	Low        float64 `json:"low"`
	High       float64 `json:"high"`
	Confidence float64 `json:"confidence"`
	Blocks     int     `json:"blocks"`
}

// advantageFor is the logarithm of an advantage in per cent. 30 % less is -ln 0.7, 30 % more is ln 1.3.
func advantageFor(percent float64, lowerBetter bool) float64 {
	if lowerBetter {
		return -math.Log1p(-percent / 100)
	}
	return math.Log1p(percent / 100)
}

// percentOf takes an advantage back to per cent.
func percentOf(advantage float64, lowerBetter bool) float64 {
	if lowerBetter {
		return -100 * math.Expm1(-advantage)
	}
	return 100 * math.Expm1(advantage)
}

// gainOf writes an interval of ln(X/Y) as an advantage; nil where it has none that is finite.
func gainOf(d stats.Interval, lowerBetter bool) *Gain {
	center, low, high := advantages(d, lowerBetter)
	g := &Gain{percentOf(center, lowerBetter), percentOf(low, lowerBetter), percentOf(high, lowerBetter), shown(d.Confidence), d.N}
	if !finite(g.Percent) || !finite(g.Low) || !finite(g.High) {
		return nil
	}
	g.Percent, g.Low, g.High = shown(g.Percent), shown(g.Low), shown(g.High)
	return g
}

// percents writes the ends of an interval of ln(X/Y) as advantages, which are held against some bounds: "24.1 to 31.0 %".
func percents(d stats.Interval, lowerBetter bool, bounds ...float64) string {
	_, low, high := advantages(d, lowerBetter)
	low, high = shown(percentOf(low, lowerBetter)), shown(percentOf(high, lowerBetter))
	if number(low) == number(high) {
		return digits.Interval(low, high, " to ", inPercent, bounds...)
	}
	return digits.Interval(low, high, " to ", number, bounds...) + " %"
}

func inPercent(v float64) string { return number(v) + " %" }

// advantages turns an interval of ln(X/Y) into one of X's advantage, a logarithm above 0 where X is better.
func advantages(d stats.Interval, lowerBetter bool) (center, low, high float64) {
	if lowerBetter {
		return -d.Center, -d.High, -d.Low
	}
	return d.Center, d.Low, d.High
}
