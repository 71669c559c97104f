package prove

import (
	"github.com/assay-bench/assay/harness/claim"
	"github.com/assay-bench/assay/harness/stats"
	"github.com/assay-bench/assay/harness/verdict"
)

// margin is the one of docs/method.md, which the ledgers declare.
const margin = 1.05

// IDs of the synthetic targets.
const (
	targetX = "x"
	targetY = "y"
)

// A Truth is what really holds for one reading.
type Truth struct {
	// Advantage is how many times better X really is than Y: the ratio of the costs Y/X, or of X/Y where higher is
	// better. 1 is equality. For comparisons.
	Advantage float64
	// Success is the probability that one trial sustains the claimed connections. For thresholds.
	Success float64
}

// A place is where a reading is measured.
type place struct {
	cell   string
	metric string
}

// A rule is what the simulation knows of a shape: how a reading of it is written down, and which verdicts are wrong.
type rule struct {
	reading func(place, Truth) claim.Reading
	// mayErr tells whether, with this truth, a supported and a refuted verdict can be wrong.
	mayErr func(Truth) (supported, refuted bool)
	// overstates tells whether a verdict that may be wrong is; nil where each is.
	overstates func(Truth, verdict.Reading) bool
}

// rules has an entry for every shape that package verdict decides from trials.
func rules() map[claim.Shape]rule {
	return map[claim.Shape]rule{
		claim.Better:    {reading: betterReading, mayErr: betterErrs},
		claim.Threshold: {reading: thresholdReading, mayErr: thresholdErrs, overstates: thresholdOverstates},
	}
}

// wrong reports whether the verdict on a reading is one that its truth forbids. Inconclusive never is.
func (r rule) wrong(t Truth, judged verdict.Reading) (supported, refuted bool) {
	supported, refuted = r.mayErr(t)
	supported = supported && judged.Verdict == verdict.Supported
	refuted = refuted && judged.Verdict == verdict.Refuted
	if (supported || refuted) && r.overstates != nil && !r.overstates(t, judged) {
		return false, false
	}
	return supported, refuted
}

func betterReading(at place, _ Truth) claim.Reading {
	return claim.Reading{ID: "r", Headline: true, Shape: claim.Better, X: targetX, Y: targetY, Metric: at.metric, Cell: at.cell}
}

// betterErrs: "X beats Y" means by more than the margin. So "supported" is wrong where the true advantage is the margin or
// less, and "refuted", be it for a tie or because Y is better, where the true advantage is above the margin. Exactly at
// the margin both count: an advantage that is larger by next to nothing makes "refuted" wrong just as often, and an error
// rate that must hold for all of them must hold for their limit.
func betterErrs(t Truth) (supported, refuted bool) {
	return t.Advantage <= margin, t.Advantage >= margin
}

func thresholdReading(at place, _ Truth) claim.Reading {
	return claim.Reading{ID: "r", Headline: true, Shape: claim.Threshold, Target: targetX, AtLeast: holdConnections, Cell: at.cell}
}

func thresholdErrs(t Truth) (supported, refuted bool) { return t.Success < 1, t.Success > 0 }

// thresholdOverstates: no number of trials shows that a server sustains N every time. What a verdict shows is the
// reliability printed beside it: "supported" is wrong where trials really succeed less often than its lower bound says,
// "refuted" where they succeed more often than the upper bound (Clopper and Pearson, at the same confidence) of no
// success in so many trials.
func thresholdOverstates(t Truth, judged verdict.Reading) bool {
	e := judged.Threshold
	if judged.Verdict == verdict.Supported {
		return t.Success < e.Reliability
	}
	upper, err := stats.ClopperPearsonUpper(e.Met, e.Trials, e.ReliabilityConfidence)
	return err != nil || t.Success > upper
}
