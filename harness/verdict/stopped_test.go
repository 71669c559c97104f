package verdict

import (
	"strings"
	"testing"

	"github.com/assay-bench/assay/harness/plan"
	"github.com/assay-bench/assay/harness/target"
	"github.com/assay-bench/assay/harness/trial"
)

// A run that was stopped after five of eight blocks decides nothing, however clear the five are; trials that were tried and
// broke do not stop it.
func TestAStoppedRunDecidesNothing(t *testing.T) {
	readings := append(comparativeReadings(cpuMetric, "rate/5000"), holdsAt(1000, "hold/1000"))
	for _, r := range readings {
		whole := newSynthetic(8).claims(r).run(nil)
		var kept []trial.Record
		for _, rec := range whole.records {
			if rec.Block <= 5 {
				kept = append(kept, rec)
			}
		}
		got := reading(t, Judge(whole.plan, kept), 0)
		if got.Verdict != Inconclusive || !strings.Contains(got.Reason, "the run was stopped before") && !strings.Contains(got.Reason, "confirm") {
			t.Errorf("%s: %s (%s)", r.Shape, got.Verdict, got.Reason)
		}
		broken := newSynthetic(8).claims(r).run(func(s plan.Slot, rec *trial.Record) {
			if s.Block == 8 {
				rec.Status = trial.Broken
			}
		})
		if got := reading(t, broken.judge(), 0); strings.Contains(got.Reason, "stopped") {
			t.Errorf("%s, a block broken: %s (%s)", r.Shape, got.Verdict, got.Reason)
		}
	}
}

// Where nobody knows the p99, nothing failed: a threshold is not refuted, and no rung of a ladder is given up. Nor was the objective met.
func TestAnUnknownLatencyIsNoMiss(t *testing.T) {
	unknown := func(s plan.Slot, r *trial.Record) {
		if s.Target != target.NullID && s.Cell == "hold/10000" {
			delete(r.Metrics, p99)
		}
	}
	s := withNull(newSynthetic(5)).claims(holdsAt(10_000, "hold/10000")).run(unknown)
	if r := reading(t, s.judge(), 0); r.Verdict != Inconclusive || r.Threshold.Unmeasured == 0 || !strings.Contains(r.Reason, "no usable p99 in 7 trials") {
		t.Errorf("%s (%s), %d unmeasured", r.Verdict, r.Reason, r.Threshold.Unmeasured)
	}
	one := withNull(newSynthetic(8)).claims(holdsAt(10_000, "hold/10000")).run(func(s plan.Slot, r *trial.Record) {
		if s.Block == 1 {
			unknown(s, r)
		}
	})
	if r := reading(t, one.judge(), 0); r.Verdict != Inconclusive || r.Threshold.Blocks != 7 || !strings.Contains(r.Reason, "in 11 of 12 trials (no usable p99 in 1)") {
		t.Errorf("one block unknown: %s (%s)", r.Verdict, r.Reason)
	}
}

// A null server without room to spare, or with a lighter load, blames nobody.
func TestTheNullServerNeedsRoomToBlame(t *testing.T) {
	none := caps(map[string]int{goServer: 0, rustServer: 0, target.NullID: 20_000})
	for name, c := range map[string]struct {
		change func(*plan.Plan)
		want   Verdict
	}{
		"12,000 for a claim of 10,000": {func(*plan.Plan) {}, Refuted},
		"the host leaves no room":      {func(p *plan.Plan) { p.HostLimit = 10_000 }, Inconclusive},
		"fewer requests": {func(p *plan.Plan) {
			for i := range p.Cells {
				if p.Cells[i].ID == "hold/5000" {
					p.Cells[i].RequestsPerSecond = 1e6
				}
			}
		}, Inconclusive},
	} {
		s := withNull(newSynthetic(5))
		s.plan.HostLimit, s.plan.Limits.NullHold = 20_000, 1.2
		cell := "hold/10000"
		if name == "fewer requests" {
			cell = "hold/5000" // which the null server has no trial in
		}
		c.change(&s.plan)
		s.claims(holdsAt(5000, cell)).run(func(slot plan.Slot, r *trial.Record) {
			none(slot, r)
			if slot.Target == target.NullID {
				r.Connections.Asked = s.plan.NullCell(s.plan.Cells[cellIndex(s.plan, slot.Cell)]).Connections
			}
		})
		if r := reading(t, s.judge(), 0); r.Verdict != c.want {
			t.Errorf("%s: %s (%s)", name, r.Verdict, r.Reason)
		}
	}
}

func cellIndex(p plan.Plan, id string) int {
	for i, c := range p.Cells {
		if c.ID == id {
			return i
		}
	}
	return -1
}

// An invalid trial that did not hold its connections is a trial that a run without checks would have counted.
func TestInvalidTrialsWithoutALatencyCountAsRejected(t *testing.T) {
	r := reading(t, newSynthetic(8).claims(holdsAt(1000, "hold/1000")).run(func(s plan.Slot, r *trial.Record) {
		if s.Block <= 3 && s.Cell == "hold/1000" {
			r.Status, r.Connections.Held = trial.Invalid, false
			delete(r.Metrics, p99)
		}
	}).judge(), 0)
	if r.Verdict != Inconclusive || r.WithRejected == Supported {
		t.Errorf("%s, with rejected trials %s (%s)", r.Verdict, r.WithRejected, r.Reason)
	}
}

// "Up to 3 %" with a tolerance of five points would be reached by a server that is worse.
func TestUpToLessThanItsTolerance(t *testing.T) {
	r := reading(t, newRates(8, 1).claims(reachesIn(3, 0, "rate/0")).run(gains(shifted(-0.01))).judge(), 0)
	if r.Verdict != Inconclusive || !strings.Contains(r.Reason, "leaves nothing to show") {
		t.Errorf("%s (%s)", r.Verdict, r.Reason)
	}
}
