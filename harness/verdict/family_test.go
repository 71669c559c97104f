package verdict

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/assay-bench/assay/harness/claim"
	"github.com/assay-bench/assay/harness/stats"
)

// shares simulates one reading of a family of m whose true advantage is given, with 8 blocks and 3 % spread of d, and
// returns how often it is supported and how often refuted, signed ranks agreeing.
func shares(t *testing.T, shape claim.Shape, m int, advantage float64) (supported, refuted float64) {
	t.Helper()
	const runs, blocks, spread = 20_000, 8, 0.03
	random := rand.New(rand.NewPCG(9, uint64(m)))
	c := &court{margin: 1.05, delta: math.Log(1.05), confidence: familyConfidence(0.95, m), inside: familyConfidence(0.90, m)}
	at := levels{c.confidence, c.confidence}
	if shape == claim.Tie {
		at.inside = c.inside
	}
	for range runs {
		d := make([]float64, blocks)
		for i := range d {
			d[i] = advantage + spread*random.NormFloat64()
		}
		byT, byRank := judgedBy(t, c, shape, d, at, stats.TInterval), judgedBy(t, c, shape, d, at, stats.SignedRank)
		if byT == Supported && byRank == Supported {
			supported++
		}
		if byT == Refuted && byRank == Refuted {
			refuted++
		}
	}
	return supported / runs, refuted / runs
}

func judgedBy(t *testing.T, c *court, shape claim.Shape, d []float64, at levels, method func([]float64, float64) (stats.Interval, error)) Verdict {
	t.Helper()
	wide, err := method(d, at.difference)
	if err != nil {
		t.Fatal(err)
	}
	inside, err := method(d, at.inside)
	if err != nil {
		t.Fatal(err)
	}
	a := advantageOf(wide, inside, Exact, false)
	if shape == claim.Tie {
		k := comparison{reading: claim.Reading{Shape: shape}}
		return positionVerdict(k.place(a, stretch{-c.delta, c.delta}))
	}
	return decide(a, c.delta).verdict()
}

// The worst case of a family: every true ratio lies exactly at the margin, where "X is better by more" and "a tie" are both
// wrong. Together they stay at 5 % a family, however large it is. The power is what docs/decisions/0009 says.
func TestWrongVerdictsOfAFamilyAtTheMargin(t *testing.T) {
	delta := math.Log(1.05)
	for _, c := range []struct {
		m                       int
		tieRefutes, tieSupports float64 // power at equality, at least
		differenceSupports      float64 // power at 1.10
	}{{1, 0.87, 0.92, 0.92}, {5, 0.39, 0.67, 0.57}, {15, 0.32, 0.38, 0.48}} {
		s, r := shares(t, claim.Better, c.m, delta)
		if wrong := 1 - math.Pow(1-s-r, float64(c.m)); wrong > 0.05 {
			t.Errorf("m = %d: a wrong verdict in %.1f %% of the families", c.m, 100*wrong)
		}
		s, _ = shares(t, claim.Tie, c.m, delta)
		if wrong := 1 - math.Pow(1-s, float64(c.m)); wrong > 0.05 {
			t.Errorf("m = %d: a tie claim wrongly supported in %.1f %% of the families", c.m, 100*wrong)
		}
		_, refutes := shares(t, claim.Better, c.m, 0)
		supports, _ := shares(t, claim.Tie, c.m, 0)
		finds, _ := shares(t, claim.Better, c.m, math.Log(1.10))
		if refutes < c.tieRefutes || supports < c.tieSupports || finds < c.differenceSupports {
			t.Errorf("m = %d: power %.3f to refute by a tie, %.3f to support a tie, %.3f to find 1.10", c.m, refutes, supports, finds)
		}
		t.Logf("m = %d: power %.3f to refute by a tie, %.3f to support a tie, %.3f to find 1.10", c.m, refutes, supports, finds)
	}
}

// All comparative shapes count in the family; thresholds and sources do not.
func TestFamilyOfAllShapes(t *testing.T) {
	j := newSynthetic(8).claims(beatsOn(cpuMetric, "rate/5000"), tiesOn("rate/5000"), rangesOn("rate/5000", 20, 30),
		reachesIn(30, 0, "rate/5000", "hold/1000"), holdsAt(1000, "hold/1000"), claim.Reading{Shape: claim.Documented},
		reachesIn(30, 0, "rate/5000", "rate/9999"), reachesIn(30, 0)).run(nil).judge()
	if j.FamilySize != 4 || j.Confidence != 0.9875 || j.InsideAt != 0.975 {
		t.Errorf("family of %d at %g and %g; want 4 at 0.9875 and 0.975", j.FamilySize, j.Confidence, j.InsideAt)
	}
	for i, want := range map[int][2]float64{0: {0.9875, 0.9875}, 1: {0.9875, 0.975}, 2: {0.9875, 0.975}} {
		if r := reading(t, j, i).Ratio; r.Confidence != want[0] || r.TieConfidence != want[1] {
			t.Errorf("claim %d: intervals at %g and %g, want %v", i, r.Confidence, r.TieConfidence, want)
		}
	}
	u := reading(t, j, 3).UpTo // one-sided 5 %/4 for the fresh bound, 5 %/8 for each of two cells
	if u.Fresh.Confidence != 0.975 || u.Cells[0].Ratio.Confidence != 0.9875 {
		t.Errorf("up to: bounds of intervals at %g and %g, want 0.975 and 0.9875", u.Fresh.Confidence, u.Cells[0].Ratio.Confidence)
	}
	for _, i := range []int{6, 7} {
		if r := reading(t, j, i); r.Verdict != NotMeasured {
			t.Errorf("claim %d: %s", i, r.Verdict)
		}
	}
}
