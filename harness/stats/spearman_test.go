package stats

import (
	"maps"
	"math"
	"math/rand/v2"
	"testing"
)

// Critical values of the rank correlation at a two-sided 5 % (Zar, "Significance testing of
// the Spearman rank correlation coefficient", JASA 67, 1972): the smallest rho whose
// p-value is at most 5 %. Three decimals.
func TestSpearmanCriticalValues(t *testing.T) {
	for n, want := range map[int]float64{5: 1, 6: 0.886, 7: 0.786, 8: 0.738, 9: 0.700} {
		ways, orders := squaresWays(n), 1.0
		for i := range n {
			orders *= float64(i + 1)
		}
		sum, critical := 0, 0.0
		for squares := 0; ; squares += 2 {
			if sum += ways[squares]; 2*float64(sum)/orders > 0.05 {
				break
			}
			if ways[squares] > 0 {
				critical = rhoOf(squares, n)
			}
		}
		near(t, "critical value", critical, want, 0.0006)
	}
}

// The p-values against a count of all orders by the sum of squared rank differences.
func TestSpearmanByEnumeration(t *testing.T) {
	for n := 3; n <= maxSpearmanExact; n++ {
		ways := squaresWays(n)
		for _, y := range permutations(n, 20) {
			squares, atMost, all := 0, 0.0, 0.0
			for i, v := range y {
				squares += (int(v) - i - 1) * (int(v) - i - 1)
			}
			for s, w := range ways {
				all += float64(w)
				if s <= squares {
					atMost += float64(w)
				}
			}
			got := mustSpearman(t, count(n), y)
			near(t, "rho", got.Statistic, rhoOf(squares, n), 1e-12)
			near(t, "greater", got.Greater, atMost/all, 1e-14)
			near(t, "less", got.Less, (all-atMost+float64(ways[squares]))/all, 1e-14)
		}
	}
}

// The count of orders itself, for three: squares 0, 2 twice, 6 twice, 8.
func TestSquaresWays(t *testing.T) {
	if got, want := squaresWays(3), map[int]int{0: 1, 2: 2, 6: 2, 8: 1}; !maps.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}

// squaresWays counts the orders of 1 ... n by the sum of (place - value)^2, one place after
// the other.
func squaresWays(n int) map[int]int {
	ways := map[int]int{}
	var place func(at, used, squares int)
	place = func(at, used, squares int) {
		if at == n {
			ways[squares]++
			return
		}
		for v := range n {
			if used&(1<<v) == 0 {
				place(at+1, used|1<<v, squares+(v-at)*(v-at))
			}
		}
	}
	place(0, 0, 0)
	return ways
}

// rhoOf is the rank correlation without ties.
func rhoOf(squares, n int) float64 {
	return 1 - 6*float64(squares)/float64(n*(n*n-1))
}

// Tuna, lightness and panel score: Hollander and Wolfe, Nonparametric Statistical Methods,
// example 8.1 (example of R's cor.test). The p-values were found with numpy by looking at
// all 9! orders.
func TestSpearmanTuna(t *testing.T) {
	got := mustSpearman(t,
		[]float64{44.4, 45.9, 41.9, 53.3, 44.7, 44.1, 50.7, 45.2, 60.1},
		[]float64{2.6, 3.1, 2.5, 5.0, 3.6, 4.0, 5.2, 2.8, 3.8})
	near(t, "rho", got.Statistic, 0.6, 1e-12)
	near(t, "less", got.Less, 0.9571373456790123, 1e-12)
	near(t, "greater", got.Greater, 0.04839891975308642, 1e-12)
	near(t, "two-sided", got.TwoSided, 2*0.04839891975308642, 1e-12)
	near(t, "freedom", got.Freedom, 0, 0)
}

