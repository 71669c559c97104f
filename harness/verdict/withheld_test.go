package verdict

import (
	"math"
	"strings"
	"testing"

	"github.com/assay-bench/assay/harness/claim"
	"github.com/assay-bench/assay/harness/plan"
	"github.com/assay-bench/assay/harness/target"
	"github.com/assay-bench/assay/harness/trial"
)

// comparativeReadings are all shapes on one cell; each would be decided.
func comparativeReadings(metric, cell string) []claim.Reading {
	var out []claim.Reading
	for _, r := range []claim.Reading{beatsOn(metric, cell), tiesOn(cell), rangesOn(cell, 20, 50), reachesIn(30, 0, cell)} {
		r.Metric = metric
		out = append(out, r)
	}
	return out
}

// Each failed check withholds the verdict of every shape that it touches, says so, and says what to do.
func TestFailedChecksWithholdVerdicts(t *testing.T) {
	load := func(null float64) func(plan.Slot, *trial.Record) {
		return func(s plan.Slot, r *trial.Record) {
			rates(map[string]float64{rustServer: 140_000, goServer: 100_000, target.NullID: null})(s, r)
			if s.Cell == "saturate/64" && s.Target == target.NullID {
				r.Metrics[cpuMetric] = 3
			}
		}
	}
	rejected := func(id string, scope trial.Scope, metric string) func(plan.Slot, *trial.Record) {
		return func(s plan.Slot, r *trial.Record) {
			load(400_000)(s, r)
			if s.Cell != "saturate/64" || s.Target == target.NullID || s.Block > 4 {
				return
			}
			r.Checks = []trial.Check{{ID: id, Value: 0.93, Limit: 0.8, Unit: "share", Scope: scope, Detail: "the check's own words"}}
			if scope == trial.WholeTrial {
				r.Status = trial.Invalid
				return
			}
			r.Rejected = map[string]float64{metric: r.Metrics[metric]}
			delete(r.Metrics, metric)
		}
	}
	for _, c := range []struct {
		name, metric string
		change       func(plan.Slot, *trial.Record)
		check        string
		reason, do   string
	}{
		{"agent CPU rejects trials", cpuMetric, rejected("agent-cpu", trial.WholeTrial, ""), "agent-cpu", "since the load agent was short of CPU", "more CPUs for the load agent"},
		{"agent CPU rejects rates", perSecond, rejected("agent-cpu", trial.Throughput, perSecond), "agent-cpu", "throughput was rejected in", "more CPUs for the load agent"},
		{"lateness", "p50_ms", rejected("send-lateness", trial.Latency, "p50_ms"), "send-lateness", "p50 latency was rejected in 16 of 24 trials, since requests left late", "requests leave on time"},
		{"steal", cpuMetric, rejected("steal", trial.WholeTrial, ""), "steal", "since the check's own words", "not shared with others"},
		{"another check", cpuMetric, rejected("retransmits", trial.WholeTrial, ""), "retransmits", "since the check's own words", "the check retransmits holds"},
		{"headroom", perSecond, load(190_000), checkHeadroom, "at least 1.5 times are needed", "more CPUs for the load side"},
		{"drift", perSecond, func(s plan.Slot, r *trial.Record) {
			load(400_000)(s, r)
			if s.Cell == "saturate/64" {
				r.Metrics[perSecond] *= math.Pow(0.95, float64(s.Block))
			}
		}, checkDrift, "the rate of all servers in saturate/64 changed by 21.8 % from the first block to the last (p under 0.001), not under 15 %", "the host has to end as it began"},
		{"A/A", cpuMetric, func(s plan.Slot, r *trial.Record) {
			load(400_000)(s, r)
			if s.Replica == 2 {
				r.Metrics[cpuMetric] *= 1.2
			}
		}, checkControl, "undecided by its A/A control", "a quieter host, or trials that leave nothing behind for the next one, so that a target's later trial does not differ from its earlier one"},
	} {
		for _, r := range comparativeReadings(c.metric, "saturate/64") {
			got := reading(t, withNull(newSynthetic(6)).claims(r).run(c.change).judge(), 0)
			if got.Verdict != Inconclusive || got.WithheldBy != c.check || !strings.Contains(got.Reason, c.reason) || !strings.Contains(got.WouldChange, c.do) {
				t.Errorf("%s, %s: %s, withheld by %q (%s; %s); want %q (%s; %s)", c.name, r.Shape, got.Verdict, got.WithheldBy, got.Reason, got.WouldChange, c.check, c.reason, c.do)
			}
			if hasNote(got.Notes, noteThisHost) {
				t.Errorf("%s, %s: notes of a verdict: %+v", c.name, r.Shape, got.Notes)
			}
		}
	}
}

