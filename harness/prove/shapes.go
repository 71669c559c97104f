package prove

import (
	"slices"
	"strings"

	"github.com/assay-bench/assay/harness/claim"
	"github.com/assay-bench/assay/harness/plan"
	"github.com/assay-bench/assay/harness/verdict"
)

// What the readings of the scenarios claim, in per cent.
const (
	claimedFrom = 20
	claimedTo   = 40
	claimedUpTo = 30

	claimedFromUSD = 8_000 // of a bill
	claimedToUSD   = 12_000
)

// placed: "X and Y are equal" and "X is better by a to b per cent".
func placed(blocks []int) Section {
	s := Section{
		Title: "Ties and ranges",
		Says: "A tie claims equality within the margin, a range an advantage of 20 to 40 per cent. Supported is wrong outside of what is " +
			"claimed, refuted inside, and at its ends both count. Families of five, and single readings for their power. " + unevenSays,
	}
	counts := append(wrongs(claim.Range), given(verdict.Supported), given(verdict.Refuted))
	between := func(advantage float64) Truth { return Truth{Advantage: advantage, From: claimedFrom, To: claimedTo} }
	for _, b := range blocks {
		for _, n := range []Noise{noise1(), noise3(), noise20Outliers(), noiseUneven(targetY), noiseUneven(targetX)} {
			for _, r := range []struct {
				truth    string
				shape    claim.Shape
				t        Truth
				readings int
			}{
				{"tie: equal", claim.Tie, ahead(1), 5},
				{"tie: at the margin", claim.Tie, ahead(margin), 5},
				{"tie: twice the margin", claim.Tie, ahead(margin * margin), 5},
				{"range: in the middle, 30 %", claim.Range, between(less(30)), 1},
				{"range: at the lower end, 20 %", claim.Range, between(less(claimedFrom)), 5},
				{"range: at the upper end, 40 %", claim.Range, between(less(claimedTo)), 5},
				{"range: outside, 10 %", claim.Range, between(less(10)), 1},
			} {
				if n.Uneven != "" && !strings.Contains(r.truth, "at the") { // the worst cases alone
					continue
				}
				s.Scenarios = append(s.Scenarios, Scenario{
					Section: s.Title, Truth: r.truth, Shape: r.shape, Truths: same(r.readings, r.t), Blocks: b, Noise: n,
					Counts: under(n, counts),
				})
			}
		}
		for _, n := range []Noise{noise1(), noisePair3(), noise3()} {
			s.Scenarios = append(s.Scenarios, Scenario{
				Section: s.Title, Truth: "tie: equal", Shape: claim.Tie, Truths: same(1, ahead(1)), Blocks: b, Noise: n, Counts: tieCounts(counts, b, n),
			})
		}
	}
	return s
}

// tieCounts asks for the power of a single tie, at the blocks of docs/method.md or more.
func tieCounts(counts []Count, blocks int, n Noise) []Count {
	if blocks < DefaultBlocks || n.Name != noisePair3().Name {
		return counts
	}
	counts = slices.Clone(counts)
	at := slices.IndexFunc(counts, func(c Count) bool { return c.Name == string(verdict.Supported) })
	counts[at] = counts[at].wanting(atLeast(wantPower))
	return counts
}

// bills: "X costs a to b", one number a block with no second server beside it.
func bills(blocks []int) Section {
	s := Section{
		Title: "A bill of one server",
		Says: "Claimed are 8,000 to 12,000 USD a month. The number has no second server beside it: what all servers of a block share does not " +
			"cancel, and outliers and drift raise it. There the interval is of the raised mean, and nothing is promised of the undisturbed bill. The bill is of a thousand machines; of a " +
			"few, whole machines are steps, and blocks may agree by that alone.",
	}
	for i, b := range blocks {
		noises := []Noise{noise3(), noiseRejected()}
		if i == 0 {
			noises = append(noises, noiseOutliers(), noiseDrift())
		}
		for _, n := range noises {
			counts := append(wrongs(claim.Range), given(verdict.Supported), given(verdict.Refuted))
			if n.OutlierTrial > 0 || n.Drift > 0 {
				counts = without(counts)
			}
			for _, r := range []struct {
				truth string
				usd   float64
			}{
				{"in the middle", 10_000}, {"at the lower end", claimedFromUSD}, {"at the upper end", claimedToUSD}, {"outside, 15,000", 15_000},
			} {
				s.Scenarios = append(s.Scenarios, Scenario{
					Section: s.Title, Truth: r.truth, Shape: claim.Range, OneTarget: true, Blocks: b, Noise: n, Counts: counts,
					Truths: []Truth{{Advantage: billUSD / r.usd, From: claimedFromUSD, To: claimedToUSD}},
				})
			}
		}
	}
	return s
}

// upTo: "X is better by up to p per cent", in the best of three cells.
func upTo(blocks []int) Section {
	s := Section{
		Title: "Up to p per cent",
		Says: "Claimed are 30 per cent in the best of three cells; what is needed is less by the tolerance of 5 points. The cell is chosen on " +
			"some of the blocks and confirmed on the others, so five blocks are too few to support.",
	}
	needed := less(claimedUpTo - plan.DefaultLimits().UpToTolerance)
	in := func(a, b, c float64) Truth {
		return Truth{Advantage: a, Elsewhere: []float64{b, c}, Percent: claimedUpTo}
	}
	for _, b := range blocks {
		for _, n := range []Noise{noise1(), noise3(), noiseOutliers(), noise20Outliers()} {
			for _, r := range []struct {
				truth string
				t     Truth
			}{
				{"as needed in all cells", in(needed, needed, needed)},
				{"as needed in one, equal in the others", in(needed, 1, 1)},
				{"as claimed in one, equal in the others", in(less(claimedUpTo), 1, 1)},
				{"half of what is claimed in all", in(less(claimedUpTo/2), less(claimedUpTo/2), less(claimedUpTo/2))},
			} {
				s.Scenarios = append(s.Scenarios, Scenario{
					Section: s.Title, Truth: r.truth, Shape: claim.UpTo, Truths: []Truth{r.t}, Blocks: b, Noise: n,
					Counts: append(wrongs(claim.UpTo), given(verdict.Supported), given(verdict.Refuted)),
				})
			}
		}
	}
	return s
}
