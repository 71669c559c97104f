package verdict

import (
	"math"
	"strings"
	"testing"

	"github.com/assay-bench/assay/harness/plan"
	"github.com/assay-bench/assay/harness/trial"
)

func TestThreshold(t *testing.T) {
	in := func(cell string, change func(plan.Slot, *trial.Record)) func(plan.Slot, *trial.Record) {
		return func(s plan.Slot, r *trial.Record) {
			if s.Cell == cell && s.Target == goServer {
				change(s, r)
			}
		}
	}
	for _, c := range []struct {
		name        string
		blocks      int
		claimed     int
		cell        string
		change      func(plan.Slot, *trial.Record)
		want        Verdict
		met, trials int
		reason      string // part of it
	}{
		{"in every trial", 8, 10000, "hold/10000", nil, Supported, 12, 12,
			"go-server held 10,000 connections in 12 of 12 trials; p99 3.99-4.01 ms against 100 ms; reliability over 8 blocks at least 68.8 % (95 % confidence)"},
		{"one slow block", 8, 10000, "hold/10000", in("hold/10000", func(s plan.Slot, r *trial.Record) {
			if s.Block == 3 && s.Replica == 1 {
				r.Metrics[p99] = 130
			}
		}), Inconclusive, 11, 12, "sustained 10,000 connections in 11 of 12 trials (p99 over the objective in 1); p99 3.99-130 ms against 100 ms; mixed"},
		{"a second replica that fails counts", 8, 10000, "hold/10000", in("hold/10000", func(s plan.Slot, r *trial.Record) {
			if s.Replica == 2 {
				fail(r)
			}
		}), Inconclusive, 8, 12, "connections not held in 4"},
		{"in none", 8, 10000, "hold/10000", in("hold/10000", func(_ plan.Slot, r *trial.Record) { fail(r) }),
			Inconclusive, 0, 12, "no null server shows"},
		{"four blocks", 4, 10000, "hold/10000", nil, Inconclusive, 6, 6, "4 of 4 blocks complete; at least 5 are needed"},
		{"an interrupted run", 8, 10000, "hold/10000", func(s plan.Slot, r *trial.Record) {
			if s.Block > 4 {
				r.Status = trial.Broken
			}
		}, Inconclusive, 6, 6, "4 of 8 blocks complete; at least 5 are needed"},
		{"five blocks of eight", 8, 10000, "hold/10000", func(s plan.Slot, r *trial.Record) {
			if s.Block > 5 {
				r.Status = trial.Broken
			}
		}, Supported, 7, 7, "in 7 of 7 trials"},
		{"a host too small", 8, 30000, "hold/host-limit", nil, Inconclusive, 12, 12, "has 19,900 connections, fewer than the 30,000 claimed"},
	} {
		s := newSynthetic(c.blocks).claims(holdsAt(c.claimed, c.cell)).run(c.change)
		r := reading(t, s.judge(), 0)
		if r.Verdict != c.want || r.Threshold.Met != c.met || r.Threshold.Trials != c.trials {
			t.Errorf("%s: %s, %d of %d; want %s, %d of %d", c.name, r.Verdict, r.Threshold.Met, r.Threshold.Trials, c.want, c.met, c.trials)
		}
		if !strings.Contains(r.Reason, c.reason) {
			t.Errorf("%s: reason %q does not say %q", c.name, r.Reason, c.reason)
		}
		if r.WouldChange == "" || r.Rule == "" {
			t.Errorf("%s: rule %q, would change %q: both must be there", c.name, r.Rule, r.WouldChange)
		}
		if hasNote(r.Notes, noteThisHost) != (c.want == Supported) {
			t.Errorf("%s: notes %+v", c.name, r.Notes)
		}
	}
}

