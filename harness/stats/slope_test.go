package stats

import (
	"math"
	"math/rand/v2"
	"testing"
)

// slopeInterval is the t interval of the slope that TestedSlope tests.
func slopeInterval(x, y []float64, confidence float64, factors ...[]int) (Interval, error) {
	s, err := slopeOf(x, y, factors)
	if err != nil {
		return Interval{}, err
	}
	return s.interval(confidence)
}

func slopeTest(x, y []float64, factors ...[]int) (Test, error) {
	_, test, err := TestedSlope(x, y, factors...)
	return test, err
}

// NIST StRD, Norris.dat, certifies the slope 1.00211681802045 with standard deviation
// 0.429796848199937E-03, at 34 degrees of freedom.
func TestSlopeNorris(t *testing.T) {
	var x, y []float64
	for _, p := range norris {
		y, x = append(y, p[0]), append(x, p[1])
	}
	in, err := slopeInterval(x, y, 0.95)
	if err != nil {
		t.Fatal(err)
	}
	test, err := slopeTest(x, y)
	if err != nil {
		t.Fatal(err)
	}
	quantile, err := StudentQuantile(0.975, 34)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "slope", in.Center, 1.00211681802045, 1e-12)
	near(t, "standard error", (in.High-in.Low)/2/quantile, 0.429796848199937e-03, 1e-12)
	near(t, "t", test.Statistic, 1.00211681802045/0.429796848199937e-03, 1e-6)
	near(t, "freedom", test.Freedom, 34, 0)
}

// Drift in a block design, and the same data as one line: statsmodels 0.15.0 (OLS with the
// order beside block and target columns) and scipy 1.17.1 (linregress).
func TestSlopeOfBlockDesign(t *testing.T) {
	u := unbalanced
	in, err := slopeInterval(u.order, u.y, 0.95, u.block, u.target)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "slope", in.Center, 0.15696202531645423, 1e-12)
	near(t, "low", in.Low, 0.04496964, 5e-9)
	near(t, "high", in.High, 0.26895441, 5e-9)
	test, err := slopeTest(u.order, u.y, u.block, u.target)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "t", test.Statistic, 3.4294495362637485, 1e-10)
	near(t, "p-value", test.TwoSided, 0.013980619640298047, 1e-11)
	near(t, "freedom", test.Freedom, 6, 0)

	plain, err := slopeTest(u.order, u.y)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "t without factors", plain.Statistic, 0.15549450549450547/0.06865493998926338, 1e-10)
	near(t, "p-value without factors", plain.TwoSided, 0.04470836738671105, 1e-11)
}

// Against 0 and 1 the slope is the difference of two means, and its test Student's pooled
// one: t^2 (n-2) by hand.
func TestSlopeOfTwoGroups(t *testing.T) {
	first := []float64{0, 0, 0, 1, 1}
	d := []float64{1, 2, 3, 6, 8}
	// Means 2 and 7; squares within 2 + 2 = 4 at 3 degrees of freedom; error sqrt(4/3 (1/3 + 1/2)).
	test, err := slopeTest(first, d)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "t", test.Statistic, 5/math.Sqrt(4.0/3*(1.0/3+1.0/2)), 1e-12)
	near(t, "freedom", test.Freedom, 3, 0)
}

// A line is a line whatever the units; its slope agrees with FitLine.
func TestSlopeInvariance(t *testing.T) {
	random := rand.New(rand.NewPCG(81, 82))
	for range 100 {
		n := 4 + random.IntN(8)
		x, y := normals(random, n, 0, 1), normals(random, n, 0, 1)
		a, b := 0.1+random.Float64(), 0.1+random.Float64()
		base, err := slopeInterval(x, y, 0.9)
		if err != nil {
			t.Fatal(err)
		}
		moved, err := slopeInterval(affine(x, a, 3), affine(y, b, -5), 0.9)
		if err != nil {
			t.Fatal(err)
		}
		mirrored, err := slopeInterval(x, affine(y, -1, 0), 0.9)
		if err != nil {
			t.Fatal(err)
		}
		line, err := FitLine(x, y)
		if err != nil {
			t.Fatal(err)
		}
		test, err := slopeTest(x, y)
		if err != nil {
			t.Fatal(err)
		}
		near(t, "slope", base.Center, line.Slope, 1e-10*(1+math.Abs(line.Slope)))
		near(t, "low moved", moved.Low, base.Low*b/a, 1e-8*(1+math.Abs(base.Low*b/a)))
		near(t, "low mirrored", mirrored.Low, -base.High, 1e-9*(1+math.Abs(base.High)))
		if outside := base.Low > 0 || base.High < 0; outside != (test.TwoSided < 0.1) {
			t.Errorf("p-value %g, interval %g to %g", test.TwoSided, base.Low, base.High)
		}
	}
}

// Points on a line leave nothing to judge by.
func TestSlopeWithoutSpread(t *testing.T) {
	for _, c := range []struct {
		y               []float64
		slope, twoSided float64
	}{
		{[]float64{0.3, 0.5, 0.7, 0.9}, 0.2, 0},
		{[]float64{5, 5, 5, 5}, 0, 1},
	} {
		in, err := slopeInterval(count(4), c.y, 0.95)
		if err != nil {
			t.Fatal(err)
		}
		test, err := slopeTest(count(4), c.y)
		if err != nil {
			t.Fatal(err)
		}
		near(t, "slope", in.Center, c.slope, 1e-12)
		if !in.Degenerate || in.Low != in.High || !test.Degenerate || test.TwoSided != c.twoSided {
			t.Errorf("%v: interval %+v, test %+v, want degenerate ones", c.y, in, test)
		}
	}
}

// Simulated: eight blocks of four targets in random order. Without drift the test rejects
// in 5 % of the runs (2,000 runs, four standard errors); with drift the interval covers it
// in 95 %, though blocks and targets differ by much more.
func TestSlopeInBlocks(t *testing.T) {
	const runs, blocks, targets, drift = 2000, 8, 4, 0.02
	random := rand.New(rand.NewPCG(83, 84))
	var block, target = make([]int, blocks*targets), make([]int, blocks*targets)
	rejected, covered := 0, 0
	for range runs {
		still, drifting := make([]float64, len(block)), make([]float64, len(block))
		for b := range blocks {
			level := random.NormFloat64()
			for at, g := range random.Perm(targets) {
				i := b*targets + at
				block[i], target[i] = b, g
				still[i] = level + 3*float64(g) + 0.1*random.NormFloat64()
				drifting[i] = still[i] + drift*float64(i)
			}
		}
		test, err := slopeTest(count(len(block)), still, block, target)
		if err != nil {
			t.Fatal(err)
		}
		in, err := slopeInterval(count(len(block)), drifting, 0.95, block, target)
		if err != nil {
			t.Fatal(err)
		}
		if test.TwoSided < 0.05 {
			rejected++
		}
		if in.Low <= drift && drift <= in.High {
			covered++
		}
	}
	near(t, "rejections without drift", float64(rejected)/runs, 0.05, 0.0195)
	near(t, "coverage of the drift", float64(covered)/runs, 0.95, 0.0195)
}

// count is 1 ... n.
func count(n int) []float64 {
	xs := make([]float64, n)
	for i := range xs {
		xs[i] = float64(i + 1)
	}
	return xs
}
