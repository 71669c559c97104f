package verdict

import (
	"math"
	"strings"
	"testing"

	"github.com/assay-bench/assay/harness/plan"
	"github.com/assay-bench/assay/harness/trial"
)

// cpuOf sets CPU time per request in microseconds: rust-server's by block, go-server 100,
// with a little noise that differs between replicas, so that no interval is a point.
func cpuOf(rust func(block int) float64) func(plan.Slot, *trial.Record) {
	return func(s plan.Slot, r *trial.Record) {
		wobble := 1 + 0.002*float64((s.Index*7)%5-2)
		r.Metrics[cpuMetric] = 100 * wobble
		if s.Target == rustServer {
			r.Metrics[cpuMetric] = rust(s.Block) * wobble
		}
	}
}

func always(v float64) func(int) float64 { return func(int) float64 { return v } }

func TestBetter(t *testing.T) {
	for _, c := range []struct {
		name   string
		blocks int
		change func(plan.Slot, *trial.Record)
		want   Verdict
		reason string // part of it
	}{
		{"clearly better", 8, cpuOf(always(60)), Supported,
			"rust-server 60.0 us against go-server 100 us (CPU time per request, rate/5000): ratio 0.599, 95 % interval 0.597-0.601; rust-server is better by more than the margin of 1.05; 8 blocks"},
		{"clearly worse", 8, cpuOf(always(140)), Refuted, "go-server is the better one"},
		{"equal", 8, cpuOf(always(100)), Refuted, "a tie: the 95 % interval"},
		{"better, but by less than the margin", 8, cpuOf(always(97)), Inconclusive, "rust-server is better, but by less than the margin of 1.05"},
		{"on the margin", 8, cpuOf(always(95.2)), Inconclusive, "neither a difference beyond the margin of 1.05 nor a tie"},
		{"too wide", 8, cpuOf(func(b int) float64 { return []float64{40, 160}[b%2] }), Inconclusive, "neither"},
		{"one block far from the others", 5, cpuOf(func(b int) float64 { return []float64{94, 94, 94, 20, 94, 94}[b] }), Inconclusive,
			"signed ranks, which a single block sways less, give supported (ratio "},
		{"four blocks", 4, cpuOf(always(60)), Inconclusive, "4 of 4 blocks complete; at least 5 are needed"},
		{"missing numbers", 8, func(s plan.Slot, r *trial.Record) {
			cpuOf(always(60))(s, r)
			if s.Block > 4 && s.Target == rustServer {
				delete(r.Metrics, cpuMetric)
			}
		}, Inconclusive, "4 of 8 blocks complete"},
		{"numbers without a logarithm", 8, func(s plan.Slot, r *trial.Record) { r.Metrics[cpuMetric] = 0 }, Inconclusive, "0 of 8 blocks complete"},
		{"noisy control", 8, func(s plan.Slot, r *trial.Record) {
			cpuOf(always(60))(s, r)
			if s.Replica == 2 {
				r.Metrics[cpuMetric] *= 1.2
			}
		}, Inconclusive, "A/A control: ratio 1.200, 95 % interval"},
	} {
		s := newSynthetic(c.blocks).claims(beatsOn(cpuMetric, "rate/5000")).run(c.change)
		j := s.judge()
		r := reading(t, j, 0)
		if r.Verdict != c.want || !strings.Contains(r.Reason, c.reason) {
			t.Errorf("%s: %s (%s); want %s (%s)", c.name, r.Verdict, r.Reason, c.want, c.reason)
		}
		if j.FamilySize != 1 || j.Confidence != 0.95 || r.Ratio.Confidence != 0.95 {
			t.Errorf("%s: family %d at %g, reading at %g; want 1 at 0.95", c.name, j.FamilySize, j.Confidence, r.Ratio.Confidence)
		}
		if r.WouldChange == "" || r.Rule == "" {
			t.Errorf("%s: rule %q, would change %q: both must be there", c.name, r.Rule, r.WouldChange)
		}
	}
}

