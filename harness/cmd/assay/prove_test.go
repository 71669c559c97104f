package main

import (
	"testing"

	"github.com/assay-bench/assay/harness/prove"
	"github.com/assay-bench/assay/harness/stats"
)

// A rule that errs nine times in ten, where at most 5 % are wanted, is the command's failure; one that does not is none.
func TestMissedNominalValuesFail(t *testing.T) {
	section := prove.All(prove.DefaultBlocks)[0]
	scenario := section.Scenarios[0]
	for rate, fails := range map[float64]bool{0.01: false, 0.9: true} {
		err := kept([]prove.Proof{{Section: section, Outcomes: []prove.Outcome{{Scenario: scenario, Results: []prove.Result{{
			Count: scenario.Counts[0], Hits: int(1000 * rate), Runs: 1000, Sure: stats.Interval{Low: rate, High: rate},
		}}}}}})
		if (err != nil) != fails {
			t.Errorf("wrong in %g of the runs: %v", rate, err)
		}
	}
}
