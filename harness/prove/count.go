package prove

import (
	"slices"

	"github.com/assay-bench/assay/harness/claim"
	"github.com/assay-bench/assay/harness/verdict"
)

// A Count is what is counted over the runs of a scenario, as a share of the runs in which it could have happened.
type Count struct {
	Name string // column of the table
	Want Want
	// of looks at one judged run: did it happen, and could it.
	of func(sample) (happened, possible bool)
}

// wanting is the same count with a nominal value.
func (c Count) wanting(w Want) Count {
	c.Want = w
	return c
}

// A sample is one run, judged. Reading i stands for truth i.
type sample struct {
	scenario Scenario
	rule     rule
	readings []verdict.Reading
	early    bool // it ended at the first look
}

func newSample(s Scenario, r rule, j verdict.Judgement) sample {
	out := sample{scenario: s, rule: r, readings: make([]verdict.Reading, len(j.Claims))}
	for i, c := range j.Claims {
		out.readings[i] = c.Readings[0]
	}
	return out
}

// endedEarly: the run ended at its first look.
func endedEarly() Count {
	return Count{Name: "ended at the look", of: func(s sample) (happened, possible bool) { return s.early, s.scenario.Look > 0 }}
}

// wrongSupported: at least one reading of the family is supported, wrongly.
func wrongSupported() Count {
	return Count{Name: "wrong supported", of: func(s sample) (happened, possible bool) {
		for i, t := range s.scenario.Truths {
			may, _ := s.rule.mayErr(t)
			is, _ := s.rule.wrong(t, s.readings[i])
			happened, possible = happened || is, possible || may
		}
		return happened, possible
	}}
}

// wrongRefuted: at least one reading of the family is refuted, wrongly.
func wrongRefuted() Count {
	return Count{Name: "wrong refuted", of: func(s sample) (happened, possible bool) {
		for i, t := range s.scenario.Truths {
			_, may := s.rule.mayErr(t)
			_, is := s.rule.wrong(t, s.readings[i])
			happened, possible = happened || is, possible || may
		}
		return happened, possible
	}}
}

// wrongAny: at least one reading of the family has a wrong verdict, of either kind.
func wrongAny() Count {
	return Count{Name: "any wrong", of: func(s sample) (happened, possible bool) {
		supported, maySupport := wrongSupported().of(s)
		refuted, mayRefute := wrongRefuted().of(s)
		return supported || refuted, maySupport || mayRefute
	}}
}

// wrongs are the columns of wrong verdicts of a shape, with their nominal values. Each kind has what the family may err. Of "X beats Y"
// both together have no more, at the margin too; at an end of a tie or a range the two sum to half as much again, and of other shapes
// to twice as much (docs/decisions/0009-ties-belong-to-the-family.md).
func wrongs(of claim.Shape) []Count {
	either := 2 * alpha
	switch of {
	case claim.Better:
		either = alpha
	case claim.Tie, claim.Range:
		either = 1.5 * alpha
	}
	return []Count{wrongSupported().wanting(atMost(alpha)), wrongRefuted().wanting(atMost(alpha)), wrongAny().wanting(atMost(either))}
}

// under is what is promised of counts under a noise: nothing where it is uneven, to one side. A t interval supposes that noise is not.
func under(n Noise, counts []Count) []Count {
	if n.Uneven == "" {
		return counts
	}
	return without(counts)
}

// without are the same counts without a promise.
func without(counts []Count) []Count {
	counts = slices.Clone(counts)
	for i := range counts {
		counts[i].Want = Want{}
	}
	return counts
}

// given counts the runs whose first reading has the verdict.
func given(v verdict.Verdict) Count {
	return Count{Name: string(v), of: func(s sample) (bool, bool) { return s.readings[0].Verdict == v, true }}
}

// withheld: the A/A control of the first reading shows a difference, so no verdict is given.
func withheld() Count {
	return Count{Name: "withheld by A/A", of: func(s sample) (bool, bool) { return !s.readings[0].Ratio.ControlOK, true }}
}

// withheldByDrift: the host drifts too much for the first reading to have a verdict.
func withheldByDrift() Count {
	return Count{Name: "withheld by drift", of: func(s sample) (bool, bool) { return s.readings[0].WithheldBy == "null-drift", true }}
}

// calledDifferent: one of two equal servers is said to be the better one, X by the verdict or Y by its reason.
func calledDifferent() Count {
	return Count{Name: "one called better", of: func(s sample) (bool, bool) {
		r := s.readings[0]
		return r.Verdict == verdict.Supported || r.Verdict == verdict.Refuted && excludes(r.Ratio, 1), true
	}}
}

func excludes(e *verdict.Ratio, ratio float64) bool { return e.Low > ratio || e.High < ratio }

// tCovers: the paired-t interval of the first reading contains the true ratio.
func tCovers() Count {
	return Count{Name: "paired t covers", of: func(s sample) (bool, bool) {
		return !excludes(s.readings[0].Ratio, s.trueRatio()), true
	}}
}

// ranksCover: the signed-rank interval does.
func ranksCover() Count {
	return Count{Name: "signed ranks cover", of: func(s sample) (bool, bool) {
		in := s.readings[0].Ratio.Sensitivity
		return in.Low <= s.trueRatio() && s.trueRatio() <= in.High, true
	}}
}

// trueRatio is X/Y of the first reading.
func (s sample) trueRatio() float64 {
	metric, _ := claim.MetricByID(s.readings[0].Ratio.Metric)
	if metric.LowerBetter {
		return 1 / s.scenario.Truths[0].Advantage
	}
	return s.scenario.Truths[0].Advantage
}
