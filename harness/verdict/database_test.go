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

// Two servers that wait for one database are alike whatever they can do: that shows neither a tie nor that one is not faster. A
// difference shows all the same, and so does what a server at its limit cannot do.
func TestWaitingForASharedDatabaseRefutesNothing(t *testing.T) {
	upTo := claim.Reading{Shape: claim.UpTo, Headline: true, X: rustServer, Y: goServer, Metric: claim.Throughput, Cells: []string{"saturate/64"}, Percent: 30}
	better := claim.Reading{Shape: claim.Better, Headline: true, X: rustServer, Y: goServer, Metric: claim.Throughput, Cell: "saturate/64"}
	tie := claim.Reading{Shape: claim.Tie, Headline: true, X: rustServer, Y: goServer, Metric: claim.Throughput, Cell: "saturate/64"}
	between := claim.Reading{Shape: claim.Range, Headline: true, X: rustServer, Y: goServer, Metric: claim.Throughput, Cell: "saturate/64", From: 30, To: 50}
	own, shared := []int{2}, []int{1}
	for name, c := range map[string]struct {
		reading  claim.Reading
		database []int
		rust     float64 // share of its own CPUs that it used
		rate     float64 // of rust-server, go-server's is 1,000
		limit    float64
		want     Verdict
	}{
		"alike, and one waited":           {upTo, shared, 0.6, 1001, 0.9, Inconclusive},
		"alike at their limit":            {upTo, shared, 0.95, 1001, 0.9, Refuted},
		"alike beside a database apart":   {upTo, own, 0.6, 1001, 0.9, Refuted},
		"a plan of before":                {upTo, shared, 0.6, 1001, 0, Refuted},
		"as much faster as is claimed":    {upTo, shared, 0.6, 1400, 0.9, Supported},
		"a tie of which one waited":       {better, shared, 0.6, 1001, 0.9, Inconclusive},
		"a tie at their limit":            {better, shared, 0.95, 1001, 0.9, Refuted},
		"slower, though one waited":       {better, shared, 0.6, 800, 0.9, Refuted},
		"faster, though one waited":       {better, shared, 0.6, 1400, 0.9, Supported},
		"a tie beside a database apart":   {better, own, 0.6, 1001, 0.9, Refuted},
		"up to, and shown to be slower":   {upTo, shared, 0.6, 800, 0.9, Refuted},
		"a claim of a tie, one waited":    {tie, shared, 0.6, 1001, 0.9, Inconclusive},
		"a claim of a tie at their limit": {tie, shared, 0.95, 1001, 0.9, Supported},
		"no tie, though one waited":       {tie, shared, 0.6, 1400, 0.9, Refuted},
		"below a range, one waited":       {between, shared, 0.6, 1001, 0.9, Inconclusive},
		"below a range at their limit":    {between, shared, 0.95, 1001, 0.9, Refuted},
		"inside a range, one waited":      {between, shared, 0.6, 1400, 0.9, Supported},
		"above a range, one waited":       {between, shared, 0.6, 1900, 0.9, Refuted},
		"a tie in a plan of before there": {better, shared, 0.6, 1001, 0, Refuted},
	} {
		s := withNull(newSynthetic(8)).claims(c.reading)
		s.plan.Limits.ServerAtLimit = c.limit
		s.plan.Placement.LoadCPUs, s.plan.Placement.DatabaseCPUs = []int{1}, c.database
		for i := range s.plan.Cells {
			if s.plan.Cells[i].ID == "saturate/64" {
				s.plan.Cells[i].PoolSize = 16
			}
		}
		s.run(func(slot plan.Slot, r *trial.Record) {
			rate := map[string]float64{rustServer: c.rate, goServer: 1000}[slot.Target]
			if rate == 0 {
				rate = 10_000 // the null server
			}
			r.Metrics[claim.Throughput] = rate * (1 + 0.003*float64((slot.Block*len(slot.Target))%4))
			r.Metrics[trial.TargetCPUShare] = map[string]float64{rustServer: c.rust, goServer: 0.95}[slot.Target]
		})
		r := reading(t, s.judge(), 0)
		if r.Verdict != c.want {
			t.Errorf("%s: %s, want %s: %s", name, r.Verdict, c.want, r.Reason)
		}
		waited := strings.Contains(r.Reason, "rust-server used 60 % of its CPUs")
		if waited != (c.want == Inconclusive) || waited && r.WouldChange != waitingRemedy {
			t.Errorf("%s: %s; %s", name, r.Reason, r.WouldChange)
		}
		if told := strings.Contains(r.Rule, "decides nothing unless each used"); told != (c.limit > 0 && c.database[0] == 1) {
			t.Errorf("%s: %s", name, r.Rule)
		}
	}
}
