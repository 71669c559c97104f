package stats

import (
	"math/rand/v2"
	"testing"
)

// unbalanced is a block design with one target twice in the last block.
var unbalanced = struct {
	block, target []int
	order, y      []float64
}{
	block:  []int{1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4, 4},
	target: []int{0, 1, 2, 0, 1, 2, 0, 1, 2, 0, 1, 2, 2},
	order:  []float64{1, 3, 2, 5, 4, 6, 9, 8, 7, 10, 13, 11, 12},
	y:      []float64{1.0, 2.1, 3.2, 1.4, 2.2, 3.9, 1.9, 2.8, 3.6, 2.2, 3.4, 4.1, 4.4},
}

// Against statsmodels 0.15.0: OLS on ones, three block columns and two target columns.
func TestResidualsUnbalanced(t *testing.T) {
	got, fitted, err := Residuals(unbalanced.y, unbalanced.block, unbalanced.target)
	if err != nil {
		t.Fatal(err)
	}
	if fitted != 6 {
		t.Errorf("%d parameters, want 6", fitted)
	}
	for i, want := range []float64{
		-0.06851851851851953, 0.03148148148148033, 0.037037037037035425, -0.06851851851852042, -0.2685185185185208,
		0.3370370370370339, 0.1648148148148132, 0.06481481481481266, -0.22962962962963207, -0.027777777777780344,
		0.17222222222221895, -0.22222222222222676, 0.07777777777777395,
	} {
		near(t, "residual", got[i], want, 1e-12)
	}
}

// Balanced blocks have a closed form: y - mean of its block - mean of its target + mean.
func TestResidualsBalanced(t *testing.T) {
	const blocks, targets = 6, 4
	random := rand.New(rand.NewPCG(71, 72))
	var y, byBlock, byTarget = make([]float64, blocks*targets), make([]float64, blocks), make([]float64, targets)
	var block, target []int
	mean := 0.0
	for i := range y {
		b, g := i/targets, i%targets
		y[i] = 100 + 5*float64(b) + 30*float64(g) + random.NormFloat64()
		block, target = append(block, 10*b), append(target, -g)
		byBlock[b] += y[i] / targets
		byTarget[g] += y[i] / blocks
		mean += y[i] / (blocks * targets)
	}
	got, fitted, err := Residuals(y, block, target)
	if err != nil {
		t.Fatal(err)
	}
	if want := 1 + (blocks - 1) + (targets - 1); fitted != want {
		t.Errorf("%d parameters, want %d", fitted, want)
	}
	for i := range y {
		near(t, "residual", got[i], y[i]-byBlock[i/targets]-byTarget[i%targets]+mean, 1e-11)
	}
}

// Without factors: deviations from the mean. A factor given twice changes nothing.
func TestResidualsFactors(t *testing.T) {
	got, fitted, err := Residuals([]float64{1, 2, 6})
	if err != nil {
		t.Fatal(err)
	}
	if fitted != 1 {
		t.Errorf("%d parameters, want 1", fitted)
	}
	for i, want := range []float64{-2, -1, 3} {
		near(t, "deviation", got[i], want, 1e-14)
	}
	_, once, err := Residuals(unbalanced.y, unbalanced.block)
	if err != nil {
		t.Fatal(err)
	}
	_, twice, err := Residuals(unbalanced.y, unbalanced.block, unbalanced.block)
	if err != nil {
		t.Fatal(err)
	}
	if once != 4 || twice != 4 {
		t.Errorf("%d and %d parameters, want 4", once, twice)
	}
}

// What the factors determine is 0, exactly; what they leave has mean 0 in every group, and
// nothing more is taken out of it a second time.
func TestResidualsProperties(t *testing.T) {
	determined := make([]float64, len(unbalanced.y))
	for i := range determined {
		determined[i] = 0.1*float64(unbalanced.block[i]) + 7.3*float64(unbalanced.target[i])
	}
	got, _, err := Residuals(determined, unbalanced.block, unbalanced.target)
	if err != nil {
		t.Fatal(err)
	}
	for _, v := range got {
		near(t, "residual of an additive y", v, 0, 0)
	}
	random := rand.New(rand.NewPCG(73, 74))
	for range 100 {
		y := normals(random, len(unbalanced.y), 50, 2)
		once, _, err := Residuals(y, unbalanced.block, unbalanced.target)
		if err != nil {
			t.Fatal(err)
		}
		twice, _, err := Residuals(once, unbalanced.block, unbalanced.target)
		if err != nil {
			t.Fatal(err)
		}
		sums := map[int]float64{}
		for i, v := range once {
			near(t, "taken out twice", twice[i], v, 1e-12)
			sums[unbalanced.block[i]] += v
			sums[-1-unbalanced.target[i]] += v
		}
		for _, s := range sums {
			near(t, "sum of a group", s, 0, 1e-11)
		}
	}
}
