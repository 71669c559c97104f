package stats

import (
	"math"
	"math/rand/v2"
	"testing"
)

// R prints for wilcox.test(before, after, paired = TRUE, alternative = "greater"): V = 40,
// p-value = 0.01953, which is 10/512; the book (example 3.1) has the same.
func TestSignedRankTestDepression(t *testing.T) {
	d := make([]float64, len(depression.before))
	for i := range d {
		d[i] = depression.before[i] - depression.after[i]
	}
	got, err := SignedRankTest(d, 0)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "T+", got.Statistic, 40, 0)
	near(t, "greater", got.Greater, 10.0/512, 1e-15)
	near(t, "two-sided", got.TwoSided, 20.0/512, 1e-15)
}

// Five blocks that all agree: 2^-5, the least that can be had.
func TestSignedRankTestSmallest(t *testing.T) {
	got, err := SignedRankTest([]float64{3, 1, 4, 1.5, 9}, 0)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "greater", got.Greater, 1.0/32, 0)
	near(t, "less", got.Less, 1, 0)
	near(t, "T+", got.Statistic, 15, 0)
}

// Ties and zeros, values by scipy 1.17.1: wilcoxon(zero_method="wilcox",
// method=PermutationMethod(...)), which looks at all signs.
func TestSignedRankTestTies(t *testing.T) {
	for _, c := range []struct {
		name          string
		d             []float64
		n             int
		sum           float64
		less, greater float64
	}{
		{"two zeros, ties of three and three", []float64{3, -1, 0, 2, 2, -2, 5, 0, 4, 1, 1}, 9, 38, 0.978515625, 0.041015625},
		{"maize, no ties", maize, 15, 96, 0.982330322265625, 0.0206298828125},
	} {
		got, err := SignedRankTest(c.d, 0)
		if err != nil {
			t.Fatal(err)
		}
		near(t, c.name+": T+", got.Statistic, c.sum, 0)
		near(t, c.name+": less", got.Less, c.less, 1e-15)
		near(t, c.name+": greater", got.Greater, c.greater, 1e-15)
		if got.N != c.n {
			t.Errorf("%s: %d values, want %d", c.name, got.N, c.n)
		}
	}
}

// Fisher, The Design of Experiments, section 21: of the 2^15 ways to sign Darwin's maize,
// 863 have a sum of at least the 314 observed, 28 of them exactly it. The same distribution
// with the differences themselves in place of ranks.
func TestSignFlipsMaize(t *testing.T) {
	weights, positive := make([]int, len(maize)), 0
	for i, v := range maize {
		weights[i] = int(math.Abs(v))
		positive += max(0, int(v))
	}
	p, atLeast := signFlips(weights), 0.0
	for _, v := range p[positive:] {
		atLeast += v
	}
	near(t, "ways of at least 314", atLeast*(1<<15), 863, 1e-9)
	near(t, "ways of exactly 314", p[positive]*(1<<15), 28, 1e-9)
}

// By looking at all signs: samples on a coarse grid, so full of ties and zeros.
func TestSignedRankTestByEnumeration(t *testing.T) {
	random := rand.New(rand.NewPCG(51, 52))
	for range 200 {
		d := make([]float64, 1+random.IntN(9))
		for i := range d {
			d[i] = float64(random.IntN(9) - 4)
		}
		got, err := SignedRankTest(d, 1)
		if err != nil {
			t.Fatal(err)
		}
		less, greater := enumerateSigns(affine(d, 1, -1))
		near(t, "less", got.Less, less, 1e-14)
		near(t, "greater", got.Greater, greater, 1e-14)
	}
}

// enumerateSigns is the signed-rank test from its definition: rank by counting, then try
// every choice of signs.
func enumerateSigns(d []float64) (less, greater float64) {
	var ranks, signs []float64
	for _, v := range d {
		if v == 0 {
			continue
		}
		rank := 0.5
		for _, w := range d {
			switch {
			case w == 0:
			case math.Abs(w) < math.Abs(v):
				rank++
			case math.Abs(w) == math.Abs(v):
				rank += 0.5
			}
		}
		ranks, signs = append(ranks, rank), append(signs, v)
	}
	observed, all := 0.0, 1<<len(ranks)
	for i, r := range ranks {
		if signs[i] > 0 {
			observed += r
		}
	}
	for choice := range all {
		sum := 0.0
		for i, r := range ranks {
			if choice&(1<<i) != 0 {
				sum += r
			}
		}
		if sum <= observed {
			less++
		}
		if sum >= observed {
			greater++
		}
	}
	return less / float64(all), greater / float64(all)
}

// Nothing but zeros says nothing, and says so; equal values that are not zeros are ranks
// that tie.
func TestSignedRankTestWithoutSpread(t *testing.T) {
	got, err := SignedRankTest([]float64{2, 2, 2}, 2)
	if err != nil {
		t.Fatal(err)
	}
	if want := (Test{Null: 2, TwoSided: 1, Less: 1, Greater: 1, Degenerate: true}); got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
	got, err = SignedRankTest([]float64{2, 2, 2}, 0)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "greater", got.Greater, 1.0/8, 0)
}

func TestSignedRankTestLargest(t *testing.T) {
	random := rand.New(rand.NewPCG(53, 54))
	got, err := SignedRankTest(normals(random, maxSignedRank, 0, 1), 0)
	if err != nil {
		t.Fatal(err)
	}
	// Both tails together: 1 and the probability of the statistic itself.
	if both := got.Less + got.Greater; !(both > 1 && both < 1.001) {
		t.Errorf("tails %g and %g", got.Less, got.Greater)
	}
}