// Ties in both, again against all orders (numpy).
func TestSpearmanTies(t *testing.T) {
	got := mustSpearman(t, []float64{1, 2, 2, 4, 5, 6, 7}, []float64{3, 1, 4, 4, 5, 9, 9})
	near(t, "rho", got.Statistic, 0.9082951062292476, 1e-12)
	near(t, "less", got.Less, 0.9984126984126984, 1e-12)
	near(t, "greater", got.Greater, 0.006349206349206349, 1e-12)
}

// From ten pairs on, Student's t: values by scipy 1.17.1, spearmanr.
func TestSpearmanApproximation(t *testing.T) {
	x := count(12)
	got := mustSpearman(t, x, []float64{3, 1, 2, 12, 5, 7, 7, 4, 9, 8, 6, 6})
	near(t, "rho", got.Statistic, 0.4771959199593026, 1e-12)
	near(t, "two-sided", got.TwoSided, 0.11670671668806785, 1e-10)
	near(t, "greater", got.Greater, 0.05835335834403393, 1e-10)
	near(t, "freedom", got.Freedom, 10, 0)
	up := mustSpearman(t, x, x)
	near(t, "the same order over 1/12!", up.Greater*479001600, 1, 1e-9)
	near(t, "the same order, less", up.Less, 1, 0)
	down := mustSpearman(t, x, affine(x, -1, 0))
	near(t, "the opposite order over 1/12!", down.Less*479001600, 1, 1e-9)
}

// The approximation against the exact value at nine pairs, where both can be had: the
// larger of two tails is not off by more than 0.013, one below 10 % not by more than 0.005.
func TestSpearmanApproximationError(t *testing.T) {
	for _, y := range permutations(9, 200) {
		exact := mustSpearman(t, count(9), y)
		less, greater, err := spearmanTails(exact.Statistic, 9)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range []struct{ got, want float64 }{{less, exact.Less}, {greater, exact.Greater}} {
			near(t, "tail", c.got, c.want, 0.013)
			if c.want <= 0.1 {
				near(t, "small tail", c.got, c.want, 0.005)
			}
		}
	}
}

// Any increasing change of x or y leaves everything; a decreasing one exchanges the tails.
func TestSpearmanInvariance(t *testing.T) {
	random := rand.New(rand.NewPCG(61, 62))
	for range 60 {
		n := 3 + random.IntN(10)
		x, y := normals(random, n, 0, 1), normals(random, n, 0, 1)
		base := mustSpearman(t, x, y)
		grown := make([]float64, n)
		for i := range y {
			grown[i] = math.Exp(y[i])
		}
		if got := mustSpearman(t, affine(x, 3, 1), grown); got != base {
			t.Errorf("increasing change: %+v, was %+v", got, base)
		}
		falling := mustSpearman(t, x, affine(y, -1, 0))
		near(t, "rho falling", falling.Statistic, -base.Statistic, 1e-12)
		near(t, "less falling", falling.Less, base.Greater, 1e-9)
		exchanged := mustSpearman(t, y, x)
		near(t, "greater exchanged", exchanged.Greater, base.Greater, 1e-12)
	}
}

func TestSpearmanWithoutSpread(t *testing.T) {
	got := mustSpearman(t, []float64{1, 2, 3}, []float64{5, 5, 5})
	if want := (Test{N: 3, TwoSided: 1, Less: 1, Greater: 1, Degenerate: true}); got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

func mustSpearman(t *testing.T, x, y []float64) Test {
	t.Helper()
	got, err := Spearman(x, y)
	if err != nil {
		t.Fatal(err)
	}
	return got
}

// count is 1 ... n.
func count(n int) []float64 {
	xs := make([]float64, n)
	for i := range xs {
		xs[i] = float64(i + 1)
	}
	return xs
}

// permutations draws orders of 1 ... n with a fixed seed.
func permutations(n, draws int) [][]float64 {
	random := rand.New(rand.NewPCG(63, uint64(n)))
	out := make([][]float64, draws)
	for i := range out {
		out[i] = count(n)
		random.Shuffle(n, func(a, b int) { out[i][a], out[i][b] = out[i][b], out[i][a] })
	}
	return out
}
