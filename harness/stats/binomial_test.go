package stats

import (
	"math"
	"math/rand/v2"
	"testing"
)

func TestClopperPearsonLower(t *testing.T) {
	for _, c := range []struct {
		source           string
		k, n             int
		confidence, want float64
		tolerance        float64
	}{
		{"all successes: (1-confidence)^(1/n)", 5, 5, 0.95, math.Pow(0.05, 1.0/5), 1e-9},
		{"method: 5 of 5 shows at least 55 %", 5, 5, 0.95, 0.5492803, 5e-8},
		{"all successes", 8, 8, 0.95, math.Pow(0.05, 1.0/8), 1e-9},
		{"all successes", 10, 10, 0.95, 0.7411344, 5e-8},
		{"one success: 1-confidence^(1/n)", 1, 7, 0.95, 1 - math.Pow(0.95, 1.0/7), 1e-9},
		{"NIST/SEMATECH e-Handbook 7.2.4.1: 4 of 20, two-sided 90 %", 4, 20, 0.95, 0.071354, 5e-7},
		{"no success", 0, 9, 0.95, 0, 0},
	} {
		got, err := ClopperPearsonLower(c.k, c.n, c.confidence)
		if err != nil {
			t.Fatalf("%s: %v", c.source, err)
		}
		near(t, c.source, got, c.want, c.tolerance)
	}
}

// The definition: at the bound, k or more successes have probability 1 - confidence.
func TestClopperPearsonInvertsTheTail(t *testing.T) {
	for n := 1; n <= 30; n++ {
		for k := 1; k <= n; k++ {
			bound, err := ClopperPearsonLower(k, n, 0.95)
			if err != nil {
				t.Fatal(err)
			}
			tail, err := BinomialTail(k, n, bound)
			if err != nil {
				t.Fatal(err)
			}
			near(t, "tail at the bound", tail, 0.05, 1e-8)
		}
	}
}

// The tail against the sum of its terms.
func TestBinomialTail(t *testing.T) {
	for _, p := range []float64{0, 0.05, 0.5, 0.93, 1} {
		const n = 12
		for k := 0; k <= n; k++ {
			want, choose := 0.0, 1.0
			for i := 0; i <= n; i++ {
				if i >= k {
					want += choose * math.Pow(p, float64(i)) * math.Pow(1-p, float64(n-i))
				}
				choose *= float64(n-i) / float64(i+1)
			}
			got, err := BinomialTail(k, n, p)
			if err != nil {
				t.Fatal(err)
			}
			near(t, "tail", got, want, 1e-12)
		}
	}
}

// The bound never covers less often than it says (fixed seed; 4,000 runs a case, four
// standard errors).
func TestClopperPearsonCoverage(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 5))
	for _, p := range []float64{0.3, 0.6, 0.9} {
		const runs, n = 4000, 10
		hits := 0
		for range runs {
			k := 0
			for range n {
				if random.Float64() < p {
					k++
				}
			}
			bound, err := ClopperPearsonLower(k, n, 0.95)
			if err != nil {
				t.Fatal(err)
			}
			if bound <= p {
				hits++
			}
		}
		if share := float64(hits) / runs; share < 0.95-0.014 {
			t.Errorf("p = %g: covered in %g of the runs, want 0.95 or more", p, share)
		}
	}
}
