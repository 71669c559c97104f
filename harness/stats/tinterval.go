package stats

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/stat"
	"gonum.org/v1/gonum/stat/distuv"
)

// An Interval is an estimate with its two-sided confidence interval, in the unit of the sample.
type Interval struct {
	Center     float64 // the estimate
	Low        float64
	High       float64
	Confidence float64 // the level that the interval has, e.g. 0.95
	N          int     // values behind it
	Degenerate bool    // no spread in the sample: Low = Center = High
}

// StudentQuantile returns the p-quantile of Student's t distribution with nu degrees of
// freedom (Abramowitz and Stegun 26.7; computed by gonum through the inverse incomplete
// beta function).
func StudentQuantile(p, nu float64) (float64, error) {
	if err := checkLevel("probability", p); err != nil {
		return 0, err
	}
	if !(nu > 0) || !finite(nu) {
		return 0, fmt.Errorf("%w: %g degrees of freedom", ErrInput, nu)
	}
	q := distuv.StudentsT{Mu: 0, Sigma: 1, Nu: nu}.Quantile(p)
	return q, checkResult(q)
}

// TInterval returns mean(d) +- t * s / sqrt(n) with n-1 degrees of freedom (Student 1908;
// NIST/SEMATECH e-Handbook 1.3.5.2). It needs two values.
//
// A sample whose values are all equal has s = 0. The interval is then the point itself and
// Degenerate is set: the formula holds, but it says nothing about how sure one may be, and
// the caller must say so.
func TInterval(d []float64, confidence float64) (Interval, error) {
	if err := checkSample(d, 2); err != nil {
		return Interval{}, err
	}
	if err := checkLevel("confidence", confidence); err != nil {
		return Interval{}, err
	}
	n := len(d)
	if allEqual(d) {
		// stat.MeanStdDev may return a rounding error instead of 0 here.
		return Interval{Center: d[0], Low: d[0], High: d[0], Confidence: confidence, N: n, Degenerate: true}, nil
	}
	mean, sd := stat.MeanStdDev(d, nil)
	t, err := StudentQuantile(0.5+confidence/2, float64(n-1))
	if err != nil {
		return Interval{}, err
	}
	half := t * sd / math.Sqrt(float64(n))
	in := Interval{Center: mean, Low: mean - half, High: mean + half, Confidence: confidence, N: n}
	return in, checkResult(in.Center, in.Low, in.High)
}

// PairedT returns TInterval of the differences x[i] - y[i].
func PairedT(x, y []float64, confidence float64) (Interval, error) {
	if len(x) != len(y) {
		return Interval{}, fmt.Errorf("%w: %d values against %d; pairs are needed", ErrInput, len(x), len(y))
	}
	d := make([]float64, len(x))
	for i := range x {
		d[i] = x[i] - y[i]
	}
	return TInterval(d, confidence)
}

func allEqual(xs []float64) bool {
	for _, x := range xs[1:] {
		if x != xs[0] {
			return false
		}
	}
	return true
}
