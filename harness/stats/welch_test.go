package stats

import (
	"math/rand/v2"
	"testing"
)

// R prints for t.test(extra ~ group, data = sleep): t = -1.8608, df = 17.776, p-value =
// 0.07939, 95 percent interval -3.3654832 to 0.2054832.
func TestWelchSleep(t *testing.T) {
	in, err := Welch(sleep.a, sleep.b, 0.95)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "low", in.Low, -3.3654832, 5e-8)
	near(t, "high", in.High, 0.2054832, 5e-8)
	near(t, "difference", in.Center, -1.58, 1e-12)
	test, err := welchTest(sleep.a, sleep.b, 0)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "t", test.Statistic, -1.8608, 5e-5)
	near(t, "freedom", test.Freedom, 17.776, 5e-4)
	near(t, "p-value", test.TwoSided, 0.07939, 5e-6)
	if in.N != 20 || test.N != 20 {
		t.Errorf("%d and %d values, want 20", in.N, test.N)
	}
}

// Equal sizes and spreads: the degrees of freedom are those of the pooled test, 2(n-1). A
// sample without spread leaves those of the other.
func TestWelchFreedom(t *testing.T) {
	for _, c := range []struct {
		x, y []float64
		want float64
	}{
		{[]float64{1, 2, 4}, []float64{11, 12, 14}, 4},
		{[]float64{1, 2, 4, 9}, []float64{7, 7}, 3},
		{[]float64{7, 7}, []float64{1, 2, 4, 9}, 3},
	} {
		test, err := welchTest(c.x, c.y, 0)
		if err != nil {
			t.Fatal(err)
		}
		near(t, "freedom", test.Freedom, c.want, 1e-12)
		if test.Degenerate {
			t.Errorf("%v against %v: degenerate, though one has spread", c.x, c.y)
		}
	}
}

func TestWelchWithoutSpread(t *testing.T) {
	in, err := Welch([]float64{3, 3}, []float64{1, 1, 1}, 0.95)
	if err != nil {
		t.Fatal(err)
	}
	if want := (Interval{Center: 2, Low: 2, High: 2, Confidence: 0.95, N: 5, Degenerate: true}); in != want {
		t.Errorf("got %+v, want %+v", in, want)
	}
	test, err := welchTest([]float64{3, 3}, []float64{1, 1, 1}, 0)
	if err != nil {
		t.Fatal(err)
	}
	if !test.Degenerate || test.TwoSided != 0 || test.Greater != 0 || test.Less != 1 {
		t.Errorf("test %+v: want a degenerate one that is sure", test)
	}
}

// The two samples exchanged: the interval mirrors; the null outside it: the p-value is small.
func TestWelchSymmetryAndInversion(t *testing.T) {
	random := rand.New(rand.NewPCG(21, 22))
	for range 300 {
		x, y := normals(random, 2+random.IntN(8), 0, 1), normals(random, 2+random.IntN(8), 1, 3)
		in, err := Welch(x, y, 0.9)
		if err != nil {
			t.Fatal(err)
		}
		exchanged, err := Welch(y, x, 0.9)
		if err != nil {
			t.Fatal(err)
		}
		near(t, "low exchanged", exchanged.Low, -in.High, 1e-9)
		null := 3 * random.NormFloat64()
		test, err := welchTest(x, y, null)
		if err != nil {
			t.Fatal(err)
		}
		if outside := null < in.Low || null > in.High; outside != (test.TwoSided < 0.1) {
			t.Errorf("p-value %g of %g, interval %g to %g", test.TwoSided, null, in.Low, in.High)
		}
		if smaller := float64(min(len(x), len(y)) - 1); test.Freedom < smaller-1e-9 || test.Freedom > float64(len(x)+len(y)-2)+1e-9 {
			t.Errorf("%g degrees of freedom for samples of %d and %d", test.Freedom, len(x), len(y))
		}
	}
}

// Simulated coverage with spreads that differ threefold and sizes that differ too. The
// method is approximate: 4,000 samples, four standard errors and half a percent.
func TestWelchCoverage(t *testing.T) {
	const runs = 4000
	random := rand.New(rand.NewPCG(23, 24))
	hits := 0
	for range runs {
		in, err := Welch(normals(random, 12, 5, 1), normals(random, 8, 2, 3), 0.95)
		if err != nil {
			t.Fatal(err)
		}
		if in.Low <= 3 && 3 <= in.High {
			hits++
		}
	}
	near(t, "coverage", float64(hits)/runs, 0.95, 0.014+0.005)
}

// welchTest inverts Welch.
func welchTest(x, y []float64, null float64) (Test, error) {
	difference, err := differenceOfMeans(x, y)
	if err != nil {
		return Test{}, err
	}
	return difference.test(null)
}
