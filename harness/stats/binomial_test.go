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

func TestClopperPearsonUpper(t *testing.T) {
	for _, c := range []struct {
		source           string
		k, n             int
		confidence, want float64
		tolerance        float64
	}{
		{"no success: 1-(1-confidence)^(1/n)", 0, 5, 0.95, 1 - math.Pow(0.05, 1.0/5), 1e-12},
		{"no success, many trials", 0, 100_000, 0.95, 1 - math.Pow(0.05, 1.0/100_000), 1e-14},
		{"one failure: confidence^(1/n)", 6, 7, 0.95, math.Pow(0.95, 1.0/7), 1e-12},
		{"NIST/SEMATECH e-Handbook 7.2.4.1: 4 of 20, two-sided 90 %", 4, 20, 0.95, 0.401029, 1.5e-6}, // scipy: 0.4010281
		{"no failure", 9, 9, 0.95, 1, 0},
	} {
		got, err := ClopperPearsonUpper(c.k, c.n, c.confidence)
		if err != nil {
			t.Fatalf("%s: %v", c.source, err)
		}
		near(t, c.source, got, c.want, c.tolerance)
	}
}

// R's manual, binom.test(682, 925): Mendelian inheritance after Conover, Practical
// Nonparametric Statistics, p. 97; R prints the 95 percent interval 0.7076683 to 0.7654066.
func TestClopperPearsonConover(t *testing.T) {
	in, err := ClopperPearson(682, 925, 0.95)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "low", in.Low, 0.7076683, 5e-8)
	near(t, "high", in.High, 0.7654066, 5e-8)
	near(t, "center", in.Center, 682.0/925, 1e-15)
	if in.N != 925 || in.Confidence != 0.95 {
		t.Errorf("interval %+v: want 925 trials, level 0.95", in)
	}
}

// Failures are successes of the mirror image, the interval contains k/n, more confidence
// widens it, and its ends are the one-sided bounds.
func TestClopperPearsonSymmetries(t *testing.T) {
	for n := 1; n <= 25; n++ {
		for k := 0; k <= n; k++ {
			in, mirrored, wider := mustPearson(t, k, n, 0.9), mustPearson(t, n-k, n, 0.9), mustPearson(t, k, n, 0.99)
			near(t, "low mirrored", mirrored.Low, 1-in.High, 1e-9)
			near(t, "high mirrored", mirrored.High, 1-in.Low, 1e-9)
			if !(in.Low <= in.Center && in.Center <= in.High) {
				t.Errorf("%d of %d: %+v does not contain the share itself", k, n, in)
			}
			if !(wider.Low <= in.Low && in.High <= wider.High) {
				t.Errorf("%d of %d: 99 %% interval %+v does not contain the 90 %% interval %+v", k, n, wider, in)
			}
		}
	}
}

func mustPearson(t *testing.T, k, n int, confidence float64) Interval {
	t.Helper()
	in, err := ClopperPearson(k, n, confidence)
	if err != nil {
		t.Fatal(err)
	}
	return in
}

// The probability tested lies outside the interval exactly where its smaller tail, doubled, is small.
func TestClopperPearsonInvertsTails(t *testing.T) {
	for n := 1; n <= 20; n++ {
		for k := 0; k <= n; k++ {
			in := mustPearson(t, k, n, 0.95)
			for i := range 100 {
				null := (float64(i) + 0.37) / 100 // never an end of an interval
				greater, err := BinomialTail(k, n, null)
				if err != nil {
					t.Fatal(err)
				}
				less, err := BinomialTail(n-k, n, 1-null) // at least n-k failures
				if err != nil {
					t.Fatal(err)
				}
				if outside := null < in.Low || null > in.High; outside != (twoSided(less, greater) < 0.05) {
					t.Errorf("%d of %d: tails %g and %g of %g, interval %g to %g", k, n, less, greater, null, in.Low, in.High)
				}
			}
		}
	}
}
