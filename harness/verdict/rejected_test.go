package verdict

import (
	"strings"
	"testing"

	"github.com/assay-bench/assay/harness/plan"
	"github.com/assay-bench/assay/harness/trial"
)

// reject puts a rejected first attempt before the record of each slot that match picks.
func (s *synthetic) reject(match func(plan.Slot) bool, change func(*trial.Record)) *synthetic {
	for i, slot := range s.plan.Slots {
		if !match(slot) {
			continue
		}
		first := s.records[i]
		first.ID, first.Status = first.ID+"-rejected", trial.Invalid
		first.Metrics = map[string]float64{}
		for id, v := range s.records[i].Metrics {
			first.Metrics[id] = v
		}
		change(&first)
		s.records[i].Attempt = 2
		s.records = append(s.records, first)
	}
	return s
}

func TestRejectedTrials(t *testing.T) {
	rate := func(s plan.Slot) bool {
		return s.Cell == "rate/5000" && s.Block == 2 && s.Target == rustServer && s.Replica == 1
	}
	hold := func(s plan.Slot) bool {
		return s.Cell == "hold/1000" && s.Block == 2 && s.Target == goServer && s.Replica == 1
	}
	elsewhere := func(s plan.Slot) bool { return s.Cell == "hold/2500" && s.Block == 2 }
	for _, c := range []struct {
		name        string
		claim       int // 0: better, 1: threshold
		match       func(plan.Slot) bool
		change      func(*trial.Record)
		want, other Verdict
	}{
		{"as good as the kept one", 0, rate, func(*trial.Record) {}, Supported, Supported},
		{"far off", 0, rate, func(r *trial.Record) { r.Metrics[cpuMetric] = 500 }, Inconclusive, Inconclusive},
		{"without numbers", 0, rate, func(r *trial.Record) { r.Metrics = nil }, Supported, ""},
		{"with other numbers only", 0, rate, func(r *trial.Record) { delete(r.Metrics, cpuMetric) }, Supported, Supported},
		{"in another cell", 0, elsewhere, func(r *trial.Record) { r.Metrics[cpuMetric] = 500 }, Supported, ""},
		{"broken", 0, rate, func(r *trial.Record) { r.Status, r.Metrics[cpuMetric] = trial.Broken, 500 }, Supported, ""},
		{"sustained too", 1, hold, func(*trial.Record) {}, Supported, Supported},
		{"missed", 1, hold, func(r *trial.Record) { r.Metrics[p99] = 900 }, Inconclusive, Inconclusive},
	} {
		s := newSynthetic(8).claims(beatsOn(cpuMetric, "rate/5000"), holdsAt(1000, "hold/1000")).run(nil).reject(c.match, c.change)
		r := reading(t, s.judge(), c.claim)
		if r.Verdict != c.want || r.WithRejected != c.other {
			t.Errorf("%s: %s, with rejected trials %q (%s); want %s, %q", c.name, r.Verdict, r.WithRejected, r.Reason, c.want, c.other)
		}
		overturned := c.want == Inconclusive
		if strings.HasPrefix(r.Reason, "supported without the trials and latencies that a check rejected, but inconclusive with them: ") != overturned {
			t.Errorf("%s: reason %q", c.name, r.Reason)
		}
		if hasNote(r.Notes, noteThisHost) == overturned || (overturned && hasNote(r.Notes, noteFloor)) {
			t.Errorf("%s: notes %+v do not fit %s", c.name, r.Notes, r.Verdict)
		}
	}
}

// What was rejected never makes a verdict that the kept trials do not.
func TestRejectedTrialsAddNothing(t *testing.T) {
	s := newSynthetic(8).claims(beatsOn(cpuMetric, "rate/5000")).run(cpuOf(always(95.2)))
	s.reject(func(s plan.Slot) bool { return s.Target == rustServer }, func(r *trial.Record) { r.Metrics[cpuMetric] *= 0.5 })
	r := reading(t, s.judge(), 0)
	if r.Verdict != Inconclusive || r.WithRejected != Supported || strings.Contains(r.Reason, "rejected") {
		t.Errorf("%s, with rejected trials %s: %s", r.Verdict, r.WithRejected, r.Reason)
	}
}