// Seven blocks at an advantage near 12 % and one at -2 %: the 95 % t interval begins at
// 0.0582, above ln 1.05 = 0.0488, the signed-rank interval (levels 95 % and up: cut 3) at
// the average of the outlier and 0.114, 0.047, below it. So there is no verdict.
func TestBetterNeedsSignedRanksToAgree(t *testing.T) {
	d := []float64{-0.020, 0.112, 0.113, 0.114, 0.115, 0.116, 0.117, 0.118}
	s := newSynthetic(8).claims(beatsOn(cpuMetric, "rate/5000")).run(func(s plan.Slot, r *trial.Record) {
		r.Metrics[cpuMetric] = 100
		if s.Target == rustServer {
			r.Metrics[cpuMetric] = 100 * math.Exp(-d[s.Block-1])
		}
	})
	r := reading(t, s.judge(), 0)
	if r.Verdict != Inconclusive || !strings.Contains(r.Reason, "supported by the t interval but inconclusive by signed ranks") {
		t.Errorf("%s: %s", r.Verdict, r.Reason)
	}
	if in := r.Ratio.Sensitivity; math.Abs(math.Log(in.High)+0.047) > 1e-9 || in.Confidence < 0.95 {
		t.Errorf("sensitivity %+v: want it to end at exp(-0.047) with a level of 95 %% or more", in)
	}
	if math.Abs(math.Log(r.Ratio.High)+0.0582) > 1e-4 {
		t.Errorf("t interval ends at %g, want exp(-0.0582)", r.Ratio.High)
	}
}

func TestBetterOverTheLadder(t *testing.T) {
	const all = 1 << 30
	for _, c := range []struct {
		name         string
		rust, gopher int
		want         Verdict
		bound        Bound
		censored     bool
		reason       string
	}{
		{"a rung lies between", 10000, 2500, Supported, Exact, false, "rust-server 10,000 connections against go-server 2,500 connections"},
		{"neighbouring rungs: Y may sustain 9,999", 10000, 5000, Inconclusive, Exact, false, "ratio 2.00, by the rungs just above 1.00-3.98 in each of 8 blocks; reliability at least 68.8 % (95 % confidence)"},
		{"the other way round", 5000, 10000, Refuted, Exact, false, "go-server is the better one"},
		{"the same rung: X may sustain 9,999", 5000, 5000, Inconclusive, Exact, false, "by the rungs 0.500-2.00 in each of 8 blocks; reliability"},
		{"the host ended X's ladder", all, 5000, Supported, AtLeast, true, "rust-server at least 19,900 connections against go-server 5,000 connections"},
		{"the host ended X's ladder right above Y", all, 10000, Inconclusive, AtLeast, true, "only the lower end holds"},
		{"the host ended Y's ladder", 10000, all, Refuted, AtMost, true, "go-server is the better one"},
		{"the host ended both", all, all, Inconclusive, Unbound, true, "the host ended the ladder at 19,900 connections for both"},
		{"Y sustains nothing", 5000, 0, Supported, AtLeast, false, "against go-server 0 connections"},
		{"X sustains nothing", 0, 5000, Refuted, AtMost, false, "go-server is the better one"},
		{"neither sustains anything", 0, 0, Inconclusive, Unbound, false, "neither target sustained the lowest rung of 1,000 connections"},
		{"Y none, X only the lowest: Y may sustain 999", 1000, 0, Inconclusive, AtLeast, false, "only the lower end holds"},
	} {
		s := newSynthetic(8).claims(beatsOver(sustainedMetric)).run(caps(map[string]int{rustServer: c.rust, goServer: c.gopher}))
		r := reading(t, s.judge(), 0)
		if r.Verdict != c.want || r.Ratio.Bound != c.bound || r.Ratio.Censored != c.censored || !strings.Contains(r.Reason, c.reason) {
			t.Errorf("%s: %s, bound %s, censored %t (%s); want %s, %s, %t (%s)",
				c.name, r.Verdict, r.Ratio.Bound, r.Ratio.Censored, r.Reason, c.want, c.bound, c.censored, c.reason)
		}
		if !hasNote(r.Notes, noteRungs) || hasNote(r.Notes, noteNoVariance) != (c.bound != Unbound) || (r.Ratio.Reliability > 0) != (c.bound != Unbound) || hasNote(r.Notes, noteHostLimit) != c.censored {
			t.Errorf("%s: notes %+v", c.name, r.Notes)
		}
		if got := r.Ratio.Cell; got != "hold (ladder)" {
			t.Errorf("%s: compared at %q", c.name, got)
		}
	}
}

// Where a block gives another rung there is spread, and an interval with a confidence; rungs that differ while their ratio does
// not are no agreement either.
func TestAgreementTakesTheSameRungs(t *testing.T) {
	for name, of := range map[string]map[string]int{
		"X's rung differs":         {rustServer: 10000, goServer: 1000},
		"both, their ratio is one": {rustServer: 1000, goServer: 1000},
	} {
		s := newSynthetic(8).claims(beatsOver(sustainedMetric)).run(func(slot plan.Slot, r *trial.Record) {
			most := map[string]int{rustServer: 2500, goServer: 1000}
			if name == "both, their ratio is one" {
				most = map[string]int{rustServer: 2500, goServer: 2500}
			}
			if slot.Block == 4 {
				most = of
			}
			caps(most)(slot, r)
		})
		r := reading(t, s.judge(), 0)
		if r.Ratio.Reliability != 0 || hasNote(r.Notes, noteNoVariance) || !strings.Contains(r.Reason, "95 % interval ") {
			t.Errorf("%s: %s, notes %+v, reliability %g", name, r.Reason, r.Notes, r.Ratio.Reliability)
		}
	}
}

