package verdict

import (
	"bytes"
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/assay-bench/assay/harness/claim"
	"github.com/assay-bench/assay/harness/plan"
	"github.com/assay-bench/assay/harness/trial"
)

// noisy sets CPU time per request to 100 us, rust-server's divided by advantage, with
// log-normal noise of the given spread, from a generator of its own.
func noisy(random *rand.Rand, advantage, spread float64) func(plan.Slot, *trial.Record) {
	return func(s plan.Slot, r *trial.Record) {
		v := 100 * math.Exp(spread*random.NormFloat64())
		if s.Target == rustServer {
			v /= advantage
		}
		r.Metrics[cpuMetric] = v
	}
}

// randomRuns calls check with runs whose outcomes spread over all verdicts.
func randomRuns(t *testing.T, check func(name string, s *synthetic)) {
	t.Helper()
	random := rand.New(rand.NewPCG(11, 13))
	verdicts := map[Verdict]int{}
	for i := range 60 {
		advantage, spread := math.Exp(0.3*(random.Float64()-0.5)), 0.04*random.Float64()
		s := newSynthetic(5+i%4).claims(beatsOn(cpuMetric, "rate/5000"), beatsOver(sustainedMetric), beatsOver(memoryPerConnection), holdsAt(5000, "hold/5000"),
			tiesOn("rate/5000"), rangesOn("rate/5000", 1, 12), reachesIn(12, 3, "rate/5000", "hold/1000", "hold/2500"))
		most := map[string]int{goServer: 2500 << random.IntN(5), rustServer: 2500 << random.IntN(5)}
		s.run(func(slot plan.Slot, r *trial.Record) {
			caps(most)(slot, r)
			noisy(random, advantage, spread)(slot, r)
		})
		for _, c := range s.judge().Claims {
			verdicts[c.Verdict]++
		}
		check(fmt.Sprintf("run %d (advantage %.3f, spread %.3f, most %v)", i, advantage, spread, most), s)
	}
	for _, v := range []Verdict{Supported, Refuted, Inconclusive} {
		if verdicts[v] == 0 {
			t.Errorf("no run is %s, so the property says less than it should: %v", v, verdicts)
		}
	}
}

func TestOrderOfRecordsDoesNotMatter(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 1))
	randomRuns(t, func(name string, s *synthetic) {
		s.reject(func(slot plan.Slot) bool { return slot.Index%17 == 0 }, func(r *trial.Record) { r.Metrics[cpuMetric] *= 2 })
		want := encode(t, s.judge())
		random.Shuffle(len(s.records), func(i, k int) { s.records[i], s.records[k] = s.records[k], s.records[i] })
		if got := encode(t, s.judge()); !bytes.Equal(got, want) {
			t.Errorf("%s: another order of records gives other bytes", name)
		}
	})
}

// A change of unit changes no ratio and no verdict.
func TestScaleDoesNotMatter(t *testing.T) {
	randomRuns(t, func(name string, s *synthetic) {
		before := s.judge()
		for i := range s.records {
			s.records[i].Metrics[cpuMetric] *= 1000
			s.records[i].Metrics[memoryBytes] /= 3
		}
		for i, c := range s.judge().Claims[:3] {
			was, is := before.Claims[i].Readings[0], c.Readings[0]
			if was.Verdict != is.Verdict || !close(was.Ratio.Ratio, is.Ratio.Ratio) || !close(was.Ratio.Low, is.Ratio.Low) || !close(was.Ratio.High, is.Ratio.High) {
				t.Errorf("%s, claim %d: %s %+v became %s %+v", name, i, was.Verdict, was.Ratio, is.Verdict, is.Ratio)
			}
		}
	})
}

// Swapping X and Y turns the ratio over. What supported X is then refuted; what was tied
// stays refuted; nothing is supported both ways.
func TestSwapMirrors(t *testing.T) {
	randomRuns(t, func(name string, s *synthetic) {
		before := s.judge()
		for i := range s.plan.Ledger.Claims[:3] {
			r := &s.plan.Ledger.Claims[i].Readings[0]
			r.X, r.Y = r.Y, r.X
		}
		for i, c := range s.judge().Claims[:3] {
			was, is := before.Claims[i].Readings[0], c.Readings[0]
			if was.Ratio.Blocks < 2 && is.Ratio.Blocks == was.Ratio.Blocks {
				continue // no ratio on either side: a ladder too short for a slope
			}
			if !close(was.Ratio.Ratio*is.Ratio.Ratio, 1) || !close(was.Ratio.Low*is.Ratio.High, 1) || !close(was.Ratio.TieLow*is.Ratio.TieHigh, 1) {
				t.Errorf("%s, claim %d: %+v mirrored is %+v", name, i, was.Ratio, is.Ratio)
			}
			if was.Ratio.Bound != turned(is.Ratio.Bound) {
				t.Errorf("%s, claim %d: bound %s mirrored is %s", name, i, was.Ratio.Bound, is.Ratio.Bound)
			}
			if (was.Verdict == Supported && is.Verdict != Refuted) || (is.Verdict == Supported && was.Verdict != Refuted) {
				t.Errorf("%s, claim %d: %s mirrored is %s", name, i, was.Verdict, is.Verdict)
			}
		}
	})
}

