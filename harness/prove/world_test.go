//go:build !race

package prove

import (
	"math"
	"testing"

	"github.com/assay-bench/assay/harness/claim"
	"github.com/assay-bench/assay/harness/plan"
	"github.com/assay-bench/assay/harness/target"
	"github.com/assay-bench/assay/harness/trial"
	"github.com/assay-bench/assay/harness/verdict"
)

func makeWorld(t *testing.T, s Scenario) *world {
	t.Helper()
	w, err := newWorld(s)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func drawn(t *testing.T, w *world, n int) (plan.Plan, []trial.Record) {
	t.Helper()
	p, records, err := w.run(stream(1, "test", n))
	if err != nil {
		t.Fatal(err)
	}
	return p, records
}

func judge(t *testing.T, w *world, n int) verdict.Judgement {
	t.Helper()
	p, records := drawn(t, w, n)
	return verdict.Judge(p, records)
}

// Without noise the judge measures the truth, in a second cell too, which readings take when the first has no metric left.
func TestJudgedRatioIsTheTruth(t *testing.T) {
	truths := []Truth{ahead(1.3), ahead(0.7), ahead(1.1), ahead(1), ahead(2), ahead(1.3)}
	w := makeWorld(t, Scenario{Shape: claim.Better, Truths: truths, Blocks: 8})
	j := judge(t, w, 0)
	for i, c := range j.Claims {
		s := sample{scenario: Scenario{Truths: truths[i:]}, readings: []verdict.Reading{c.Readings[0]}}
		if got := c.Readings[0].Ratio.Ratio; math.Abs(got-s.trueRatio()) > 1e-9 {
			t.Errorf("%s: ratio %g, true is %g", c.Readings[0].Ratio.Metric, got, s.trueRatio())
		}
	}
	if first, next := j.Claims[0].Readings[0], j.Claims[5].Readings[0]; next.Ratio.Cell == first.Ratio.Cell || next.Verdict != verdict.Supported {
		t.Errorf("%s in %s: %s (%s)", next.Ratio.Metric, next.Ratio.Cell, next.Verdict, next.Reason)
	}
}

// A run is whole: the judge misses nothing and wonders about nothing.
func TestRunsAreWhole(t *testing.T) {
	for _, sec := range All(DefaultBlocks) {
		for _, s := range sec.Scenarios {
			j := judge(t, makeWorld(t, s), 0)
			whole := s.Noise.Lost > 0 || j.Trials.Usable == j.Trials.Planned
			if len(j.Warnings) > 0 || !whole || (j.Trials.Invalid > 0) != (s.Noise.Rejected > 0) || len(j.Claims) != len(s.Truths) {
				t.Errorf("%s: %+v, %d claims, warnings %v", s.ID(), j.Trials, len(j.Claims), j.Warnings)
			}
			if j.Margin != margin || s.Shape.Comparative() && j.FamilySize != len(s.Truths) {
				t.Errorf("%s: margin %g, family of %d", s.ID(), j.Margin, j.FamilySize)
			}
			for _, c := range j.Claims {
				if c.Verdict == verdict.NotMeasured || c.Verdict == verdict.NotTestable {
					t.Errorf("%s: %s (%s)", s.ID(), c.Verdict, c.Reason)
				}
			}
		}
	}
}

func TestThresholdTrialsFailAsOftenAsTheyShould(t *testing.T) {
	w := makeWorld(t, Scenario{Shape: claim.Threshold, Truths: []Truth{{Success: 0.9}}, Blocks: 8, Noise: noise3()})
	trials, met := 0, 0
	for n := range 2000 {
		_, records := drawn(t, w, n)
		for _, r := range records {
			switch {
			case r.Target == target.NullID && !r.Connections.Held:
				t.Fatal("the null server failed")
			case r.Target == targetX && r.Connections.Held:
				met++
				fallthrough
			case r.Target == targetX:
				trials++
			}
		}
	}
	if share := float64(met) / float64(trials); trials != 16_000 || math.Abs(share-0.9) > 4*math.Sqrt(0.09/16_000) {
		t.Errorf("%d of %d trials succeed", met, trials)
	}
}

// The fault that a control is there for meets whichever of two trials of a server ran later, in the order that a plan draws:
// without noise the control of every run shows all of it, and the control of a run without the fault nothing.
func TestTheLaterTrialHasTheFault(t *testing.T) {
	for _, again := range []float64{0, 0.1} {
		w := makeWorld(t, Scenario{Shape: claim.Better, Truths: same(1, ahead(1)), Blocks: 8, Noise: Noise{Again: again}})
		before := 0 // replicas 2 that ran first
		for n := range 20 {
			p, _ := drawn(t, w, n)
			ran := map[plan.Slot]bool{}
			for _, s := range p.Slots {
				ran[plan.Slot{Block: s.Block, Target: s.Target, Replica: s.Replica}] = true
				if s.Replica == 2 && !ran[plan.Slot{Block: s.Block, Target: s.Target, Replica: 1}] {
					before++
				}
			}
			j := judge(t, w, n)
			if k := j.Controls[0]; math.Abs(k.Ratio-1-again) > 1e-9 || k.OK != (again == 0) {
				t.Errorf("fault of %g: %+v", again, k)
			}
		}
		if before < 40 {
			t.Errorf("replica 2 ran first in %d of 160 blocks", before)
		}
	}
}

// Attempts are rejected, and trials lost, as often as the noise says; each slot ends with the attempt that stands, or with the last of three.
func TestRejectedTrials(t *testing.T) {
	n := noiseRejected()
	w := makeWorld(t, Scenario{Shape: claim.Better, Truths: same(1, ahead(1)), Blocks: 8, Noise: n})
	slots, attempts, rejected, lost := 0, 0, 0, 0
	for run := range 1000 {
		p, records := drawn(t, w, run)
		last := map[int]trial.Record{}
		for _, r := range records {
			if r.Attempt != last[r.Slot].Attempt+1 || last[r.Slot].Status == trial.OK {
				t.Fatalf("attempt %d of slot %d after %+v", r.Attempt, r.Slot, last[r.Slot])
			}
			last[r.Slot] = r
		}
		slots += len(p.Slots)
		for _, r := range last {
			if r.Status != trial.OK {
				lost++
				if r.Attempt != p.Limits.Attempts {
					t.Fatalf("given up after %d attempts", r.Attempt)
				}
				continue
			}
			attempts += r.Attempt
			rejected += r.Attempt - 1
		}
	}
	for _, c := range []struct {
		what        string
		got, of     int
		probability float64
	}{{"attempts rejected", rejected, attempts, n.Rejected}, {"trials lost", lost, slots, n.Lost + (1-n.Lost)*math.Pow(n.Rejected, 3)}} {
		// The last attempt of a slot is seldom rejected, which takes a thousandth off the first share.
		if share := float64(c.got) / float64(c.of); math.Abs(share-c.probability) > 0.002+4*math.Sqrt(c.probability/float64(c.of)) {
			t.Errorf("%s: %.4f of %d, want %.4f", c.what, share, c.of, c.probability)
		}
	}
}

// One target's bill without noise is the truth, to a machine of a thousand.
func TestJudgedBillIsTheTruth(t *testing.T) {
	for _, usd := range []float64{8_000, 10_000, 15_000} {
		w := makeWorld(t, Scenario{Shape: claim.Range, OneTarget: true, Blocks: 8, Truths: []Truth{{Advantage: billUSD / usd, From: 9_000, To: 11_000}}})
		r := judge(t, w, 0).Claims[0].Readings[0]
		if r.Amount == nil || r.Amount.Inside == nil || math.Abs(r.Amount.Inside.Center-usd) > billUSD/billMachines {
			t.Errorf("%g USD: %+v (%s)", usd, r.Amount, r.Reason)
		}
		if supported := r.Verdict == verdict.Supported; supported != (usd == 10_000) || !supported && r.Verdict != verdict.Refuted {
			t.Errorf("%g USD: %s (%s)", usd, r.Verdict, r.Reason)
		}
	}
}

// Each run has an order of its own.
func TestOrdersDiffer(t *testing.T) {
	w := makeWorld(t, Scenario{Shape: claim.Better, Truths: same(1, ahead(1)), Blocks: 8, Noise: noise3()})
	a, _ := drawn(t, w, 0)
	b, _ := drawn(t, w, 1)
	for i := range a.Slots {
		if a.Slots[i] != b.Slots[i] {
			return
		}
	}
	t.Error("two runs have one order of trials")
}

func TestImpossibleScenarios(t *testing.T) {
	for name, s := range map[string]Scenario{
		"unknown shape":      {Shape: claim.Untestable, Truths: same(1, ahead(1)), Blocks: 8},
		"no reading":         {Shape: claim.Better, Blocks: 8},
		"too many readings":  {Shape: claim.Better, Truths: same(len(cells())*len(metrics())+1, ahead(1)), Blocks: 8},
		"two thresholds":     {Shape: claim.Threshold, Truths: make([]Truth, 2), Blocks: 8},
		"two bills":          {Shape: claim.Range, OneTarget: true, Truths: same(2, ahead(1)), Blocks: 8},
		"blocks unspecified": {Shape: claim.Better, Truths: same(1, ahead(1))},
	} {
		if _, err := newWorld(s); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}
