package stats

import (
	"math"
	"math/rand/v2"
	"testing"
)

// R prints for t.test(a, b, paired = TRUE): t = -4.0621, df = 9, p-value = 0.002833. The
// one-sided ones are scipy's (1.17.1, ttest_1samp).
func TestTTestSleep(t *testing.T) {
	got, err := tTest(lessThan(sleep.a, sleep.b), 0)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "t", got.Statistic, -4.0621, 5e-5)
	near(t, "freedom", got.Freedom, 9, 0)
	near(t, "p-value", got.TwoSided, 0.002833, 5e-7)
	for _, c := range []struct{ null, less, greater float64 }{
		{0, 0.9985835549013079, 0.0014164450986921364},
		{1, 0.9149441145512885, 0.08505588544871145},
		{2, 0.1541572356690974, 0.8458427643309026},
	} {
		got, err := tTest(lessThan(sleep.b, sleep.a), c.null)
		if err != nil {
			t.Fatal(err)
		}
		near(t, "less", got.Less, c.less, 1e-12)
		near(t, "greater", got.Greater, c.greater, 1e-12)
	}
}

// maize is Darwin's fifteen pairs of plants, differences of height in eighths of an inch:
// Fisher, The Design of Experiments, chapter III.
var maize = []float64{49, -67, 8, 16, 6, 23, 28, 41, 14, 29, 56, 24, 75, 60, -48}

// Fisher finds t = 2.148. The p-value is scipy's (1.17.1, ttest_1samp).
func TestTTestMaize(t *testing.T) {
	got, err := tTest(maize, 0)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "t", got.Statistic, 2.148, 5e-4)
	near(t, "p-value", got.TwoSided, 0.049702944021800866, 1e-12)
}

// Without spread the p-values are 0 or 1 and the test says that it is degenerate.
func TestTTestWithoutSpread(t *testing.T) {
	d := []float64{0.1, 0.1, 0.1}
	for _, c := range []struct{ null, twoSided, less, greater float64 }{
		{0.1, 1, 1, 1}, {0, 0, 1, 0}, {0.2, 0, 0, 1},
	} {
		got, err := tTest(d, c.null)
		if err != nil {
			t.Fatal(err)
		}
		if want := (Test{Null: c.null, N: 3, TwoSided: c.twoSided, Less: c.less, Greater: c.greater, Degenerate: true}); got != want {
			t.Errorf("null %g: %+v, want %+v", c.null, got, want)
		}
	}
}

// tTest is the t test of TOST against one value.
func tTest(d []float64, null float64) (Test, error) {
	mean, err := meanOf(d)
	if err != nil {
		return Test{}, err
	}
	return mean.test(null)
}

// signsTest is Wilcoxon's by its definition.
func signsTest(d []float64, null float64) (Test, error) {
	less, greater := enumerateSigns(affine(d, 1, -null))
	return Test{Null: null, N: len(d), TwoSided: twoSided(less, greater), Less: less, Greater: greater}, nil
}

func lessThan(x, y []float64) []float64 {
	d := make([]float64, len(x))
	for i := range d {
		d[i] = x[i] - y[i]
	}
	return d
}

// location tests are those of one sample against a value, each with its interval.
var locationTests = map[string]struct {
	test     func([]float64, float64) (Test, error)
	interval func([]float64, float64) (Interval, error)
}{
	"t":           {tTest, TInterval},
	"signed rank": {signsTest, SignedRank},
}

// A value lies outside the interval exactly where its p-value is small, on the right side.
func TestLocationTestsInvertIntervals(t *testing.T) {
	random := rand.New(rand.NewPCG(11, 12))
	for name, m := range locationTests {
		for range 500 {
			d, null := normals(random, 3+random.IntN(10), 0, 1), random.NormFloat64()
			in, err := m.interval(d, 0.8)
			if err != nil {
				t.Fatal(err)
			}
			test, err := m.test(d, null)
			if err != nil {
				t.Fatal(err)
			}
			alpha := 1 - in.Confidence + 1e-12 // signed ranks attain the level itself
			if outside := null < in.Low || null > in.High; outside != (test.TwoSided <= alpha) {
				t.Errorf("%s: p-value %g of %g, %g interval %g to %g", name, test.TwoSided, null, in.Confidence, in.Low, in.High)
			}
			if below := null < in.Low; below != (test.Greater <= alpha/2) {
				t.Errorf("%s: p-value %g of above %g, %g interval %g to %g", name, test.Greater, null, in.Confidence, in.Low, in.High)
			}
		}
	}
}

// Shift, scale and sign: the p-values stay, or change sides.
func TestLocationTestsInvariance(t *testing.T) {
	random := rand.New(rand.NewPCG(13, 14))
	for name, m := range locationTests {
		for range 200 {
			d, null := normals(random, 2+random.IntN(12), 0, 1), random.NormFloat64()
			scale, shift := math.Exp(random.NormFloat64()), random.NormFloat64()
			base, err := m.test(d, null)
			if err != nil {
				t.Fatal(err)
			}
			moved, err := m.test(affine(d, scale, shift), scale*null+shift)
			if err != nil {
				t.Fatal(err)
			}
			mirrored, err := m.test(affine(d, -1, 0), -null)
			if err != nil {
				t.Fatal(err)
			}
			near(t, name+" less moved", moved.Less, base.Less, 1e-9)
			near(t, name+" greater moved", moved.Greater, base.Greater, 1e-9)
			near(t, name+" less mirrored", mirrored.Less, base.Greater, 1e-9)
			near(t, name+" two-sided mirrored", mirrored.TwoSided, base.TwoSided, 1e-9)
		}
	}
}

// Simulated size on normal samples of 8 at the true mean: the t test rejects at its level,
// the signed-rank test at no more (4,000 samples, four standard errors).
func TestLocationTestsSize(t *testing.T) {
	const runs, level, slack = 4000, 0.05, 0.014
	for name, m := range locationTests {
		random := rand.New(rand.NewPCG(15, 16))
		hits := 0
		for range runs {
			test, err := m.test(normals(random, 8, 3, 1), 3)
			if err != nil {
				t.Fatal(err)
			}
			if test.TwoSided <= level {
				hits++
			}
		}
		share := float64(hits) / runs
		if share > level+slack || name == "t" && share < level-slack {
			t.Errorf("%s: rejected in %g of the runs at level %g", name, share, level)
		}
	}
}

func normals(random *rand.Rand, n int, mean, sd float64) []float64 {
	xs := make([]float64, n)
	for i := range xs {
		xs[i] = mean + sd*random.NormFloat64()
	}
	return xs
}

func affine(xs []float64, scale, shift float64) []float64 {
	out := make([]float64, len(xs))
	for i, x := range xs {
		out[i] = scale*x + shift
	}
	return out
}
