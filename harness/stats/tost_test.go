package stats

import (
	"math"
	"math/rand/v2"
	"testing"
)

// Student's sleep data against margins: p-values by statsmodels 0.15.0, ttost_paired;
// intervals by scipy 1.17.1.
func TestTOSTSleep(t *testing.T) {
	d := make([]float64, len(sleep.a))
	for i := range d {
		d[i] = sleep.b[i] - sleep.a[i]
	}
	for _, c := range []struct {
		low, high, pLow, pHigh float64
		shown                  bool
	}{
		{-1, 3, 4.778595695546834e-05, 0.002655570292658671, true},
		{0, 2.2, 0.0014164450986921364, 0.07270018543329006, false},
	} {
		got, err := TOST(d, c.low, c.high, 0.90)
		if err != nil {
			t.Fatal(err)
		}
		near(t, "lower p-value", got.PLow, c.pLow, 1e-12)
		near(t, "upper p-value", got.PHigh, c.pHigh, 1e-12)
		near(t, "p-value", got.P, c.pHigh, 1e-12)
		near(t, "low", got.Interval.Low, 0.8669947329707162, 1e-12)
		near(t, "high", got.Interval.High, 2.293005267029284, 1e-12)
		if got.Shown != c.shown {
			t.Errorf("margins %g to %g: shown %t, want %t", c.low, c.high, got.Shown, c.shown)
		}
	}
}

// The two rules are one: the 90 % interval lies inside the margins exactly where the
// p-value is below 5 %, and likewise at other levels.
func TestTOSTRulesAgree(t *testing.T) {
	random := rand.New(rand.NewPCG(31, 32))
	shown := 0
	for range 2000 {
		x := normals(random, 3+random.IntN(8), 0, 1)
		margin, alpha := 3*random.Float64(), 0.01+0.3*random.Float64()
		e, err := TOST(x, -margin, margin, 1-2*alpha)
		if err != nil {
			t.Fatal(err)
		}
		if e.Shown != (e.P < alpha) {
			t.Errorf("shown %t at alpha %g, p-value %g: %+v", e.Shown, alpha, e.P, e)
		}
		if inside := -margin < e.Interval.Low && e.Interval.High < margin; e.Shown != inside {
			t.Errorf("shown %t, interval %g to %g, margin %g", e.Shown, e.Interval.Low, e.Interval.High, margin)
		}
		if e.Shown {
			shown++
		}
	}
	if shown < 200 || shown > 1800 {
		t.Errorf("shown in %d of 2000: the test does not try both outcomes", shown)
	}
}

// Wider margins only lower the p-value; the sign of the sample exchanges the two tests.
func TestTOSTSymmetry(t *testing.T) {
	random := rand.New(rand.NewPCG(33, 34))
	for range 200 {
		d := normals(random, 5, 0.1, 1)
		base, err := TOST(d, -1, 0.5, 0.9)
		if err != nil {
			t.Fatal(err)
		}
		mirrored, err := TOST(affine(d, -1, 0), -0.5, 1, 0.9)
		if err != nil {
			t.Fatal(err)
		}
		near(t, "mirrored lower p-value", mirrored.PLow, base.PHigh, 1e-12)
		near(t, "mirrored upper p-value", mirrored.PHigh, base.PLow, 1e-12)
		wider, err := TOST(d, -1.5, 0.6, 0.9)
		if err != nil {
			t.Fatal(err)
		}
		if wider.P > base.P || base.Shown && !wider.Shown {
			t.Errorf("wider margins: p-value %g, was %g", wider.P, base.P)
		}
	}
}

// Simulated size where it is largest: a true ratio of exactly the margin, eight blocks. The
// tie is shown in 5 % of the runs at most (4,000 runs, four standard errors), and with
// little noise in about 5 %.
func TestTOSTSize(t *testing.T) {
	const runs = 4000
	delta := math.Log(1.05)
	for _, sd := range []float64{0.01, 0.05, 0.2} {
		random := rand.New(rand.NewPCG(35, 36))
		hits := 0
		for range runs {
			e, err := TOST(normals(random, 8, delta, sd), -delta, delta, 0.90)
			if err != nil {
				t.Fatal(err)
			}
			if e.Shown {
				hits++
			}
		}
		share := float64(hits) / runs
		if share > 0.05+0.014 || sd == 0.01 && share < 0.05-0.014 {
			t.Errorf("spread %g: a tie shown in %g of the runs", sd, share)
		}
	}
}

// Without spread, the one value decides, and the interval says that it is a point.
func TestTOSTWithoutSpread(t *testing.T) {
	for _, c := range []struct {
		value, p float64
		shown    bool
	}{{0.02, 0, true}, {0.05, 1, false}, {-3, 1, false}} {
		e, err := TOST([]float64{c.value, c.value, c.value}, -0.05, 0.05, 0.90)
		if err != nil {
			t.Fatal(err)
		}
		if e.Shown != c.shown || e.P != c.p || !e.Interval.Degenerate {
			t.Errorf("%g: %+v, want p-value %g, shown %t, degenerate", c.value, e, c.p, c.shown)
		}
	}
}
