package stats

import (
	"fmt"
	"math"
	"slices"

	"gonum.org/v1/gonum/stat"
)

// GeometricMean returns (x1 * ... * xn)^(1/n), computed as exp of the mean logarithm.
// Every value must be greater than zero.
func GeometricMean(xs []float64) (float64, error) {
	logs, err := Logs(xs)
	if err != nil {
		return 0, err
	}
	mean := math.Exp(stat.Mean(logs, nil))
	return mean, checkResult(mean)
}

// Median returns the middle value, or the mean of the two middle ones. xs is not changed.
func Median(xs []float64) (float64, error) {
	if err := checkSample(xs, 1); err != nil {
		return 0, err
	}
	sorted := slices.Clone(xs)
	slices.Sort(sorted)
	return middle(sorted), nil
}

// middle is the median of a sorted sample that is not empty.
func middle(sorted []float64) float64 {
	n := len(sorted)
	if n%2 == 1 {
		return sorted[n/2]
	}
	// Halves first: the sum of two large values would overflow.
	return sorted[n/2-1]/2 + sorted[n/2]/2
}

// Logs returns the natural logarithm of each value. Every value must be greater than zero.
func Logs(xs []float64) ([]float64, error) {
	if err := checkSample(xs, 1); err != nil {
		return nil, err
	}
	logs := make([]float64, len(xs))
	for i, x := range xs {
		if x <= 0 {
			return nil, fmt.Errorf("%w: value %d is %g; a logarithm needs positive values", ErrInput, i+1, x)
		}
		logs[i] = math.Log(x)
	}
	return logs, nil
}

// LogRatios returns ln(x/y) for each pair. Every value must be greater than zero.
func LogRatios(x, y []float64) ([]float64, error) {
	if len(x) != len(y) {
		return nil, fmt.Errorf("%w: %d values against %d; pairs are needed", ErrInput, len(x), len(y))
	}
	d := make([]float64, len(x))
	for i := range x {
		if !(x[i] > 0 && y[i] > 0) || !finite(x[i]) || !finite(y[i]) {
			return nil, fmt.Errorf("%w: pair %d is %g and %g; a ratio of logarithms needs positive values", ErrInput, i+1, x[i], y[i])
		}
		// A difference, not Log(x/y): the quotient may overflow where the logarithms do not.
		d[i] = math.Log(x[i]) - math.Log(y[i])
	}
	return d, nil
}
