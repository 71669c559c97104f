package prove

import (
	"fmt"
	"io"
	"math"
	"strings"

	"github.com/assay-bench/assay/harness/digits"
)

// WriteDigest writes one row for each thing that is promised, with the worst of the scenarios in which it is.
func WriteDigest(w io.Writer, proofs []Proof, o Options) error {
	var text strings.Builder
	fmt.Fprintf(&text, "Runs of each scenario: %s; seed: %d; with the 95 %% interval of the simulation.\n\n", o.runs(), o.Seed)
	head := []string{"what", "promised, %", "worst, %", "in the scenario", "kept"}
	all := [][]string{head}
	for _, p := range proofs {
		for _, worst := range worsts(p) {
			all = append(all, worst.row(p.Section))
		}
	}
	writeRows(&text, all)
	fmt.Fprintf(&text, "\n%s\n", strings.TrimSuffix(strings.SplitN(Summary(proofs), "\n", 2)[0], ":"))
	_, err := io.WriteString(w, text.String())
	return err
}

// A worst is the result that comes closest to breaking a promise, or breaks it by most.
type worst struct {
	scenario Scenario
	result   Result
	of       int // scenarios with this promise
}

// worsts are in the order in which the promises first appear.
func worsts(p Proof) []worst {
	var found []worst
	at := map[string]int{} // by promise
	for _, o := range p.Outcomes {
		for _, r := range o.Results {
			if !r.Count.Want.asked || r.Runs == 0 {
				continue
			}
			promise := r.Count.Name + r.Count.Want.String()
			i, known := at[promise]
			switch {
			case !known:
				at[promise] = len(found)
				found = append(found, worst{o.Scenario, r, 1})
			case r.slack() < found[i].result.slack():
				found[i] = worst{o.Scenario, r, found[i].of + 1}
			default:
				found[i].of++
			}
		}
	}
	return found
}

// slack is how far the rate is from breaking what is wanted; below 0 it does.
func (r Result) slack() float64 {
	slack := math.Inf(1)
	if w := r.Count.Want; w.Least > 0 {
		slack = r.Rate.Center - w.Least
	}
	if w := r.Count.Want; w.Most < 1 {
		slack = min(slack, w.Most-r.Rate.Center)
	}
	return slack
}

func (w worst) row(s Section) []string {
	kept := "yes"
	switch {
	case w.result.Missed():
		kept = "**no**"
	case w.result.open():
		kept = "left open"
	}
	return []string{
		s.Title + ": " + w.result.Count.Name, strings.TrimSuffix(w.result.Count.Want.String(), " %"),
		fmt.Sprintf("%.2f (%.2f-%.2f)", w.result.Rate.Center*100, w.result.Rate.Low*100, w.result.Rate.High*100),
		fmt.Sprintf("%s; %s, %s, noise %s; of %d", w.scenario.Truth, digits.Plural(len(w.scenario.Truths), "reading"), digits.Plural(w.scenario.Blocks, "block"), w.scenario.Noise.Name, w.of),
		kept,
	}
}
