package stats

import (
	"errors"
	"fmt"
	"math"
)

// ErrInput is wrapped by every error of this package: the numbers handed in do not
// determine an answer.
var ErrInput = errors.New("no statistic")

// checkSample refuses samples that are too small or hold something other than finite numbers.
func checkSample(xs []float64, atLeast int) error {
	if len(xs) < atLeast {
		return fmt.Errorf("%w: %d values, at least %d are needed", ErrInput, len(xs), atLeast)
	}
	for i, x := range xs {
		if !finite(x) {
			return fmt.Errorf("%w: value %d is %g", ErrInput, i+1, x)
		}
	}
	return nil
}

// checkLevel refuses a confidence or probability outside the open interval (0, 1).
func checkLevel(name string, p float64) error {
	if !(p > 0 && p < 1) { // also catches NaN
		return fmt.Errorf("%w: %s %g lies outside 0 to 1", ErrInput, name, p)
	}
	return nil
}

// checkResult refuses results that left the range of float64.
func checkResult(results ...float64) error {
	for _, r := range results {
		if !finite(r) {
			return fmt.Errorf("%w: the result is %g: the values are too large or too far apart", ErrInput, r)
		}
	}
	return nil
}

func finite(x float64) bool { return !math.IsNaN(x) && !math.IsInf(x, 0) }
