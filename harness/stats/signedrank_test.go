package stats

import (
	"math"
	"testing"
)

// depression is the Hamilton depression scale of nine patients before and after therapy:
// Hollander and Wolfe, Nonparametric Statistical Methods, table 3.1 (example of R's
// wilcox.test).
var depression = struct{ before, after []float64 }{
	before: []float64{1.83, 0.50, 1.62, 2.48, 1.68, 1.88, 1.55, 3.06, 1.30},
	after:  []float64{0.878, 0.647, 0.598, 2.05, 1.06, 1.29, 1.06, 3.14, 1.29},
}

// The book gives the estimate 0.46 (example 3.3) and, at level 0.961, the interval 0.010
// to 0.786 (example 3.4), up to the sign of the differences.
func TestSignedRankDepression(t *testing.T) {
	d := make([]float64, len(depression.before))
	for i := range d {
		d[i] = depression.before[i] - depression.after[i]
	}
	in, err := SignedRank(d, 0.95)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "estimate", in.Center, 0.46, 1e-9)
	near(t, "low", in.Low, 0.010, 1e-9)
	near(t, "high", in.High, 0.786, 1e-9)
	near(t, "level", in.Confidence, 0.961, 5e-4)
}

// Two-sided 5 % critical values of the signed-rank statistic (Wilcoxon and Wilcox, Some
// Rapid Approximate Statistical Procedures, 1964): the largest T for which
// 2 P(T+ <= T) <= 0.05.
func TestSignedRankCriticalValues(t *testing.T) {
	for _, c := range []struct{ n, want int }{
		{6, 0}, {7, 2}, {8, 3}, {9, 5}, {10, 8}, {12, 13}, {15, 25}, {20, 52}, {25, 89},
	} {
		if k, level := signedRankCut(c.n, 0.95); k != c.want || level < 0.95 {
			t.Errorf("n = %d: cut %d at level %g, want %d at 0.95 or more", c.n, k, level, c.want)
		}
	}
}

// The largest attainable level is 1 - 2^(1-n): all signs equal, either way.
func TestSignedRankLargestLevel(t *testing.T) {
	for _, c := range []struct {
		n    int
		want float64
	}{{1, 0}, {2, 0.5}, {5, 0.9375}, {8, 0.9921875}} {
		d := make([]float64, c.n)
		for i := range d {
			d[i] = float64(i)
		}
		in, err := SignedRank(d, 0.999)
		if err != nil {
			t.Fatal(err)
		}
		near(t, "level", in.Confidence, c.want, 1e-15)
		near(t, "low", in.Low, 0, 0)
		near(t, "high", in.High, float64(c.n-1), 0)
		if c.want == 0 {
			continue
		}
		if exact, err := SignedRank(d, c.want); err != nil || exact != in {
			t.Errorf("n = %d: asked for the attainable level itself: %+v, %v; want %+v", c.n, exact, err, in)
		}
	}
}

// A level that can be had exactly is not passed over: P(T+ <= 3) = 5/256 at n = 8.
func TestSignedRankExactLevel(t *testing.T) {
	if k, level := signedRankCut(8, 1-2*5.0/256); k != 3 || level != 1-2*5.0/256 {
		t.Errorf("cut %d at level %g, want 3 at the level itself", k, level)
	}
}

// The distribution for n = 4, counted by hand: 16 sign patterns over the sums 0 to 10.
func TestSignedRankDistribution(t *testing.T) {
	want := []float64{1, 1, 1, 2, 2, 2, 2, 2, 1, 1, 1}
	got, sum := signedRankCumulative(4), 0.0
	for k, ways := range want {
		sum += ways / 16
		near(t, "P(T+ <= k)", got[k], sum, 1e-15)
	}
	if all := signedRankCumulative(maxSignedRank); len(all) > 0 {
		near(t, "total probability at the largest n", all[len(all)-1], 1, 1e-9)
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