// The drift of the null server at its limit and beside it, and in other cells and old plans, where it withholds nothing.
func TestDriftWithholdsInItsCellAlone(t *testing.T) {
	for _, c := range []struct {
		name  string
		first float64
		limit float64
		cell  string
		want  Verdict
	}{
		{"under the limit", 116_900, 0.15, "saturate/64", Supported},
		{"at the limit", 125_000, 0.20, "saturate/64", Inconclusive}, // 100,000 is exactly 20 % less
		{"beyond", 130_000, 0.15, "saturate/64", Inconclusive},
		{"another cell", 130_000, 0.15, "rate/5000", Supported},
		{"a plan without a limit", 130_000, 0, "saturate/64", Supported},
	} {
		s := withNull(newSynthetic(5)).claims(beatsOn(cpuMetric, c.cell))
		s.plan.Limits.NullDrift, s.plan.Limits.DriftConfidence = c.limit, 0 // before there was a test, the two blocks alone
		r := reading(t, s.run(func(slot plan.Slot, rec *trial.Record) {
			if slot.Cell == "saturate/64" && slot.Target == target.NullID {
				rec.Metrics[perSecond] = 100_000
				if slot.Block == 1 {
					rec.Metrics[perSecond] = c.first
				}
			}
		}).judge(), 0)
		if r.Verdict != c.want {
			t.Errorf("%s: %s (%s), want %s", c.name, r.Verdict, r.Reason, c.want)
		}
		if says := strings.Contains(r.Rule, "a null server that drifts by less than"); says != (c.limit > 0 && c.cell == "saturate/64") {
			t.Errorf("%s: rule %s", c.name, r.Rule)
		}
	}
}

// A threshold whose trials the load side spoiled says so.
func TestFailedChecksWithholdThresholds(t *testing.T) {
	r := reading(t, newSynthetic(8).claims(holdsAt(1000, "hold/1000")).run(func(s plan.Slot, r *trial.Record) {
		if s.Block > 4 {
			r.Status, r.Checks = trial.Invalid, []trial.Check{{ID: "agent-cpu", Detail: "the load agent was short of CPU"}}
		}
	}).judge(), 0)
	if r.Verdict != Inconclusive || r.WithheldBy != "agent-cpu" || !strings.Contains(r.Reason, "4 of 8 blocks complete; at least 5 are needed; 6 of 12 trials were rejected, since the load agent was short of CPU") {
		t.Errorf("%s, withheld by %q: %s", r.Verdict, r.WithheldBy, r.Reason)
	}
}

// A server that fails requests is not compared by those that it answered, however fast these were; the ladder asks for it.
func TestAFailingServerIsNotCompared(t *testing.T) {
	failsIn := func(blocks int) func(plan.Slot, *trial.Record) {
		return func(s plan.Slot, r *trial.Record) {
			if s.Target == rustServer && s.Block <= blocks {
				fail(r)
				r.Failure = "13 of 24,000 requests failed"
				r.Metrics[cpuMetric] = 1
			} else if s.Target == rustServer {
				r.Metrics[cpuMetric] = 30
			}
		}
	}
	for _, blocks := range []int{1, 8} {
		for _, r := range comparativeReadings(cpuMetric, "rate/5000") {
			got := reading(t, newSynthetic(8).claims(r).run(failsIn(blocks)).judge(), 0)
			if got.Verdict != Inconclusive || !strings.Contains(got.Reason, "rust-server failed in") || !strings.Contains(got.Reason, "13 of 24,000 requests failed") {
				t.Errorf("%d blocks, %s: %s (%s)", blocks, r.Shape, got.Verdict, got.Reason)
			}
		}
	}
	sound := reading(t, newSynthetic(8).claims(beatsOn(cpuMetric, "rate/5000")).run(failsIn(0)).judge(), 0)
	if strings.Contains(sound.Reason, "failed in") {
		t.Errorf("nothing failed: %s", sound.Reason)
	}
}
