package stats

import (
	"fmt"

	"gonum.org/v1/gonum/stat/distuv"
)

// StudentQuantile returns the p-quantile of Student's t distribution with nu degrees of
// freedom (Abramowitz and Stegun 26.7; computed by gonum through the inverse incomplete
// beta function).
func StudentQuantile(p, nu float64) (float64, error) {
	if err := checkLevel("probability", p); err != nil {
		return 0, err
	}
	if err := checkFreedom(nu); err != nil {
		return 0, err
	}
	q := distuv.StudentsT{Mu: 0, Sigma: 1, Nu: nu}.Quantile(p)
	return q, checkResult(q)
}

// StudentTail returns P(T >= t) of Student's t distribution with nu degrees of freedom
// (Abramowitz and Stegun 26.7.1). Small tails keep their digits: none is computed as 1
// minus a probability near 1.
func StudentTail(t, nu float64) (float64, error) {
	if !finite(t) {
		return 0, fmt.Errorf("%w: t is %g", ErrInput, t)
	}
	if err := checkFreedom(nu); err != nil {
		return 0, err
	}
	tail := distuv.StudentsT{Mu: 0, Sigma: 1, Nu: nu}.Survival(t)
	return tail, checkResult(tail)
}

func checkFreedom(nu float64) error {
	if !(nu > 0) || !finite(nu) {
		return fmt.Errorf("%w: %g degrees of freedom", ErrInput, nu)
	}
	return nil
}

// A studentized is an estimate whose error, divided by its standard error, follows
// Student's t distribution: what an interval and a test have in common.
type studentized struct {
	value         float64 // in the unit of the sample
	standardError float64 // in the unit of the sample
	freedom       float64 // degrees of freedom
	n             int     // values behind it
	flat          bool    // no spread: the standard error is 0 and freedom has no meaning
}

// interval returns value +- t * standardError.
func (s studentized) interval(confidence float64) (Interval, error) {
	if err := checkLevel("confidence", confidence); err != nil {
		return Interval{}, err
	}
	if s.flat {
		return Interval{Center: s.value, Low: s.value, High: s.value, Confidence: confidence, N: s.n, Degenerate: true}, nil
	}
	t, err := StudentQuantile(0.5+confidence/2, s.freedom)
	if err != nil {
		return Interval{}, err
	}
	half := t * s.standardError
	in := Interval{Center: s.value, Low: s.value - half, High: s.value + half, Confidence: confidence, N: s.n}
	return in, checkResult(in.Center, in.Low, in.High)
}

// test compares the estimate with null.
func (s studentized) test(null float64) (Test, error) {
	if !finite(null) {
		return Test{}, fmt.Errorf("%w: the value tested is %g", ErrInput, null)
	}
	if s.flat {
		return flatTest(s.value, null, s.n), nil
	}
	t := (s.value - null) / s.standardError
	greater, err := StudentTail(t, s.freedom)
	if err != nil {
		return Test{}, err
	}
	less, err := StudentTail(-t, s.freedom)
	if err != nil {
		return Test{}, err
	}
	return Test{
		Null: null, Statistic: t, Freedom: s.freedom, N: s.n,
		TwoSided: twoSided(less, greater), Less: less, Greater: greater,
	}, nil
}
