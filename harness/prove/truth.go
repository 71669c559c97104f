package prove

import (
	"fmt"
	"slices"

	"github.com/assay-bench/assay/harness/claim"
	"github.com/assay-bench/assay/harness/plan"
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

// A Truth is what really holds for one reading, and what the reading claims where its shape leaves that open.
type Truth struct {
	// Advantage is how many times better X really is than Y: the ratio of the costs Y/X, or of X/Y where higher is
	// better. 1 is equality. For comparisons.
	Advantage float64
	// Elsewhere are the advantages in the further candidate cells of "up to p %".
	Elsewhere []float64
	// From, To and Percent are claimed advantages in per cent of Y, where less is better: a range, and "up to". Of a bill,
	// From and To are USD a month.
	From, To, Percent float64
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
	// places are those of reading i of a family; nil when there are no more.
	places  func(i int, t Truth) []place
	reading func([]place, Truth) claim.Reading
	// mayErr tells whether, with this truth, a supported and a refuted verdict can be wrong.
	mayErr func(Truth) (supported, refuted bool)
	// overstates tells whether a verdict that may be wrong is; nil where each is.
	overstates func(Truth, verdict.Reading) bool
}

// rules has an entry for every shape that package verdict decides from trials, for ranges that of a comparison; amountRule is that of
// one target's own number. Not drawn are: saturated servers and their headroom, what servers sustain (rungs: decision 0025), memory
// a connection, and bills of a few machines, which are steps as rungs are. Of these nothing is proved but what the same rule shows elsewhere.
//
// Where a truth lies exactly on the border
// of what a reading claims, both verdicts count as wrong: a truth that lies beside it by next to nothing makes either wrong
// just as often, and an error rate that must hold for all of them must hold for their limit.
func rules() map[claim.Shape]rule {
	return map[claim.Shape]rule{
		claim.Better:    {places: onePlace, reading: comparison(claim.Better), mayErr: betterErrs},
		claim.Tie:       {places: onePlace, reading: comparison(claim.Tie), mayErr: tieErrs},
		claim.Range:     {places: onePlace, reading: comparison(claim.Range), mayErr: rangeErrs},
		claim.UpTo:      {places: candidates, reading: upToReading, mayErr: upToErrs},
		claim.Threshold: {places: theHold, reading: thresholdReading, mayErr: thresholdErrs, overstates: thresholdOverstates},
	}
}

// ruleOf is the rule of a scenario's readings.
func ruleOf(s Scenario) (rule, error) {
	if s.OneTarget {
		return rule{places: theBill, reading: amountReading, mayErr: amountErrs}, nil
	}
	r, ok := rules()[s.Shape]
	if !ok {
		return rule{}, fmt.Errorf("scenario %s: nothing is known of the shape %q", s.ID(), s.Shape)
	}
	return r, nil
}

// amountReading is "X costs From to To".
func amountReading(_ []place, t Truth) claim.Reading {
	return claim.Reading{ID: "r", Headline: true, Shape: claim.Range, Target: targetX, Metric: "cost_usd_per_month", Case: "bill", From: t.From, To: t.To}
}

// amountErrs: X's bill is Y's over X's advantage.
func amountErrs(t Truth) (supported, refuted bool) { return errs(billUSD/t.Advantage, t.From, t.To) }

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

// comparison writes down a reading of a shape that compares X and Y in one cell.
func comparison(shape claim.Shape) func([]place, Truth) claim.Reading {
	return func(at []place, t Truth) claim.Reading {
		return claim.Reading{
			ID: "r", Headline: true, Shape: shape, X: targetX, Y: targetY, Metric: at[0].metric, Cell: at[0].cell, From: t.From, To: t.To,
		}
	}
}

// betterErrs: "X beats Y" means by more than the margin. So "supported" is wrong where the true advantage is the margin or
// less, and "refuted", be it for a tie or because Y is better, where the true advantage is above the margin.
func betterErrs(t Truth) (supported, refuted bool) {
	return t.Advantage <= margin, t.Advantage >= margin
}

// tieErrs: "X and Y are equal" means that neither is better by the margin or more.
func tieErrs(t Truth) (supported, refuted bool) { return errs(t.Advantage, 1/margin, margin) }

// rangeErrs: "X is better by a to b per cent".
func rangeErrs(t Truth) (supported, refuted bool) { return errs(t.Advantage, less(t.From), less(t.To)) }

// errs are those of "the advantage lies between": supported is wrong outside, refuted inside.
func errs(advantage, from, to float64) (supported, refuted bool) {
	return advantage <= from || advantage >= to, advantage >= from && advantage <= to
}

// less is the advantage of a cost that is so many per cent less than Y's.
func less(percent float64) float64 { return 1 / (1 - percent/100) }

func upToReading(at []place, t Truth) claim.Reading {
	r := claim.Reading{ID: "r", Headline: true, Shape: claim.UpTo, X: targetX, Y: targetY, Metric: at[0].metric, Percent: t.Percent}
	for _, p := range at {
		r.Cells = append(r.Cells, p.cell)
	}
	return r
}

// upToErrs: "X is better by up to p per cent" means that in the best of the cells the advantage reaches p, less the
// tolerance of the plan. That it is larger does not refute it.
func upToErrs(t Truth) (supported, refuted bool) {
	best := slices.Max(append([]float64{t.Advantage}, t.Elsewhere...))
	needed := less(t.Percent - plan.DefaultLimits().UpToTolerance)
	return best <= needed, best >= needed
}

func thresholdReading(at []place, _ Truth) claim.Reading {
	return claim.Reading{ID: "r", Headline: true, Shape: claim.Threshold, Target: targetX, AtLeast: holdConnections, Cell: at[0].cell}
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
