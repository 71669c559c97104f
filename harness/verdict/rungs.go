package verdict

import (
	"math"

	"github.com/assay-bench/assay/harness/stats"
)

// widen moves the ends of a comparison's intervals to where the truth may lie between the rungs of a ladder: the lower end
// is that of X at its rung and Y right below its next one, the upper end that of X right below its next one and Y at its
// rung. So rungs that are the same show no tie, and neighbouring ones no difference of more than the margin
// (docs/decisions/0025-between-the-rungs.md). An end that a ladder cut off voids keeps what was recorded: the bound says so.
func (k *comparison) widen(levels []step) error {
	least, most := make([]float64, len(k.pairs)), make([]float64, len(k.pairs))
	for i, p := range k.pairs {
		least[i], most[i] = math.Log(p.a.least()/p.b.most), math.Log(p.a.most/p.b.least())
	}
	for _, s := range levels {
		if allFinite(least) {
			in, err := s.method(least, s.level)
			if err != nil {
				return err
			}
			s.into.Low = in.Low
		}
		if allFinite(most) {
			in, err := s.method(most, s.level)
			if err != nil {
				return err
			}
			s.into.High = in.High
		}
	}
	return nil
}

// A step is an interval of a comparison: where it goes, by which method and at which level it is taken.
type step struct {
	into   *stats.Interval
	method func([]float64, float64) (stats.Interval, error)
	level  float64
}

// least is the smallest number that the truth can be.
func (p point) least() float64 {
	if p.bound == AtMost {
		return 0
	}
	return p.calc
}

func allFinite(values []float64) bool {
	for _, v := range values {
		if !finite(v) {
			return false
		}
	}
	return true
}
