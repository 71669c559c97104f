package verdict

import (
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/assay-bench/assay/harness/claim"
	"github.com/assay-bench/assay/harness/plan"
	"github.com/assay-bench/assay/harness/trial"
)

func find(t *testing.T, j Judgement, cell, metric string) Control {
	t.Helper()
	i := slices.IndexFunc(j.Controls, func(c Control) bool { return c.Cell == cell && c.Metric == metric })
	if i < 0 {
		t.Fatalf("no control of %s in %s among %+v", metric, cell, j.Controls)
	}
	return j.Controls[i]
}

func TestControls(t *testing.T) {
	for _, c := range []struct {
		name   string
		blocks int
		change func(plan.Slot, *trial.Record)
		ok     bool
		pairs  int
		why    string
	}{
		{"quiet", 8, nil, true, 8, ""},
		{"later trial 10 % higher", 8, func(s plan.Slot, r *trial.Record) {
			if s.Replica == 2 {
				r.Metrics[cpuMetric] *= 1.1
			}
		}, false, 8, "ratio 1.100, 95 % interval"},
		{"later trial 10 % lower", 8, func(s plan.Slot, r *trial.Record) {
			if s.Replica == 2 {
				r.Metrics[cpuMetric] *= 0.9
			}
		}, false, 8, "ratio 0.90"},
		{"wide", 8, func(s plan.Slot, r *trial.Record) {
			if s.Replica == 2 {
				r.Metrics[cpuMetric] *= []float64{0.9, 1.1}[s.Block%2]
			}
		}, true, 8, ""},
		{"off by less than the margin", 8, func(s plan.Slot, r *trial.Record) {
			if s.Replica == 2 {
				r.Metrics[cpuMetric] *= 1.03
			}
		}, true, 8, ""},
		{"four pairs", 8, func(s plan.Slot, r *trial.Record) {
			if s.Replica == 2 && s.Block > 4 {
				r.Status = trial.Broken
			}
		}, false, 4, "4 A/A pairs; at least 5 are needed"},
		{"one pair", 1, nil, false, 1, "1 A/A pair; at least 5 are needed"},
	} {
		got := find(t, newSynthetic(c.blocks).run(c.change).judge(), "rate/5000", cpuMetric)
		if got.OK != c.ok || got.Blocks != c.pairs || !strings.Contains(got.Why, c.why) || (got.Why == "") != c.ok {
			t.Errorf("%s: %+v; want ok %t with %d pairs (%s)", c.name, got, c.ok, c.pairs, c.why)
		}
		if got.Wide != (c.name == "wide") {
			t.Errorf("%s: wide %t", c.name, got.Wide)
		}
		if (got.Ratio == 0) != (c.pairs < 2) {
			t.Errorf("%s: ratio %g with %d pairs", c.name, got.Ratio, c.pairs)
		}
	}
}

