//go:build !race

package prove

import (
	"strings"
	"testing"

	"github.com/assay-bench/assay/harness/digits"
)

// The rules keep to their nominal values, as far as so few runs of each scenario tell (`assay prove` draws thousands). The seed is fixed: this does not fail
// now and then, only by a change of the rules or of the noise.
func TestRulesErrAsRarelyAsTheySay(t *testing.T) {
	proofs, err := Prove(t.Context(), All(DefaultBlocks), Options{Runs: ruleRuns, Seed: 1, Workers: 2})
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range proofs {
		for _, o := range p.Outcomes {
			for _, r := range o.Results {
				name := strings.Join([]string{o.Scenario.Section, o.Scenario.Truth, o.Scenario.Noise.Name, r.Count.Name}, "/")
				if r.Missed() {
					t.Errorf("%s, %s, %s: %s", name, digits.Plural(len(o.Scenario.Truths), "reading"), digits.Plural(o.Scenario.Blocks, "block"), r)
				}
			}
		}
	}
}

// A proof that cannot fail is none: a rule without the family correction is found out. A single reading at the margin is
// supported in 1.7 % of the runs (2.5 %, less where signed ranks disagree or the null server drifts), so of 18 that are not
// corrected at least one is in 1 - 0.983^18 = 26 %.
func TestProofFindsARuleThatErrs(t *testing.T) {
	s := families([]int{DefaultBlocks}).Scenarios[1]
	wrong := 0
	const runs, readings = 300, 18
	w := makeWorld(t, Scenario{Shape: s.Shape, Truths: same(1, ahead(margin)), Blocks: s.Blocks, Noise: noise1()})
	for run := range runs {
		family := false
		for i := range readings { // each a family of its own
			judged := newSample(w.scenario, rules()[s.Shape], judge(t, w, run*readings+i))
			is, _ := wrongSupported().of(judged)
			family = family || is
		}
		if family {
			wrong++
		}
	}
	s.Counts = []Count{wrongSupported().wanting(atMost(alpha))}
	o, err := outcome(s, []tally{{wrong, runs}})
	if err != nil {
		t.Fatal(err)
	}
	r := o.Results[0]
	if !r.Missed() || r.Rate.Low > 0.26 || r.Rate.High < 0.26 {
		t.Errorf("%s; want a miss near 26 %%", r)
	}
}
