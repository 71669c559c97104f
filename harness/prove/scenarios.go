package prove

import (
	"fmt"
	"math"
	"slices"

	"github.com/assay-bench/assay/harness/claim"
	"github.com/assay-bench/assay/harness/plan"
	"github.com/assay-bench/assay/harness/stats"
	"github.com/assay-bench/assay/harness/verdict"
)

// DefaultBlocks is the number of blocks of docs/method.md.
const DefaultBlocks = 8

const (
	alpha     = 0.05 // errors of a family, at most; its complement is the confidence of an interval
	wantPower = 0.90
	coverage  = 0.01 // how far an interval's coverage may be from its level
)

// All are the scenarios at a number of blocks, and at the fewest that give a verdict.
func All(blocks int) []Section {
	few := plan.DefaultLimits().MinBlocks
	counts := []int{blocks}
	if few != blocks {
		counts = append(counts, few)
	}
	all := []Section{families(counts), looks(counts), placed(counts), bills(counts), upTo(counts), intervals(counts), power(blocks), sameServer(counts), thresholds(counts)}
	return slices.DeleteFunc(all, func(s Section) bool { return len(s.Scenarios) == 0 }) // the fewest blocks have no room for a look
}

// same is a family of m readings with one truth.
func same(m int, t Truth) []Truth { return slices.Repeat([]Truth{t}, m) }

func ahead(by float64) Truth { return Truth{Advantage: by} }

// unevenSays stands above the tables that have rows of uneven noise.
const unevenSays = "Where one server scatters four times as much as the other, and to one side, the t interval misses more often than it says, and nothing is promised: " +
	"a range at its end is then supported wrongly in up to about 9 % of the runs."

// families: how often a family has a wrong verdict.
func families(blocks []int) Section {
	s := Section{
		Title: "Wrong verdicts of a family of comparisons",
		Says: "A run counts when at least one of its readings is supported (or refuted) wrongly. Exactly at the margin both count: " +
			"that is the worst case of either. " + unevenSays,
	}
	counts := wrongs(claim.Better)
	add := func(truth string, truths []Truth, blocks int, n Noise) {
		s.Scenarios = append(s.Scenarios, Scenario{
			Section: s.Title, Truth: truth, Shape: claim.Better, Truths: truths, Blocks: blocks, Noise: n, Counts: under(n, counts),
		})
	}
	for _, b := range blocks {
		for _, n := range []Noise{noise1(), noise3(), noiseOutliers(), noiseDrift(), noiseRejected()} {
			add("equal", same(6, ahead(1)), b, n)
			add("at the margin", same(6, ahead(margin)), b, n)
			add("twice the margin", same(6, ahead(margin*margin)), b, n)
			add("mixed", mixed(), b, n)
		}
		for _, n := range []Noise{noise20Outliers(), noise35Outliers(), noiseUneven(targetY), noiseUneven(targetX)} {
			add("equal", same(6, ahead(1)), b, n)
			add("at the margin", same(6, ahead(margin)), b, n)
			add("mixed", mixed(), b, n)
		}
	}
	for _, m := range []int{1, 18} {
		for _, n := range []Noise{noise1(), noise3()} {
			add("at the margin", same(m, ahead(margin)), blocks[0], n)
		}
	}
	return s
}

// mixed are true advantages on all sides of what is claimed.
func mixed() []Truth {
	return []Truth{ahead(1), ahead(margin), ahead(margin * margin), ahead(1 / margin), ahead(1.02), ahead(1.25)}
}

// looks: how often a family has a wrong verdict where the run ends early if all is decided, and how often it does. Clear readings
// beside one at the margin are what ends early, and what could be wrong then.
func looks(blocks []int) Section {
	s := Section{
		Title: "Two planned looks",
		Says: fmt.Sprintf("The run ends after block %d where every comparison is decided by then; each of the two looks has half of what the family may "+
			"err. Counted as in the families above.", plan.DefaultLimits().MinBlocks),
	}
	few := plan.DefaultLimits().MinBlocks
	if few >= blocks[0] {
		return s
	}
	add := func(truth string, truths []Truth, n Noise, ends Want) {
		s.Scenarios = append(s.Scenarios, Scenario{
			Section: s.Title, Truth: truth, Shape: claim.Better, Truths: truths, Blocks: blocks[0], Look: few, Noise: n,
			Counts: append(wrongs(claim.Better), endedEarly().wanting(ends)),
		})
	}
	plain := ahead(1.5)
	for _, n := range []Noise{noise1(), noise3(), noiseOutliers(), noise20Outliers()} {
		add("one at the margin", same(1, ahead(margin)), n, Want{})
		add("five clear, one at the margin", append(same(5, plain), ahead(margin)), n, Want{})
		add("six at the margin", same(6, ahead(margin)), n, Want{})
	}
	// What is clear has to end early, or nothing above would show anything about ending early.
	add("six clear", same(6, plain), noise1(), atLeast(wantPower))
	return s
}

// intervals: how often the two intervals contain the true ratio.
func intervals(blocks []int) Section {
	s := Section{
		Title: "Coverage of the intervals",
		Says: "The paired-t interval is one of 95 %. The signed-rank interval has few levels to choose from and says which one it has: " +
			"96.1 % at 8 blocks, 93.8 % at 5.",
	}
	add := func(blocks int, n Noise, t, ranks Want) {
		s.Scenarios = append(s.Scenarios, Scenario{
			Section: s.Title, Truth: "1.1 times better", Shape: claim.Better, Truths: same(1, ahead(1.1)), Blocks: blocks, Noise: n,
			Counts: []Count{tCovers().wanting(t), ranksCover().wanting(ranks)},
		})
	}
	for _, b := range blocks {
		level := rankLevel(b)
		for _, n := range []Noise{noise1(), noise3(), noise5(), noise8(), noise20()} {
			add(b, n, between(1-alpha-coverage, 1-alpha+coverage), between(level-coverage, level+coverage))
		}
		for _, n := range []Noise{noiseOutliers(), noise20Outliers(), noise35Outliers(), noiseDrift(), noiseRejected(), noiseUneven(targetY), noiseUneven(targetX)} {
			add(b, n, Want{}, Want{})
		}
	}
	return s
}

