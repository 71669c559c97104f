package stats

import (
	"fmt"
	"math"
	"slices"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"
)

// rounding is the share of a quantity's size that counts as nothing but rounding.
const rounding = 1e-12

// Residuals returns what is left of y when one mean and the effects of the factors are
// taken out by least squares (the additive model of a block design: Montgomery, Design and
// Analysis of Experiments, "The Randomized Complete Block Design"), and how many
// parameters that took. A factor gives each value of y the label of its group, such as its
// block or its target. Groups may be of any size; without factors the mean alone is taken
// out.
//
// Values that the factors determine wholly come back as 0, not as rounding errors.
func Residuals(y []float64, factors ...[]int) (left []float64, fitted int, err error) {
	if err := checkSample(y, 1); err != nil {
		return nil, 0, err
	}
	basis, err := basisOf(len(y), factors)
	if err != nil {
		return nil, 0, err
	}
	left = project(y, basis)
	return left, len(basis), checkResult(left...)
}

// basisOf is an orthonormal basis of the model of n values.
func basisOf(n int, factors [][]int) ([][]float64, error) {
	for i, f := range factors {
		if len(f) != n {
			return nil, fmt.Errorf("%w: factor %d labels %d values of %d", ErrInput, i+1, len(f), n)
		}
	}
	return spannedBy(design(n, factors))
}

// design returns the columns of the model: ones, and for each group of each factor 1 where
// a value is of that group. They are not independent.
func design(n int, factors [][]int) [][]float64 {
	ones := make([]float64, n)
	for i := range ones {
		ones[i] = 1
	}
	columns := [][]float64{ones}
	for _, f := range factors {
		column := make(map[int]int) // label -> index into columns
		for i, label := range f {
			at, ok := column[label]
			if !ok {
				at = len(columns)
				column[label] = at
				columns = append(columns, make([]float64, n))
			}
			columns[at][i] = 1
		}
	}
	return columns
}

// spannedBy returns an orthonormal basis of what the columns span: the left singular
// vectors whose singular values are more than rounding errors.
func spannedBy(columns [][]float64) ([][]float64, error) {
	m := mat.NewDense(len(columns[0]), len(columns), nil)
	for j, c := range columns {
		m.SetCol(j, c)
	}
	var svd mat.SVD
	if !svd.Factorize(m, mat.SVDThinU) {
		return nil, fmt.Errorf("%w: the factors can't be decomposed", ErrInput)
	}
	var u mat.Dense
	svd.UTo(&u)
	values := svd.Values(nil) // largest first
	var basis [][]float64
	for j, v := range values {
		if v > 1e-9*values[0] {
			basis = append(basis, mat.Col(nil, j, &u))
		}
	}
	return basis, nil
}

// project returns y without its components along the basis.
func project(y []float64, basis [][]float64) []float64 {
	left := slices.Clone(y)
	for range 2 { // the second time takes out the rounding errors of the first
		for _, b := range basis {
			floats.AddScaled(left, -floats.Dot(left, b), b)
		}
	}
	if largest(left) <= rounding*largest(y) {
		clear(left)
	}
	return left
}

// largest is the largest absolute value.
func largest(xs []float64) float64 { return floats.Norm(xs, math.Inf(1)) }
