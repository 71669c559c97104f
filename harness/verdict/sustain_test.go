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
		{"rejected trials are read by their numbers", func(r *trial.Record) { r.Status = trial.Invalid }, ""},
	} {
		r := trial.Record{
			Status: trial.OK, Connections: trial.Connections{Asked: 100, Held: true}, Metrics: map[string]float64{p99: 3},
		}
		c.change(&r)
		if got := sustains(cell, r); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}
