package report

import (
	"errors"
	"fmt"

	"github.com/assay-bench/assay/harness/plan"
	"github.com/assay-bench/assay/harness/trial"
	"github.com/assay-bench/assay/harness/verdict"
)

// Input is everything that a report is made of.
type Input struct {
	RunID     string
	Plan      plan.Plan
	PlanHash  string
	Env       trial.Environment
	Records   []trial.Record
	Judgement verdict.Judgement

	// Quantiles returns the latency percentiles of one trial, from its raw histogram,
	// at Percentiles. A trial that left no histogram has an empty Curve; an error ends
	// Build. Build asks for usable trials alone.
	Quantiles func(recordID string) (Curve, error)

	// Hashes lists the files of the run directory that the report rests on, with paths
	// relative to it: plan.json, env.json, trials.jsonl and everything under raw/.
	Hashes []trial.Artifact

	// Command is what a reader types to make a run like this one.
	Command string
}

// A Curve is the latency distribution of one trial, ascending.
type Curve []Quantile

// A Quantile is one point of a Curve.
type Quantile struct {
	Percentile   float64 // 0 up to but excluding 100
	Milliseconds float64 // from the intended send to the last byte
}

// Percentiles are the points at which the latency plots want a Curve.
func Percentiles() []float64 {
	return []float64{50, 60, 70, 75, 80, 85, 90, 92.5, 95, 97, 98, 99, 99.3, 99.5, 99.7, 99.9, 99.95, 99.99}
}

// check finds input that does not belong together.
func (in Input) check() error {
	if in.Plan.Untried() {
		return in.checkClaims()
	}
	if len(in.Plan.Targets) == 0 {
		return errors.New("report: the plan names no target")
	}
	if len(in.Plan.Cells) == 0 {
		return errors.New("report: the plan names no cell")
	}
	return in.checkClaims()
}

// checkClaims holds the judgement against the ledger: one verdict a claim.
func (in Input) checkClaims() error {
	ledger := map[string]bool{}
	for _, c := range in.Plan.Ledger.Claims {
		ledger[c.ID] = true
	}
	judged := map[string]bool{}
	for _, c := range in.Judgement.Claims {
		if !ledger[c.ID] {
			return fmt.Errorf("report: verdict for claim %q, which the plan's ledger doesn't have; judge the run again", c.ID)
		}
		if judged[c.ID] {
			return fmt.Errorf("report: two verdicts for claim %q; judge the run again", c.ID)
		}
		judged[c.ID] = true
	}
	for _, c := range in.Plan.Ledger.Claims {
		if !judged[c.ID] {
			return fmt.Errorf("report: claim %q has no verdict; judge the run again", c.ID)
		}
	}
	return nil
}