func TestThresholdEvidence(t *testing.T) {
	s := newSynthetic(8).claims(holdsAt(5000, "hold/5000")).run(caps(map[string]int{goServer: 10000, rustServer: 10000}))
	e := reading(t, s.judge(), 0).Threshold
	if e.Most != 10000 || e.HostEnded {
		t.Errorf("most sustained %d (host ended: %t), want 10000 below the host's limit", e.Most, e.HostEnded)
	}
	if e.Blocks != 8 || e.BlocksPlanned != 8 || e.SLOP99 != 100 || len(e.P99) != 12 {
		t.Errorf("evidence %+v: want 8 of 8 blocks, objective 100 ms, 12 latencies", e)
	}
	if want := math.Pow(0.05, 1.0/8); math.Abs(e.Reliability-want) > 1e-9 {
		t.Errorf("reliability %g, want %g", e.Reliability, want)
	}
	in := e.P99Interval
	if in == nil || in.Blocks != 8 || !(in.Low < in.Center && in.Center < in.High) || in.Low < 3.9 || in.High > 4.1 {
		t.Errorf("p99 interval %+v: want one around 4 ms over 8 blocks", in)
	}
}

func TestThresholdNotes(t *testing.T) {
	all := map[string]int{goServer: 1 << 30, rustServer: 1 << 30}
	for _, c := range []struct {
		name        string
		claimed     int
		cell        string
		most        int // of go-server
		floor, host bool
		why         string // in the note
	}{
		{"three times the claim", 1000, "hold/1000", 5000, true, false, "5.00 times the 1,000 claimed; 3 times or more counts"},
		{"under three times", 1000, "hold/1000", 2500, false, false, ""},
		{"the host ended above the claim", 10000, "hold/10000", 1 << 30, true, true, "1.99 times the 10,000 claimed; counted as far exceeded because the host ended"},
		{"three times, and the host ended", 1000, "hold/1000", 1 << 30, true, true, "19.9 times the 1,000 claimed; 3 times or more counts"},
		{"the host ended at the claim", 19900, "hold/host-limit", 1 << 30, false, true, ""},
	} {
		all[goServer] = c.most
		r := reading(t, newSynthetic(8).claims(holdsAt(c.claimed, c.cell)).run(caps(all)).judge(), 0)
		if r.Verdict != Supported || hasNote(r.Notes, noteFloor) != c.floor || hasNote(r.Notes, noteHostLimit) != c.host {
			t.Errorf("%s: %s with notes %+v; want floor %t, host %t", c.name, r.Verdict, r.Notes, c.floor, c.host)
		}
		for _, n := range r.Notes {
			if n.Code == noteFloor && !strings.Contains(n.Detail, c.why) {
				t.Errorf("%s: note %q doesn't say %q", c.name, n.Detail, c.why)
			}
		}
	}
}

// A rung counts as sustained only over enough blocks, and the factor itself is enough.
func TestMostSustainedNeedsBlocks(t *testing.T) {
	for _, c := range []struct {
		blocks int // of 8 in which hold/5000 and above were measured
		most   int
		floor  bool
	}{{4, 2500, false}, {5, 5000, true}} {
		s := newSynthetic(8).claims(holdsAt(2500, "hold/2500"))
		s.plan.Limits.FloorFarExceededFactor = 2
		s.run(func(slot plan.Slot, r *trial.Record) {
			caps(map[string]int{goServer: 5000, rustServer: 5000})(slot, r)
			if r.Connections.Asked >= 5000 && slot.Block > c.blocks {
				r.Status = trial.Broken
			}
		})
		r := reading(t, s.judge(), 0)
		if r.Threshold.Most != c.most || hasNote(r.Notes, noteFloor) != c.floor {
			t.Errorf("%d blocks: most %d, notes %+v; want %d, floor %t", c.blocks, r.Threshold.Most, r.Notes, c.most, c.floor)
		}
	}
}

