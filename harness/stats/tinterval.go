package stats

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/stat"
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

// TInterval returns mean(d) +- t * s / sqrt(n) with n-1 degrees of freedom (Student 1908;
// NIST/SEMATECH e-Handbook 1.3.5.2). It needs two values.
//
// A sample whose values are all equal has s = 0. The interval is then the point itself and
// Degenerate is set: the formula holds, but it says nothing about how sure one may be, and
// the caller must say so.
func TInterval(d []float64, confidence float64) (Interval, error) {
	mean, err := meanOf(d)
	if err != nil {
		return Interval{}, err
	}
	return mean.interval(confidence)
}

// PairedT returns TInterval of the differences x[i] - y[i].
func PairedT(x, y []float64, confidence float64) (Interval, error) {
	d, err := differences(x, y)
	if err != nil {
		return Interval{}, err
	}
	return TInterval(d, confidence)
}

// meanOf is the mean of d with its standard error s / sqrt(n).
func meanOf(d []float64) (studentized, error) {
	if err := checkSample(d, 2); err != nil {
		return studentized{}, err
	}
	n := len(d)
	if allEqual(d) {
		// stat.MeanStdDev may return a rounding error instead of 0 here.
		return studentized{value: d[0], n: n, flat: true}, nil
	}
	mean, sd := stat.MeanStdDev(d, nil)
	m := studentized{value: mean, standardError: sd / math.Sqrt(float64(n)), freedom: float64(n - 1), n: n}
	return m, checkResult(m.value, m.standardError)
}

func differences(x, y []float64) ([]float64, error) {
	if len(x) != len(y) {
		return nil, fmt.Errorf("%w: %d values against %d; pairs are needed", ErrInput, len(x), len(y))
	}
	d := make([]float64, len(x))
	for i := range x {
		d[i] = x[i] - y[i]
	}
	return d, nil
}

func allEqual(xs []float64) bool {
	for _, x := range xs[1:] {
		if x != xs[0] {
			return false
		}
	}
	return true
}
