package main

import (
	"testing"

	"github.com/assay-bench/assay/harness/trial"
)

// A trial that is made again says why, on both lines.
func TestTrialLines(t *testing.T) {
	late := trial.Record{Slot: 0, Block: 1, Cell: "rate/6000", Target: "go-server", Replica: 1, Attempt: 1, Status: trial.OK,
		Metrics: map[string]float64{"cpu_us_per_request": 58.8}, Rejected: map[string]float64{"p99_ms": 3}, Checks: []trial.Check{{ID: "send-lateness", Value: 2, Limit: 1, Scope: trial.Latency}}}
	good := late
	good.Attempt, good.Rejected, good.Checks, good.Replica = 2, nil, nil, 2
	held := trial.Record{Slot: 1, Block: 1, Cell: "hold/1", Target: "go-server", Replica: 1, Attempt: 1, Status: trial.OK, Connections: trial.Connections{Held: true, Asked: 1}}
	for want, r := range map[string]trial.Record{
		"1/17 block 1 rate/6000 go-server: ok, 58.8 us CPU a request; latencies rejected, since requests left late": late,
		"1/17 block 1 rate/6000 go-server (A/A), again (attempt 2): ok, 58.8 us CPU a request":                      good,
		"2/17 block 1 hold/1 go-server: ok, 1 connection held":                                                      held,
	} {
		if got := trialLine(r, 17); got != want {
			t.Errorf("got  %q\nwant %q", got, want)
		}
	}
}