// Without a host's rung the plan ends the ladder, and a value at its top is a bound too.
func TestBetterLadderEndedByPlan(t *testing.T) {
	for most, reason := range map[int]string{
		1 << 30: "the plan's ladder ended at 19,900 connections for both",
		5000:    "rust-server at least 19,900 connections against go-server 5,000 connections",
	} {
		s := newSynthetic(8).claims(beatsOver(sustainedMetric))
		for i := range s.plan.Cells {
			s.plan.Cells[i].HostLimit = false
		}
		r := reading(t, s.run(caps(map[string]int{rustServer: 1 << 30, goServer: most})).judge(), 0)
		if !strings.Contains(r.Reason, reason) || !hasNote(r.Notes, notePlanTop) || hasNote(r.Notes, noteHostLimit) {
			t.Errorf("go-server up to %d: %s, notes %+v", most, r.Reason, r.Notes)
		}
	}
}

// Half of the blocks reach the top on one side, the other half on the other side.
func TestBetterCutOffOnBothSides(t *testing.T) {
	s := newSynthetic(8).claims(beatsOver(sustainedMetric)).run(func(s plan.Slot, r *trial.Record) {
		if limited := []string{goServer, rustServer}[s.Block%2]; s.Target == limited && r.Connections.Asked > 10000 {
			fail(r)
		}
	})
	r := reading(t, s.judge(), 0)
	if r.Verdict != Inconclusive || r.Ratio.Bound != Unbound || !strings.Contains(r.Reason, "cut off on both sides") {
		t.Errorf("%s, bound %s: %s", r.Verdict, r.Ratio.Bound, r.Reason)
	}
}

func TestBetterMemoryPerConnection(t *testing.T) {
	s := newSynthetic(8).claims(beatsOver(memoryPerConnection)).run(nil)
	r := reading(t, s.judge(), 0)
	if r.Verdict != Supported || math.Abs(r.Ratio.Ratio-0.5) > 0.02 || r.Ratio.Unit != "bytes" {
		t.Errorf("%s with ratio %g %s (%s); want supported near 0.5", r.Verdict, r.Ratio.Ratio, r.Ratio.Unit, r.Reason)
	}
	if hasNote(r.Notes, noteNoVariance) || hasNote(r.Notes, noteRungs) {
		t.Errorf("notes %+v: a slope has spread and is no rung", r.Notes)
	}
}

// Three readings are a family of three: the intervals widen to 1 - 0.05/3, and what one
// reading alone would show no longer suffices.
func TestFamilyCorrection(t *testing.T) {
	notYet := beatsOn("p50_ms", "rate/5000")
	notYet.NotYet = "later"
	absent := beatsOn("p50_ms", "rate/9999")
	s := newSynthetic(8).claims(beatsOn(cpuMetric, "rate/5000"), beatsOn("p50_ms", "rate/5000"), beatsOver(sustainedMetric),
		holdsAt(1000, "hold/1000"), notYet, absent).run(nil)
	j := s.judge()
	if j.FamilySize != 3 || math.Abs(j.Confidence-(1-0.05/3)) > 1e-9 {
		t.Errorf("family of %d at %g, want 3 at %g", j.FamilySize, j.Confidence, 1-0.05/3)
	}
	alone := newSynthetic(8).claims(beatsOn(cpuMetric, "rate/5000")).run(nil).judge()
	wide, narrow := reading(t, j, 0).Ratio, reading(t, alone, 0).Ratio
	if !(wide.Low < narrow.Low && narrow.High < wide.High) || wide.TieLow != wide.Low || wide.TieHigh != wide.High {
		t.Errorf("in a family %g-%g (tie from %g), alone %g-%g (tie from %g); one interval decides, and it must widen",
			wide.Low, wide.High, wide.TieLow, narrow.Low, narrow.High, narrow.TieLow)
	}
}

func TestBetterWithoutMargin(t *testing.T) {
	for _, margin := range []float64{0, 1, -2, math.NaN(), math.Inf(1)} {
		s := newSynthetic(8).claims(beatsOn(cpuMetric, "rate/5000")).run(nil)
		s.plan.Ledger.Article.Margin = margin
		if r := reading(t, s.judge(), 0); r.Verdict != Inconclusive || !strings.Contains(r.Reason, "no margin above 1") {
			t.Errorf("margin %g: %s: %s", margin, r.Verdict, r.Reason)
		}
	}
}
