package stats

import (
	"fmt"
	"math"
	"slices"

	"gonum.org/v1/gonum/floats"
)

// TestedSlope returns the least-squares slope of y on x, in units of y a unit of x, and the t
// test of whether it is 0 (Draper and Smith, Applied Regression Analysis, section 1.4). With
// x the order of the run it shows drift: how much y changes from one trial to the next. For
// d = ln(X/Y) of each block and x = 1 where X came before Y, else 0, it is Student's
// two-sample test of the effect of going first.
//
// Factors are taken out of both x and y first, as in Residuals, so that drift is not
// confused with differences of blocks or targets that happened to come early or late.
// That is the slope of the model with the factors in it (Frisch and Waugh 1933; Lovell
// 1963), with its n - fitted - 1 degrees of freedom; of residuals alone the slope would be
// too small and its degrees of freedom too many. At least one must be left: three points
// without factors.
//
// Degenerate is set where the points lie on a line: nothing is left to judge the slope by.
func TestedSlope(x, y []float64, factors ...[]int) (slope float64, t Test, err error) {
	s, err := slopeOf(x, y, factors)
	if err != nil {
		return 0, Test{}, err
	}
	t, err = s.test(0)
	return s.value, t, err
}

func slopeOf(x, y []float64, factors [][]int) (studentized, error) {
	if err := checkPoints(x, y, 3); err != nil {
		return studentized{}, err
	}
	basis, err := basisOf(len(x), factors)
	if err != nil {
		return studentized{}, err
	}
	rx, ry := project(x, basis), project(y, basis)
	if err := checkResult(slices.Concat(rx, ry)...); err != nil {
		return studentized{}, err
	}
	n, fitted, freedom := len(x), len(basis), float64(len(x)-len(basis)-1)
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
