package stats

import (
	"math"
	"math/rand/v2"
	"testing"
)

// Whatever the numbers, a function either refuses them or returns finite ends around its
// estimate and p-values from 0 to 1. Fixed seed; exponents from the whole range.
func TestHostileNumbers(t *testing.T) {
	random := rand.New(rand.NewPCG(91, 92))
	answers := 0
	for range 3000 {
		n := random.IntN(8)
		x, y, labels := make([]float64, n), make([]float64, n), make([]int, n)
		for i := range x {
			x[i], y[i], labels[i] = hostile(random), hostile(random), random.IntN(3)
		}
		a, b, level := hostile(random), hostile(random), random.Float64()
		interval := func(name string) func(Interval, error) {
			return func(in Interval, err error) {
				if err != nil {
					return
				}
				answers++
				if !(in.Low <= in.Center && in.Center <= in.High) || !finite(in.Low) || !finite(in.High) {
					t.Errorf("%s of %v and %v at %g: %+v", name, x, y, level, in)
				}
			}
		}
		test := func(name string) func(Test, error) {
			return func(p Test, err error) {
				if err != nil {
					return
				}
				answers++
				for _, v := range []float64{p.TwoSided, p.Less, p.Greater} {
					if !(v >= 0 && v <= 1) {
						t.Errorf("%s of %v and %v against %g: %+v", name, x, y, a, p)
					}
				}
				if !finite(p.Statistic) || p.Less+p.Greater < 1-1e-9 {
					t.Errorf("%s of %v and %v against %g: %+v", name, x, y, a, p)
				}
			}
		}
		interval("TInterval")(TInterval(x, level))
		interval("SignedRank")(SignedRank(x, level))
		interval("Welch")(Welch(x, y, level))
		interval("Slope")(slopeInterval(x, y, level, labels))
		interval("ClopperPearson")(ClopperPearson(random.IntN(50), random.IntN(50), level))
		test("tTest")(tTest(x, a))
		test("welchTest")(welchTest(x, y, a))
		test("slopeTest")(slopeTest(x, y, labels))
		if e, err := TOST(x, a, b, level); err == nil && !(e.P >= 0 && e.P <= 1) {
			t.Errorf("TOST of %v: %+v", x, e)
		}
		if adjusted, err := Holm(x); err == nil {
			for i, p := range adjusted {
				if p < x[i] || p > 1 {
					t.Errorf("Holm of %v: %v", x, adjusted)
				}
			}
		}
	}
	if answers < 3000 {
		t.Errorf("%d answers: the numbers are all refused", answers)
	}
}

// hostile draws from small numbers, which tie, and from everything that float64 can hold.
func hostile(random *rand.Rand) float64 {
	switch random.IntN(40) {
	case 0:
		return math.NaN()
	case 1:
		return math.Inf(1 - 2*random.IntN(2))
	case 2, 3, 4:
		return math.Ldexp(random.NormFloat64(), random.IntN(2100)-1050)
	}
	return float64(random.IntN(9)-2) / 4
}