// rankLevel is the level that the signed-rank interval of so many blocks has.
func rankLevel(blocks int) float64 {
	d := make([]float64, blocks)
	for i := range d {
		d[i] = float64(i)
	}
	in, err := stats.SignedRank(d, 1-alpha)
	if err != nil { // no blocks; plan.New refuses them
		return 0
	}
	return in.Confidence
}

// power: what becomes of a single comparison.
func power(blocks int) Section {
	s := Section{
		Title: "Power of a single comparison",
		Says: "Between equal servers, refuted (a tie) is the right verdict; beyond the margin, supported. In between, a difference is " +
			"too small to support; where the interval still holds equality it is called a tie, as the rows of 1.02 show.",
	}
	add := func(n Noise, truths ...float64) {
		for _, by := range truths {
			truth := "equal"
			if by > 1 {
				truth = fmt.Sprintf("%.2f times better", by)
			}
			s.Scenarios = append(s.Scenarios, Scenario{
				Section: s.Title, Truth: truth, Shape: claim.Better, Truths: same(1, ahead(by)), Blocks: blocks, Noise: n,
				Counts: powerCounts(by),
			})
		}
	}
	for _, n := range []Noise{noise1(), noisePair3(), noise3(), noise5(), noise8()} {
		add(n, 1, 1.02, margin, 1.10, 1.20)
	}
	for _, n := range []Noise{noise20(), noise35Outliers()} {
		add(n, 1, margin, 1.20, 1.50, 2)
	}
	add(noiseRejected(), 1, 1.02, margin, 1.10, 1.20)
	return s
}

func powerCounts(by float64) []Count {
	supported, refuted := given(verdict.Supported), given(verdict.Refuted)
	if by <= margin {
		supported.Want = atMost(alpha)
	}
	if by >= margin {
		refuted.Want = atMost(alpha)
	}
	return []Count{supported, refuted, withheld(), withheldByDrift()}
}

// sameServer: false alarms where X and Y are one server.
func sameServer(blocks []int) Section {
	s := Section{
		Title: "The same server as both targets",
		Says: "The A/A control compares a server with itself; where its interval excludes 1 and leaves the margin, the comparison gives no " +
			"verdict. Nor does it where the costs of all servers have a trend of 15 % or more. In the last two rows of a number of blocks " +
			"something is wrong and ought to be found; in the others there is nothing but noise, with outliers or a small drift at most, " +
			"either of which the later of two trials may truly have.",
	}
	for _, b := range blocks {
		for _, n := range []Noise{noise1(), noisePair3(), noise3(), noise5(), noise8(), noise20(), noiseOutliers(), noise20Outliers(), noise35Outliers(), noiseDrift()} {
			gate := withheld()
			if n.OutlierTrial == 0 && n.Drift == 0 { // an outlier is a difference, and so is what a drift adds from one trial to the next
				gate.Want = atMost(alpha)
			}
			s.Scenarios = append(s.Scenarios, Scenario{
				Section: s.Title, Truth: "equal", Shape: claim.Better, Truths: same(1, ahead(1)), Blocks: b, Noise: n,
				Counts: []Count{gate, withheldByDrift(), calledDifferent().wanting(atMost(alpha))},
			})
		}
		for _, n := range []Noise{noiseAgain(), noiseSteepDrift()} {
			s.Scenarios = append(s.Scenarios, Scenario{
				Section: s.Title, Truth: "equal", Shape: claim.Better, Truths: same(1, ahead(1)), Blocks: b, Noise: n,
				Counts: []Count{withheld(), withheldByDrift(), calledDifferent().wanting(atMost(alpha))},
			})
		}
	}
	return s
}

// thresholds: "sustains at least N" by how often a trial really does.
func thresholds(blocks []int) Section {
	s := Section{
		Title: "Thresholds",
		Says: "Supported is wrong where trials really succeed less often than the reliability that is printed beside it; refuted where " +
			"they succeed more often than no success in so many trials leaves possible.",
	}
	for _, b := range blocks {
		// What b successes in b trials show at least: p^b = alpha. A hair below it every "supported" is wrong.
		worst := math.Pow(alpha, 1/float64(b)) * (1 - 1e-6)
		for _, r := range []struct {
			truth   string
			success float64
		}{
			{"every trial succeeds", 1}, {"9 of 10 succeed", 0.9}, {"as many as the bound says", worst}, {"half succeed", 0.5},
			{"as few as the bound says", 1 - worst}, {"no trial succeeds", 0},
		} {
			s.Scenarios = append(s.Scenarios, Scenario{
				Section: s.Title, Truth: r.truth, Shape: claim.Threshold, Truths: []Truth{{Success: r.success}}, Blocks: b, Noise: noise3(),
				Counts: thresholdCounts(r.success),
			})
		}
	}
	return s
}

func thresholdCounts(success float64) []Count {
	supported, refuted := given(verdict.Supported), given(verdict.Refuted)
	switch success {
	case 1:
		supported.Want = atLeast(wantPower)
	case 0:
		refuted.Want = atLeast(wantPower)
	}
	return append([]Count{supported, refuted}, wrongs(claim.Threshold)...)
}