// Swapping X and Y of a tie turns the ratio over and changes no verdict; a range and an advantage that one side has, the
// other does not.
func TestSwapMirrorsTheOtherShapes(t *testing.T) {
	seen := map[Verdict]int{}
	randomRuns(t, func(name string, s *synthetic) {
		before := s.judge()
		for i := range s.plan.Ledger.Claims[4:] {
			r := &s.plan.Ledger.Claims[4+i].Readings[0]
			r.X, r.Y = r.Y, r.X
		}
		after := s.judge()
		was, is := before.Claims[4].Readings[0], after.Claims[4].Readings[0]
		seen[was.Verdict]++
		if was.Verdict != is.Verdict || !close(was.Ratio.Low*is.Ratio.High, 1) || !close(was.Ratio.TieLow*is.Ratio.TieHigh, 1) {
			t.Errorf("%s: tie %s %+v mirrored is %s %+v", name, was.Verdict, was.Ratio, is.Verdict, is.Ratio)
		}
		for i := 5; i <= 6; i++ {
			if before.Claims[i].Verdict == Supported && after.Claims[i].Verdict == Supported {
				t.Errorf("%s: claim %d is supported both ways", name, i)
			}
		}
	})
	if seen[Supported] == 0 || seen[Refuted] == 0 || seen[Inconclusive] == 0 {
		t.Errorf("ties come out as %v: the property says less than it should", seen)
	}
}

func close(a, b float64) bool { return math.Abs(a-b) <= 1e-8*(1+math.Abs(b)) }

// Verdicts on simulated runs, with a fixed seed: two equal servers are seldom called
// different, ten per cent are mostly found.
func TestSimulatedVerdicts(t *testing.T) {
	// 2,000 runs: a share of 2.5 %, which theory gives for the first case (one tail of a 95 %
	// interval), is then known to 0.35 %; 400 runs leave 0.8 % and reach 5 % by chance.
	const runs = 2000
	for _, c := range []struct {
		name              string
		advantage, spread float64
		wrong             func(Reading) bool
		most              float64 // share of the runs that may be wrong
	}{
		{"equal, 2 % noise", 1, 0.02, func(r Reading) bool { return r.Verdict == Supported || isWorse(r) }, 0.05},
		{"equal, 10 % noise", 1, 0.10, func(r Reading) bool { return r.Verdict == Supported || isWorse(r) }, 0.05},
		{"on the margin, 2 % noise", 1.05, 0.02, func(r Reading) bool { return r.Verdict == Supported }, 0.05},
		{"10 % better, 2 % noise", 1.10, 0.02, func(r Reading) bool { return r.Verdict != Supported }, 0.20},
		{"10 % worse, 2 % noise", 1 / 1.10, 0.02, func(r Reading) bool { return !isWorse(r) }, 0.05},
		{"equal, 1 % noise: the tie is seen", 1, 0.01, func(r Reading) bool { return r.Verdict != Refuted }, 0.05},
	} {
		random := rand.New(rand.NewPCG(2026, 11))
		wrong := 0
		s := newRateOnly(8).claims(claim.Reading{Shape: claim.Better, X: rustServer, Y: goServer, Metric: cpuMetric, Cell: "rate/5000"})
		for range runs {
			s.records = nil
			if c.wrong(reading(t, s.run(noisy(random, c.advantage, c.spread)).judge(), 0)) {
				wrong++
			}
		}
		if share := float64(wrong) / runs; share > c.most {
			t.Errorf("%s: wrong in %.1f %% of the runs, at most %.0f %% are allowed", c.name, 100*share, 100*c.most)
		}
	}
}

// isWorse reports a refutation because X is worse, not because of a tie.
func isWorse(r Reading) bool { return r.Verdict == Refuted && r.Ratio.Low > 1 }

// newRateOnly keeps the rate cell alone: simulations judge many runs.
func newRateOnly(blocks int) *synthetic {
	s := newSynthetic(blocks)
	slots := s.plan.Slots
	s.plan.Slots = nil
	for _, slot := range slots {
		if slot.Cell == "rate/5000" {
			s.addSlot(slot.Block, slot.Cell, slot.Target, slot.Replica)
		}
	}
	s.plan.Cells = s.plan.Cells[len(s.plan.Cells)-1:]
	return s
}
