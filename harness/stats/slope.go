package stats

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/floats"
)

// Slope returns the least-squares slope of y on x, in units of y a unit of x, with its t
// interval (Draper and Smith, Applied Regression Analysis, section 1.4). With x the order
// of the run it shows drift: how much y changes from one trial to the next.
//
// Factors are taken out of both x and y first, as in Residuals, so that drift is not
// confused with differences of blocks or targets that happened to come early or late.
// That is the slope of the model with the factors in it (Frisch and Waugh 1933; Lovell
// 1963), with its n - fitted - 1 degrees of freedom; of residuals alone the slope would be
// too small and its degrees of freedom too many. At least one must be left: three points
// without factors.
//
// Degenerate is set where the points lie on a line: nothing is left to judge the slope by.
func Slope(x, y []float64, confidence float64, factors ...[]int) (Interval, error) {
	s, err := slopeOf(x, y, factors)
	if err != nil {
		return Interval{}, err
	}
	return s.interval(confidence)
}

// SlopeTest tests whether the slope of Slope is 0: is there drift, or an effect of the
// order? For d = ln(X/Y) of each block and x = 1 where X came before Y, else 0, it is
// Student's two-sample test of the effect of going first.
func SlopeTest(x, y []float64, factors ...[]int) (Test, error) {
	s, err := slopeOf(x, y, factors)
	if err != nil {
		return Test{}, err
	}
	return s.test(0)
}

func slopeOf(x, y []float64, factors [][]int) (studentized, error) {
	if err := checkPoints(x, y, 3); err != nil {
		return studentized{}, err
	}
	rx, fitted, err := Residuals(x, factors...)
	if err != nil {
		return studentized{}, fmt.Errorf("x: %w", err)
	}
	ry, _, err := Residuals(y, factors...)
	if err != nil {
		return studentized{}, fmt.Errorf("y: %w", err)
	}
	n, freedom := len(x), float64(len(x)-fitted-1)
	switch {
	case allEqual(rx):
		return studentized{}, fmt.Errorf("%w: the x are all equal, or the factors determine them, so no slope", ErrInput)
	case freedom < 1:
		return studentized{}, fmt.Errorf("%w: %d points for %d parameters and a slope leave no degree of freedom", ErrInput, n, fitted)
	}
	spread := floats.Dot(rx, rx)
	value := floats.Dot(rx, ry) / spread
	off := floats.AddScaledTo(make([]float64, n), ry, -value, rx)
	if largest(off) <= rounding*largest(y) {
		return studentized{value: value, n: n, flat: true}, checkResult(value)
	}
	se := math.Sqrt(floats.Dot(off, off) / freedom / spread)
	return studentized{value: value, standardError: se, freedom: freedom, n: n}, checkResult(value, se)
}
