package stats

import (
	"math"
	"math/rand/v2"
	"testing"
)

// sleep is the extra sleep of ten patients under two drugs, in hours: Student, "The
// probable error of a mean", Biometrika 6 (1908); data set `sleep` of R.
var sleep = struct{ a, b []float64 }{
	a: []float64{0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0},
	b: []float64{1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4},
}

// Critical values of NIST/SEMATECH e-Handbook 1.3.6.7.2, table "Upper critical values of
// Student's t distribution"; three decimals.
func TestStudentQuantileTable(t *testing.T) {
	for _, c := range []struct{ p, nu, want float64 }{
		{0.90, 1, 3.078}, {0.95, 1, 6.314}, {0.975, 1, 12.706}, {0.99, 1, 31.821},
		{0.95, 4, 2.132}, {0.975, 4, 2.776}, {0.995, 4, 4.604},
		{0.95, 7, 1.895}, {0.975, 7, 2.365}, {0.995, 7, 3.499},
		{0.975, 9, 2.262}, {0.975, 30, 2.042}, {0.95, 100, 1.660},
	} {
		got, err := StudentQuantile(c.p, c.nu)
		if err != nil {
			t.Fatal(err)
		}
		near(t, "t quantile", got, c.want, 0.0006)
		lower, err := StudentQuantile(1-c.p, c.nu)
		if err != nil {
			t.Fatal(err)
		}
		near(t, "lower t quantile", lower, -c.want, 0.0006)
	}
}

// R prints for t.test(b, a, paired = TRUE): mean 1.58, 95 percent interval 0.7001142 to 2.4598858.
func TestPairedTSleep(t *testing.T) {
	in, err := PairedT(sleep.b, sleep.a, 0.95)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "mean", in.Center, 1.58, 1e-12)
	near(t, "low", in.Low, 0.7001142, 5e-8)
	near(t, "high", in.High, 2.4598858, 5e-8)
	if in.N != 10 || in.Degenerate || in.Confidence != 0.95 {
		t.Errorf("interval %+v: want 10 values, level 0.95, not degenerate", in)
	}
}

func TestTIntervalWithoutSpread(t *testing.T) {
	// 0.1 three times: a naive variance is not exactly 0.
	in, err := TInterval([]float64{0.1, 0.1, 0.1}, 0.99)
	if err != nil {
		t.Fatal(err)
	}
	if want := (Interval{Center: 0.1, Low: 0.1, High: 0.1, Confidence: 0.99, N: 3, Degenerate: true}); in != want {
		t.Errorf("got %+v, want %+v", in, want)
	}
}

// methods are the two intervals, which share their symmetries.
var methods = map[string]func([]float64, float64) (Interval, error){"t": TInterval, "signed rank": SignedRank}

// A shift of the sample shifts the interval, a scale scales it, a change of sign mirrors it.
func TestIntervalInvariance(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for name, method := range methods {
		for range 200 {
			d := make([]float64, 2+random.IntN(12))
			for i := range d {
				d[i] = random.NormFloat64()
			}
			scale, shift := math.Exp(random.NormFloat64()), 10*random.NormFloat64()
			base, moved, mirrored := mustInterval(t, method, d, 1, 0), mustInterval(t, method, d, scale, shift), mustInterval(t, method, d, -1, 0)
			near(t, name+" center moved", moved.Center, scale*base.Center+shift, 1e-9)
			near(t, name+" low moved", moved.Low, scale*base.Low+shift, 1e-8*(1+scale*math.Abs(base.Low)))
			near(t, name+" high moved", moved.High, scale*base.High+shift, 1e-8*(1+scale*math.Abs(base.High)))
			near(t, name+" low mirrored", mirrored.Low, -base.High, 1e-9*(1+math.Abs(base.High)))
			near(t, name+" high mirrored", mirrored.High, -base.Low, 1e-9*(1+math.Abs(base.Low)))
		}
	}
}

func mustInterval(t *testing.T, method func([]float64, float64) (Interval, error), d []float64, scale, shift float64) Interval {
	t.Helper()
	moved := make([]float64, len(d))
	for i, v := range d {
		moved[i] = scale*v + shift
	}
	in, err := method(moved, 0.9)
	if err != nil {
		t.Fatal(err)
	}
	return in
}

// Simulated coverage on normal samples of 8: the t interval has its level, the exact
// signed-rank interval the level that it reports. 4,000 samples: a standard error of
// 0.35 % at 95 %; the limits are four of them.
func TestIntervalCoverage(t *testing.T) {
	const runs, center = 4000, 3.0
	for name, method := range methods {
		random := rand.New(rand.NewPCG(2026, 8))
		hits, level := 0, 0.0
		for range runs {
			d := make([]float64, 8)
			for i := range d {
				d[i] = center + random.NormFloat64()
			}
			in, err := method(d, 0.95)
			if err != nil {
				t.Fatal(err)
			}
			if level = in.Confidence; in.Low <= center && center <= in.High {
				hits++
			}
		}
		near(t, name+" coverage", float64(hits)/runs, level, 0.014)
	}
}