// A latency of 0 has no logarithm: the trial counts, the interval is absent.
func TestThresholdLatencyWithoutLogarithm(t *testing.T) {
	r := reading(t, newSynthetic(8).claims(holdsAt(1000, "hold/1000")).run(func(_ plan.Slot, r *trial.Record) { r.Metrics[p99] = 0 }).judge(), 0)
	if r.Verdict != Supported || r.Threshold.P99Interval != nil {
		t.Errorf("%s with interval %+v", r.Verdict, r.Threshold.P99Interval)
	}
}

// A ladder without a host's rung ends with the plan, and the note says so.
func TestThresholdEndedByPlan(t *testing.T) {
	s := newSynthetic(8).claims(holdsAt(1000, "hold/1000"))
	for i := range s.plan.Cells {
		s.plan.Cells[i].HostLimit = false
	}
	r := reading(t, s.run(nil).judge(), 0)
	if !hasNote(r.Notes, notePlanTop) || hasNote(r.Notes, noteHostLimit) {
		t.Errorf("notes %+v, want the plan's end and not the host's", r.Notes)
	}
}

func TestThresholdWithoutObjective(t *testing.T) {
	s := newSynthetic(8).claims(holdsAt(1000, "hold/1000"))
	for i := range s.plan.Cells {
		s.plan.Cells[i].SLOP99 = 0
	}
	if r := reading(t, s.run(nil).judge(), 0); r.Verdict != Inconclusive || !strings.Contains(r.Reason, "no service-level objective") {
		t.Errorf("%s: %s", r.Verdict, r.Reason)
	}
}

// A p99 over the objective that was rejected, since requests left late, is no p99 that met it: with it the claim is open.
// So is a claim with a trial that has no p99 at all, whichever way the others show.
func TestThresholdWithoutUsableP99(t *testing.T) {
	third := func(change func(*trial.Record)) func(plan.Slot, *trial.Record) {
		return func(s plan.Slot, r *trial.Record) {
			if s.Cell == "hold/10000" && s.Target == goServer && s.Block <= 3 && s.Replica == 1 {
				change(r)
			}
		}
	}
	for _, c := range []struct {
		name   string
		change func(*trial.Record)
		all    bool // the other trials miss
		want   Verdict
		with   Verdict
		reason string
	}{
		{"late, over", func(r *trial.Record) { reject99(r, 900) }, false, Inconclusive, Inconclusive,
			"supported without the trials and latencies that a check rejected, but inconclusive with them: go-server held 10,000 connections in 9 of 12 trials (no usable p99 in 3)"},
		{"late, under", func(r *trial.Record) { reject99(r, 90) }, false, Supported, Supported, "in 12 of 12 trials; p99"},
		{"none", func(r *trial.Record) { delete(r.Metrics, p99) }, false, Inconclusive, "", "in 9 of 12 trials (no usable p99 in 3)"},
		{"late, over, and the others miss", func(r *trial.Record) { reject99(r, 900) }, true, Refuted, Refuted,
			"sustained 10,000 connections in 0 of 12 trials (connections not held in 9, no usable p99 in 3)"},
		{"none, and the others miss", func(r *trial.Record) { delete(r.Metrics, p99) }, true, Inconclusive, "", "(connections not held in 9, no usable p99 in 3)"},
	} {
		s := withNull(newSynthetic(8)).claims(holdsAt(10000, "hold/10000"))
		s.run(func(slot plan.Slot, r *trial.Record) {
			rates(nil)(slot, r)
			if c.all && slot.Target == goServer && slot.Cell == "hold/10000" && !(slot.Block <= 3 && slot.Replica == 1) {
				fail(r)
			}
			third(c.change)(slot, r)
		})
		r := reading(t, s.judge(), 0)
		if r.Verdict != c.want || r.WithRejected != c.with || !strings.Contains(r.Reason, c.reason) {
			t.Errorf("%s: %s, with rejected %q: %s", c.name, r.Verdict, r.WithRejected, r.Reason)
		}
		if e := r.Threshold; e.Trials != 12 || c.want != Supported && e.Most >= 10000 {
			t.Errorf("%s: of %d trials, most sustained %d", c.name, e.Trials, e.Most)
		}
	}
}
