package compare

import (
	"math"
	"testing"

	"github.com/assay-bench/assay/harness/trial"
	"github.com/assay-bench/assay/harness/verdict"
)

// A block is divided by itself: one that either side lacks takes no other's place.
func TestLogRatiosPairByBlock(t *testing.T) {
	value := func(block int, v float64) verdict.BlockValue { return verdict.BlockValue{Block: block, Value: v} }
	got := logRatios(&verdict.Ratio{
		XValues: []verdict.BlockValue{value(1, 0), value(2, 20), value(3, 30), value(5, 50)},
		YValues: []verdict.BlockValue{value(2, 10), value(3, 0), value(4, 1), value(5, 10)},
	})
	if len(got) != 2 || math.Abs(got[0]-math.Log(2)) > 1e-12 || math.Abs(got[1]-math.Log(5)) > 1e-12 {
		t.Errorf("%v, want ln 2 and ln 5", got)
	}
}

// What a server that failed did answer is no number of it, here as in a verdict.
func TestFailedServersAreNotCompared(t *testing.T) {
	fails := func(r *trial.Record) {
		if r.Target == goServer && r.Cell == "rate/5000" {
			r.Status, r.Metrics[cpu] = trial.ServerFailed, 1
		}
	}
	for _, m := range Compare(earlier(), later(fails)).Metrics {
		if m.Target == goServer && m.Cell == "rate/5000" && (m.compared() || m.BlocksB != 0) {
			t.Errorf("%s: %+v", m.Metric, m)
		}
	}
}
