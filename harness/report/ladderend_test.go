package report

import (
	"strings"
	"testing"

	"github.com/assay-bench/assay/harness/trial"
)

// What ended a ladder is said: the first trial on the rung above that was not sustained, and what it lacked.
func TestTheEndOfALadderHasItsReason(t *testing.T) {
	for want, change := range map[string]func(*trial.Record){
		"":                                          func(*trial.Record) {},
		"the connections were not held":             func(r *trial.Record) { r.Connections.Held = false },
		"3 requests failed, 2 had no answer":        func(r *trial.Record) { r.Counts.Failed, r.Counts.Pending = 3, 2 },
		"the server failed: killed":                 func(r *trial.Record) { r.Status, r.Failure = trial.ServerFailed, "killed" },
		"the trial is invalid":                      func(r *trial.Record) { r.Status = trial.Invalid },
		"its p99 is not known":                      func(r *trial.Record) { delete(r.Metrics, p99) },
		"its p99 of 2,240 ms is beyond the 100 ms ": func(r *trial.Record) { r.Metrics[p99] = 2240 },
		"requests left late, and its p99 is not known but to be at most 900 ms, beyond the 100 ms": func(r *trial.Record) {
			delete(r.Metrics, p99)
			r.Rejected = map[string]float64{p99: 900}
		},
	} {
		d := newData(newSynthetic().input())
		rungs := d.ladders()[0].rungs
		r := d.allTrials(rungs[1].ID, goServer)[0]
		change(&r)
		if got := d.missed(r); !strings.HasPrefix(got, want) || (got == "") != (want == "") {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