// The control compares by when the trials ran, not by what the plan calls them: in a drawn order replica 2 runs before its twin
// in some blocks. What the later trial finds different shows; what goes with the label cancels and is noise.
func TestControlIsOfTheLaterTrial(t *testing.T) {
	type run struct {
		block  int
		target string
	}
	for name, c := range map[string]struct {
		costs func(later bool, replica int) float64
		ratio float64
		ok    bool
	}{
		"the later trial costs more": {func(later bool, _ int) float64 { return map[bool]float64{false: 1, true: 1.1}[later] }, 1.1, false},
		"the later trial costs less": {func(later bool, _ int) float64 { return map[bool]float64{false: 1.1, true: 1}[later] }, 1 / 1.1, false},
		"replica 2 costs more":       {func(_ bool, replica int) float64 { return 0.9 + 0.1*float64(replica) }, 1, true},
	} {
		ran := map[run]bool{}
		s := shuffled(8, 6, func(slot plan.Slot, _ int, _ string) float64 {
			at := run{slot.Block, slot.Target}
			later := ran[at]
			ran[at] = true
			return base(slot) * c.costs(later, slot.Replica)
		})
		got := find(t, s.judge(), "rate/5000", cpuMetric)
		if got.OK != c.ok || got.Blocks != 8 || math.Abs(got.Ratio-c.ratio) > 0.045 {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

// Where nothing is wrong, no more controls fire than the sum of their own chances says, whatever the noise, and as many where they
// are wide; with little of it that is far fewer than one in twenty. 4,000 controls of each: a standard error of 0.35 % at 5 %.
func TestControlsFireByChanceNoMoreOftenThanSaid(t *testing.T) {
	const runs = 4000
	random := rand.New(rand.NewPCG(3, 5))
	c := newCourt(newRates(8, 1).plan, nil)
	m := measure{metric: claim.Metrics()[0], cell: "rate/0"}
	for _, of := range []struct {
		noise float64
		said  [2]float64
	}{{0.01, [2]float64{0, 0.001}}, {0.03, [2]float64{0.025, 0.04}}, {0.042, [2]float64{0.04, 0.05}}, {0.1, [2]float64{0.0499, 0.0501}}} {
		noise, said := of.noise, of.said
		fired, chance := 0, 0.0
		for range runs {
			c.kept = newSelection(false)
			for _, slot := range c.plan.Slots {
				at := placeOf(slot) // in newRates replica 2 is the later one
				c.kept.put(at, at, []trial.Record{{Metrics: map[string]float64{m.metric.ID: math.Exp(noise / math.Sqrt2 * random.NormFloat64())}}})
			}
			k := c.control(c.kept, m)
			if !k.OK {
				fired++
			}
			chance += k.FiresByChance(c.margin) / runs
		}
		share := float64(fired) / runs
		if share > chance+0.01 || noise > 0.05 && share < chance-0.01 || chance < said[0] || chance > said[1] {
			t.Errorf("noise %g: %.2f %% fire, by chance %.2f %%", noise, 100*share, 100*chance)
		}
	}
	for name, k := range map[string]Control{
		"does not vary": {Blocks: 8, Confidence: 0.95, Low: 1, High: 1}, "has no interval": {Blocks: 1, Confidence: 0.95},
	} {
		if got := k.FiresByChance(1.05); got != 0 {
			t.Errorf("what %s fires with %g", name, got)
		}
	}
}

// A plan without a confidence for the controls asks for an interval inside the margin, at the confidence of equivalence.
func TestControlsOfOldPlans(t *testing.T) {
	s := newSynthetic(8)
	s.plan.Limits.ControlConfidence = 0
	got := find(t, s.run(func(s plan.Slot, r *trial.Record) {
		if s.Replica == 2 {
			r.Metrics[cpuMetric] *= []float64{0.9, 1.1}[s.Block%2]
		}
	}).judge(), "rate/5000", cpuMetric)
	if got.OK || got.Wide || got.Confidence != 0.90 || !strings.Contains(got.Why, "is not inside 0.952-1.05") {
		t.Errorf("%+v", got)
	}
}

// One control for each cell and metric that was measured, and one for each ladder metric.
func TestControlsList(t *testing.T) {
	j := newSynthetic(8).run(func(s plan.Slot, r *trial.Record) {
		if s.Cell == "rate/5000" {
			delete(r.Metrics, "p50_ms") // not measured: no control
		}
	}).judge()
	var got []string
	for _, c := range j.Controls {
		got = append(got, c.Cell+" "+c.Metric)
	}
	var want []string
	for _, cell := range []string{"hold/1000", "hold/2500", "hold/5000", "hold/10000", "hold/host-limit"} {
		for _, metric := range []string{cpuMetric, "p50_ms", p99, memoryBytes} {
			want = append(want, cell+" "+metric)
		}
	}
	want = append(want, "rate/5000 "+cpuMetric, "rate/5000 "+p99, "rate/5000 "+memoryBytes,
		"hold (ladder) "+memoryPerConnection, "hold (ladder) "+sustainedMetric)
	if !slices.Equal(got, want) {
		t.Errorf("controls\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// The ladder's A/A arm needs the same target doubled in every cell of a block.
func TestControlOfALadderNeedsWholeLadders(t *testing.T) {
	s := newSynthetic(8).claims(beatsOver(sustainedMetric)).run(func(s plan.Slot, r *trial.Record) {
		caps(map[string]int{rustServer: 10000, goServer: 5000})(s, r)
		if s.Replica == 2 && s.Cell == "hold/2500" {
			r.Status = trial.Broken
		}
	})
	r := reading(t, s.judge(), 0)
	if r.Verdict != Inconclusive || !strings.Contains(r.Reason, "A/A control: 0 A/A pairs; at least 5 are needed") ||
		!strings.Contains(r.WouldChange, "compared with itself in 5 of them or more") {
		t.Errorf("%s: %s; %s", r.Verdict, r.Reason, r.WouldChange)
	}
}

// In an open loop the rate of answers is the schedule's and compares nothing.
func TestNoControlOfTheSchedule(t *testing.T) {
	s := newSynthetic(8).claims(beatsOn(perSecond, "rate/5000"), beatsOn(perSecond, "hold/1000"))
	s.plan.Cells[0].RequestsPerSecond = 0 // hold/1000 becomes a closed loop
	j := s.run(func(slot plan.Slot, r *trial.Record) {
		r.Metrics[perSecond] = 5000 + float64(slot.Index%7)
	}).judge()
	for _, c := range j.Controls {
		if c.Metric == perSecond && c.Cell != "hold/1000" {
			t.Errorf("a control of the rate in the open loop %s", c.Cell)
		}
	}
	find(t, j, "hold/1000", perSecond)
	for _, k := range j.Order.Checks {
		if k.Metric == perSecond && k.Cell != "hold/1000" {
			t.Errorf("a test of the order for the rate in the open loop %s", k.Cell)
		}
	}
	checkOf(t, j, "hold/1000", perSecond)
}
