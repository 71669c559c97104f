package stats

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/stat"
)

// maxSpearmanExact is the largest sample of which Spearman looks at all n! orders.
const maxSpearmanExact = 9

// Spearman returns the rank correlation of x and y as Statistic, and tests it against none
// (Spearman 1904; Hollander and Wolfe, Nonparametric Statistical Methods, 2nd ed., section
// 8.5). Equal values share the mean of their ranks. Greater is small where y rises with x,
// Less where it falls. It needs three pairs and two different x.
//
// Up to nine pairs the p-values are exact: the share of all n! orders of y's ranks, ties
// included, whose correlation is as high or as low. From ten on, rho * sqrt((n-2) / (1 -
// rho^2)) is taken as Student's t with n-2 degrees of freedom, and no p-value is below
// 1/n!, which no exact one can be. Freedom tells the two apart. Tails below 10 % are then
// too small by up to 0.0034 at ten pairs and 0.0022 at twelve (by counting all orders).
//
// Residuals against the order of the run show drift that need not be a line. The p-values
// are then approximate, since residuals depend on each other a little; SlopeTest with the
// factors is exact where the errors are normal.
//
// With y all equal there is nothing to rank: Degenerate, and every p-value is 1.
func Spearman(x, y []float64) (Test, error) {
	if err := checkPoints(x, y, 3); err != nil {
		return Test{}, err
	}
	if allEqual(x) {
		return Test{}, fmt.Errorf("%w: every x is %g, so no correlation", ErrInput, x[0])
	}
	n := len(x)
	if allEqual(y) {
		return Test{N: n, Degenerate: true, TwoSided: 1, Less: 1, Greater: 1}, nil
	}
	rx, ry := doubledRanks(x), doubledRanks(y)
	t := Test{Statistic: stat.Correlation(asFloats(rx), asFloats(ry), nil), N: n}
	if n <= maxSpearmanExact {
		t.Less, t.Greater = permutationTails(rx, ry)
	} else {
		t.Freedom = float64(n - 2)
		var err error
		if t.Less, t.Greater, err = spearmanTails(t.Statistic, n); err != nil {
			return Test{}, err
		}
	}
	t.TwoSided = twoSided(t.Less, t.Greater)
	return t, nil
}

// permutationTails returns the shares of all orders of b in which the sum of a[i]*b[i] is
// at most, and at least, that of the order given. b is put into every order by Heap's
// algorithm (Heap 1963), each by one exchange, and is left in some other order.
func permutationTails(a, b []int) (less, greater float64) {
	sum := 0
	for i := range a {
		sum += a[i] * b[i]
	}
	observed, all, low, high := sum, 0, 0, 0
	count := func() {
		all++
		if sum <= observed {
			low++
		}
		if sum >= observed {
			high++
		}
	}
	count()
	state := make([]int, len(b))
	for i := 1; i < len(b); {
		if state[i] == i {
			state[i] = 0
			i++
			continue
		}
		j := state[i] * (i % 2) // 0 for even i
		sum += (a[i] - a[j]) * (b[j] - b[i])
		b[i], b[j] = b[j], b[i]
		count()
		state[i]++
		i = 1
	}
	return float64(low) / float64(all), float64(high) / float64(all)
}

// spearmanTails approximates the tails by Student's t.
func spearmanTails(rho float64, n int) (less, greater float64, err error) {
	least := 1 / math.Gamma(float64(n)+1) // 1/n!, 0 from n = 171 on
	away := (1 - rho) * (1 + rho)
	if away < 1e-12 { // the same order or the opposite one: t is infinite, up to rounding
		less, greater = 1, least
		if rho < 0 {
			less, greater = greater, less
		}
		return less, greater, nil
	}
	t := rho * math.Sqrt(float64(n-2)/away)
	if less, err = StudentTail(-t, float64(n-2)); err != nil {
		return 0, 0, err
	}
	greater, err = StudentTail(t, float64(n-2))
	return max(less, least), max(greater, least), err
}

func asFloats(xs []int) []float64 {
	out := make([]float64, len(xs))
	for i, x := range xs {
		out[i] = float64(x)
	}
	return out
}
