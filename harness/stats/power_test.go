package stats

import (
	"math"
	"math/rand/v2"
	"testing"
)

// Values of scipy 1.17.1 (scipy.stats.nct.sf), but for the first: the power of R's
// power.t.test(n = 20, delta = 1), 0.8689528 in its documentation.
func TestNoncentralTTail(t *testing.T) {
	two, err := StudentQuantile(0.975, 38)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ t, nu, shift, want, within float64 }{
		{two, 38, math.Sqrt(10), 0.8689528, 5e-8},
		{2.776445105, 4, 2, 0.3358109304076076, 1e-9},
		{6.2, 4, 9.5, 0.9336930244504859, 1e-9},
		{4.35, 7, 0, 0.0016774269344854553, 1e-9},
		{-1.5, 7, -2.5, 0.16365255109015425, 1e-9},
		{2, 1, 1, 0.3771280355397183, 1e-9},
		{1.66, 99, 2.5, 0.7990950195759574, 1e-9},
		{190.98, 1, 250, 0.8094723056320069, 1e-9},
		{-2, 4, 1, 0.9926386041675533, 1e-9},
		{3, 30, 3, 0.5096725617676603, 1e-9},
		{0, 5, 1, 0.8413447460685429, 1e-12}, // the sign of Z + 1
	} {
		got, err := NoncentralTTail(c.t, c.nu, c.shift)
		if err != nil {
			t.Fatal(err)
		}
		near(t, "P(T >= t)", got, c.want, c.within)
	}
}

// Without a shift it is Student's t.
func TestNoncentralTWithoutShift(t *testing.T) {
	for _, nu := range []float64{1, 2, 4, 7, 30, 500} {
		for _, at := range []float64{-5, -1, -0.01, 0.01, 0.5, 1, 2, 4, 20} {
			got, err := NoncentralTTail(at, nu, 0)
			if err != nil {
				t.Fatal(err)
			}
			want, err := StudentTail(at, nu)
			if err != nil {
				t.Fatal(err)
			}
			near(t, "P(T >= t)", got, want, 1e-9)
		}
	}
}

// Values of scipy 1.17.1 and statsmodels 0.15.0 (TTestPower, alternative "larger").
func TestPowerAbove(t *testing.T) {
	family := 1 - 0.05/15
	for _, c := range []struct {
		n                            int
		excess, sd, confidence, want float64
	}{
		{5, 0.05, 0.03, 0.95, 0.7932200724441794},
		{5, 0.05, 0.03, family, 0.1844096418904309},
		{8, 0.05, 0.03, family, 0.6385354273478201},
		{8, 0.2, 0.08, 0.99, 0.9958189743894322},
		{20, 0.02, 0.03, 0.95, 0.8072908962756543},
	} {
		got, err := powerAbove(c.n, c.excess, c.sd, c.confidence)
		if err != nil {
			t.Fatal(err)
		}
		near(t, "power", got, c.want, 1e-9)
	}
	for _, c := range []struct {
		n                    int
		sd, confidence, want float64
	}{
		{5, 0.01, family, 0.035057606129615566},
		{5, 0.03, family, 0.10517281838884669},
		{8, 0.03, family, 0.058045356593471334},
		{5, 0.03, 0.95, 0.05045991846647233},
		{20, 0.03, 0.95, 0.01981327229455969},
	} {
		got, err := DetectableAbove(c.n, c.sd, c.confidence, 0.8)
		if err != nil {
			t.Fatal(err)
		}
		near(t, "detectable", got, c.want, 1e-10)
	}
}

// Values of the definition, a double integral over s in scipy 1.17.1; margin ln 1.05.
func TestPowerInside(t *testing.T) {
	margin := math.Log(1.05)
	for _, c := range []struct {
		n              int
		mean, sd, want float64
	}{
		{5, 0, 0.03, 0.8148114174873589},
		{5, 0.02, 0.03, 0.5460896804880756},
		{8, 0, 0.03, 0.9861428658410543},
		{8, -0.03, 0.02, 0.7716770783528147},
		{24, 0.01, 0.08, 0.712883324016899},
		{2, 0, 0.01, 0.6640091068757288},
		{5, 0, 0.08, 0.047806278581005446},
	} {
		got, err := PowerInside(c.n, c.mean, margin, c.sd, 0.9)
		if err != nil {
			t.Fatal(err)
		}
		near(t, "power of a tie", got, c.want, 1e-9)
	}
	for n, want := range map[int]float64{5: 0.030485132982914966, 8: 0.04232633542440593, 12: 0.05405342946543616, 20: 0.07183985482344318} {
		got, err := NoiseInside(n, margin, 0.9, 0.8)
		if err != nil {
			t.Fatal(err)
		}
		near(t, "noise", got, want, 1e-10)
	}
}

