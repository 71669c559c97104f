package stats

import (
	"fmt"

	"gonum.org/v1/gonum/stat"
)

// A Line is y = Intercept + Slope x.
type Line struct {
	Slope     float64 // units of y a unit of x
	Intercept float64 // y at x = 0
}

// FitLine returns the least-squares line through the points (x[i], y[i]) (NIST/SEMATECH
// e-Handbook 4.1.4.1). It needs two points, and two different x.
func FitLine(x, y []float64) (Line, error) {
	if err := checkPoints(x, y, 2); err != nil {
		return Line{}, err
	}
	if allEqual(x) {
		return Line{}, fmt.Errorf("%w: every x is %g, so no slope", ErrInput, x[0])
	}
	intercept, slope := stat.LinearRegression(x, y, nil, false)
	return Line{Slope: slope, Intercept: intercept}, checkResult(slope, intercept)
}

// checkPoints refuses points that are too few, not paired or not finite.
func checkPoints(x, y []float64, atLeast int) error {
	if len(x) != len(y) {
		return fmt.Errorf("%w: %d x against %d y", ErrInput, len(x), len(y))
	}
	if err := checkSample(x, atLeast); err != nil {
		return fmt.Errorf("x: %w", err)
	}
	if err := checkSample(y, atLeast); err != nil {
		return fmt.Errorf("y: %w", err)
	}
	return nil
}
