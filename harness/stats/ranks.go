package stats

import (
	"cmp"
	"slices"
)

// doubledRanks returns twice the rank of each value, 2 ... 2n; equal values share the mean
// of their ranks. Doubled, a mean of ranks is a whole number.
func doubledRanks(xs []float64) []int {
	order := make([]int, len(xs))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return cmp.Compare(xs[a], xs[b]) })
	ranks := make([]int, len(xs))
	for from := 0; from < len(order); {
		to := from + 1
		for to < len(order) && xs[order[to]] == xs[order[from]] {
			to++
		}
		for _, i := range order[from:to] {
			ranks[i] = from + 1 + to // (from+1) ... to, first plus last
		}
		from = to
	}
	return ranks
}
