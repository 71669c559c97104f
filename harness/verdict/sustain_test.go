package verdict

import (
	"math"
	"testing"
	"time"

	"github.com/assay-bench/assay/harness/plan"
	"github.com/assay-bench/assay/harness/trial"
)

func TestSustains(t *testing.T) {
	cell := plan.Cell{Connections: 100, SLOP99: 50 * time.Millisecond}
	for _, c := range []struct {
		name   string
		change func(*trial.Record)
		want   string
	}{
		{"all well", func(*trial.Record) {}, ""},
		{"exactly at the objective", func(r *trial.Record) { r.Metrics[p99] = 50 }, ""},
		{"over the objective", func(r *trial.Record) { r.Metrics[p99] = 50.1 }, whyP99},
		{"not a number", func(r *trial.Record) { r.Metrics[p99] = math.NaN() }, whyNoP99},
		{"less than nothing", func(r *trial.Record) { r.Metrics[p99] = -1 }, whyNoP99},
		{"no latency", func(r *trial.Record) { delete(r.Metrics, p99) }, whyNoP99},
		{"not held", func(r *trial.Record) { r.Connections.Held = false }, whyNotHeld},
		{"another N", func(r *trial.Record) { r.Connections.Asked = 99 }, whyNotHeld},
		{"one failed", func(r *trial.Record) { r.Counts.Failed = 1 }, whyFailed},
		{"one open", func(r *trial.Record) { r.Counts.Pending = 1 }, whyPending},
		{"server failed", func(r *trial.Record) { r.Status = trial.ServerFailed }, whyServer},
		{"late, under the objective", func(r *trial.Record) { reject99(r, 49) }, ""},
		{"late, over the objective", func(r *trial.Record) { reject99(r, 450) }, whyNoP99},
		{"rejected trials are read by their numbers", func(r *trial.Record) { r.Status = trial.Invalid }, ""},
	} {
		r := trial.Record{
			Status: trial.OK, Connections: trial.Connections{Asked: 100, Held: true}, Metrics: map[string]float64{p99: 3},
		}
		c.change(&r)
		if got := (selection{}).sustains(cell, r); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
	late := trial.Record{Status: trial.OK, Connections: trial.Connections{Asked: 100, Held: true}, Metrics: map[string]float64{}}
	reject99(&late, 450)
	if got := (selection{rejectedToo: true}).sustains(cell, late); got != whyP99 {
		t.Errorf("as if nothing had been rejected: %q, want %q", got, whyP99)
	}
}

// reject99 sets a trial's p99 apart, as requests that left late do.
func reject99(r *trial.Record, ms float64) {
	delete(r.Metrics, p99)
	r.Rejected = map[string]float64{p99: ms}
}
