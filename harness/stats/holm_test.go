package stats

import (
	"math"
	"math/bits"
	"math/rand/v2"
	"testing"
)

// By hand; the same by statsmodels 0.15.0, multipletests(method="holm").
func TestHolm(t *testing.T) {
	for _, c := range []struct{ p, want []float64 }{
		{[]float64{0.3}, []float64{0.3}},
		{[]float64{0.01, 0.02, 0.03, 0.04, 0.05}, []float64{0.05, 0.08, 0.09, 0.09, 0.09}},
		{[]float64{0.04, 0.001, 0.6, 0.013, 0.02, 0.9}, []float64{0.12, 0.006, 1, 0.065, 0.08, 1}},
		{[]float64{0, 1, 0}, []float64{0, 1, 0}},
		{[]float64{0.2, 0.2}, []float64{0.4, 0.4}},
	} {
		got, err := Holm(c.p)
		if err != nil {
			t.Fatal(err)
		}
		for i := range c.want {
			near(t, "adjusted", got[i], c.want[i], 1e-15)
		}
	}
}

// Holm's procedure is the closure of Bonferroni's: the adjusted p-value of a hypothesis is
// the largest Bonferroni p-value of all sets that hold it (Marcus, Peritz and Gabriel
// 1976). Here by looking at every set.
func TestHolmIsClosedBonferroni(t *testing.T) {
	random := rand.New(rand.NewPCG(41, 42))
	for range 100 {
		p := make([]float64, 1+random.IntN(7))
		for i := range p {
			p[i] = math.Pow(random.Float64(), 3)
		}
		before := append([]float64(nil), p...)
		got, err := Holm(p)
		if err != nil {
			t.Fatal(err)
		}
		want := make([]float64, len(p))
		for set := uint(1); set < 1<<len(p); set++ {
			smallest := 1.0
			for i := range p {
				if set&(1<<i) != 0 {
					smallest = min(smallest, p[i])
				}
			}
			for i := range p {
				if set&(1<<i) != 0 {
					want[i] = max(want[i], min(1, smallest*float64(bits.OnesCount(set))))
				}
			}
		}
		for i := range p {
			near(t, "adjusted", got[i], want[i], 1e-15)
			if p[i] != before[i] {
				t.Fatal("Holm changed its argument")
			}
			if bonferroni := min(1, p[i]*float64(len(p))); got[i] < p[i] || got[i] > bonferroni {
				t.Errorf("adjusted %g, want between %g and Bonferroni's %g", got[i], p[i], bonferroni)
			}
		}
	}
}

// Simulated: five true hypotheses that share one sample, so that they depend on each
// other. A false rejection anywhere has probability 5 % at most (4,000 runs, four standard
// errors).
func TestHolmFamilyError(t *testing.T) {
	const runs = 4000
	random := rand.New(rand.NewPCG(43, 44))
	wrong := 0
	for range runs {
		shared, p := normals(random, 8, 0, 1), make([]float64, 5)
		for i := range p {
			test, err := tTest(lessThan(normals(random, 8, 0, 1), shared), 0)
			if err != nil {
				t.Fatal(err)
			}
			p[i] = test.TwoSided
		}
		adjusted, err := Holm(p)
		if err != nil {
			t.Fatal(err)
		}
		for _, a := range adjusted {
			if a <= 0.05 {
				wrong++
				break
			}
		}
	}
	if share := float64(wrong) / runs; share > 0.05+0.014 {
		t.Errorf("a false rejection in %g of the runs", share)
	}
}
