package verdict

import (
	"strings"
	"testing"

	"github.com/assay-bench/assay/harness/claim"
	"github.com/assay-bench/assay/harness/plan"
	"github.com/assay-bench/assay/harness/trial"
)

// A database that shares the load agent's CPU puts a note on what rests on its cells, and on nothing else.
func TestASharedDatabaseIsNoted(t *testing.T) {
	better := func(cell string) claim.Reading {
		return claim.Reading{Shape: claim.Better, Headline: true, X: rustServer, Y: goServer, Metric: cpuMetric, Cell: cell}
	}
	for name, c := range map[string]struct {
		pool           int
		load, database []int
		want           bool
	}{
		"shared":          {16, []int{1}, []int{1}, true},
		"CPUs of its own": {16, []int{1, 2}, []int{2}, false},
		"no database":     {0, []int{1}, []int{1}, false},
	} {
		s := newSynthetic(5).claims(better("rate/5000"))
		s.plan.Placement.LoadCPUs, s.plan.Placement.DatabaseCPUs = c.load, c.database
		for i := range s.plan.Cells {
			if s.plan.Cells[i].ID == "rate/5000" {
				s.plan.Cells[i].PoolSize = c.pool
			}
		}
		s.run(func(slot plan.Slot, r *trial.Record) {
			r.Metrics[trial.TargetCPUShare] = map[string]float64{rustServer: 0.4, goServer: 0.8}[slot.Target]
		})
		r := reading(t, s.judge(), 0)
		if hasNote(r.Notes, noteDatabaseShared) != c.want {
			t.Errorf("%s: notes %+v", name, r.Notes)
		}
		for _, n := range r.Notes {
			if n.Code == noteDatabaseShared && !strings.Contains(n.Detail, "rust-server used 40 % of its own, go-server used 80 % of its own") {
				t.Errorf("%s: %s", name, n.Detail)
			}
		}
	}
}