// What the formulas promise, the intervals keep. 4,000 samples: a standard error of
// 0.8 % at most; the limits are four of them.
func TestPowerBySimulation(t *testing.T) {
	const runs, mean, sd, margin = 4000, 0.07, 0.04, 0.05
	random := rand.New(rand.NewPCG(2026, 80))
	for _, n := range []int{5, 8, 12} {
		above, inside := 0, 0
		for range runs {
			d := make([]float64, n)
			for i := range d {
				d[i] = mean + sd*random.NormFloat64()
			}
			wide, err := TInterval(d, 0.99)
			if err != nil {
				t.Fatal(err)
			}
			if wide.Low > 0.01 {
				above++
			}
			for i := range d {
				d[i] -= mean - 0.01
			}
			tie, err := TInterval(d, 0.9)
			if err != nil {
				t.Fatal(err)
			}
			if tie.Position(-margin, margin) == Inside {
				inside++
			}
		}
		want, err := powerAbove(n, mean-0.01, sd, 0.99)
		if err != nil {
			t.Fatal(err)
		}
		near(t, "share above", float64(above)/runs, want, 0.032)
		if want, err = PowerInside(n, 0.01, margin, sd, 0.9); err != nil {
			t.Fatal(err)
		}
		near(t, "share inside", float64(inside)/runs, want, 0.032)
	}
}

// The smallest excess that is found is found with just the chance asked for, whatever the
// numbers.
func TestDetectableInvertsPower(t *testing.T) {
	for _, n := range []int{2, 3, 5, 8, 30, 1000} {
		for _, confidence := range []float64{0.5, 0.95, 0.9999} {
			for _, power := range []float64{0.3, 0.8, 0.99} {
				excess, err := DetectableAbove(n, 0.08, confidence, power)
				if err != nil {
					t.Fatal(err)
				}
				got, err := powerAbove(n, excess, 0.08, confidence)
				if err != nil {
					t.Fatal(err)
				}
				near(t, "power above", got, power, 1e-9)
				noise, err := NoiseInside(n, 0.05, confidence, power)
				if err != nil {
					t.Fatal(err)
				}
				if got, err = PowerInside(n, 0, 0.05, noise, confidence); err != nil {
					t.Fatal(err)
				}
				near(t, "power inside", got, power, 1e-9)
			}
		}
	}
}

func TestStandardDeviation(t *testing.T) {
	for _, c := range []struct {
		xs   []float64
		want float64
	}{{[]float64{2, 4, 4, 4, 5, 5, 7, 9}, math.Sqrt(32.0 / 7)}, {[]float64{0.1, 0.1, 0.1}, 0}} {
		got, err := StandardDeviation(c.xs)
		if err != nil {
			t.Fatal(err)
		}
		near(t, "standard deviation", got, c.want, 1e-12)
	}
}

func TestBadInputOfPower(t *testing.T) {
	nan, inf := math.NaN(), math.Inf(1)
	refuse(t, map[string]func() error{
		"NoncentralTTail t":         func() error { _, err := NoncentralTTail(nan, 3, 0); return err },
		"NoncentralTTail shift":     func() error { _, err := NoncentralTTail(1, 3, inf); return err },
		"NoncentralTTail freedom":   func() error { _, err := NoncentralTTail(1, 0, 0); return err },
		"DetectableAbove power":     func() error { _, err := DetectableAbove(5, 1, 0.9, 1); return err },
		"DetectableAbove noise":     func() error { _, err := DetectableAbove(5, -1, 0.9, 0.8); return err },
		"DetectableAbove overflow":  func() error { _, err := DetectableAbove(2, math.MaxFloat64, 0.9999, 0.8); return err },
		"PowerInside mean":          func() error { _, err := PowerInside(5, inf, 1, 1, 0.9); return err },
		"PowerInside margin":        func() error { _, err := PowerInside(5, 0, 0, 1, 0.9); return err },
		"PowerInside underflow":     func() error { _, err := PowerInside(5, 1e300, 1e300, 1e-300, 0.9); return err },
		"NoiseInside margin":        func() error { _, err := NoiseInside(5, nan, 0.9, 0.8); return err },
		"NoiseInside power":         func() error { _, err := NoiseInside(5, 1, 0.9, 0); return err },
		"NoiseInside of one":        func() error { _, err := NoiseInside(1, 1, 0.9, 0.8); return err },
		"StandardDeviation of one":  func() error { _, err := StandardDeviation([]float64{1}); return err },
		"StandardDeviation of NaN":  func() error { _, err := StandardDeviation([]float64{1, nan}); return err },
		"StandardDeviation of none": func() error { _, err := StandardDeviation(nil); return err },
	})
}

// powerAbove is the chance that the whole TInterval of n normal values lies above a limit, when their true mean lies excess above it.
func powerAbove(n int, excess, sd, confidence float64) (float64, error) {
	t, err := criticalT(n, sd, confidence)
	if err != nil {
		return 0, err
	}
	return NoncentralTTail(t, float64(n-1), excess*math.Sqrt(float64(n))/sd)
}
