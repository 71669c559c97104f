package stats

import (
	"cmp"
	"fmt"
	"slices"
)

// Holm returns the p-values of a family, adjusted step by step (Holm 1979): sorted upward,
// the i-th of m is multiplied by m-i+1, and none may be smaller than the one before it or
// larger than 1. The order of the result is that of p.
//
// Rejecting where an adjusted p-value is at or below alpha keeps the probability of any
// false rejection in the family at or below alpha, however the tests depend on each other.
// It rejects all that Bonferroni (alpha/m for each) does and sometimes more; Bonferroni
// has intervals that match it, at confidence 1 - alpha/m, and Holm has no simple ones.
func Holm(p []float64) ([]float64, error) {
	if err := checkSample(p, 1); err != nil {
		return nil, err
	}
	order := make([]int, len(p))
	for i, v := range p {
		if v < 0 || v > 1 {
			return nil, fmt.Errorf("%w: p-value %d is %g", ErrInput, i+1, v)
		}
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return cmp.Compare(p[a], p[b]) })
	adjusted, largest := make([]float64, len(p)), 0.0
	for rank, i := range order {
		largest = max(largest, min(1, p[i]*float64(len(p)-rank)))
		adjusted[i] = largest
	}
	return adjusted, nil
}
