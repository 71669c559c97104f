package verdict

import (
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/assay-bench/assay/harness/plan"
	"github.com/assay-bench/assay/harness/trial"
)

// shuffled is a run of one rate cell in which the order of the trials is drawn, as plans
// draw it. value gives the CPU time of a trial from its place in the cell's part of the
// block and from the target of the trial before.
func shuffled(blocks int, seed uint64, value func(s plan.Slot, place int, before string) float64) *synthetic {
	random := rand.New(rand.NewPCG(seed, 11))
	s := newSynthetic(blocks).claims(beatsOn(cpuMetric, "rate/5000"))
	s.plan.Slots = nil
	places, before := map[int]int{}, map[int]string{}
	was := ""
	for b := 1; b <= blocks; b++ {
		arms := []plan.Slot{{Target: rustServer, Replica: 1}, {Target: goServer, Replica: 1}, {Target: []string{goServer, rustServer}[b%2], Replica: 2}}
		random.Shuffle(len(arms), func(i, j int) { arms[i], arms[j] = arms[j], arms[i] })
		for place, a := range arms {
			places[len(s.plan.Slots)], before[len(s.plan.Slots)] = place, was
			was = a.Target
			s.addSlot(b, "rate/5000", a.Target, a.Replica)
		}
	}
	return s.run(func(slot plan.Slot, r *trial.Record) {
		r.Metrics[cpuMetric] = value(slot, places[slot.Index], before[slot.Index]) * math.Exp(0.01*random.NormFloat64())
	})
}

func base(s plan.Slot) float64 {
	if s.Target == rustServer {
		return 60
	}
	return 100
}

func checkOf(t *testing.T, j Judgement, cell, metric string) OrderCheck {
	t.Helper()
	if j.Order == nil {
		t.Fatal("nothing was tested")
	}
	i := slices.IndexFunc(j.Order.Checks, func(k OrderCheck) bool { return k.Cell == cell && k.Metric == metric })
	if i < 0 {
		t.Fatalf("no test of %s in %s among %+v", metric, cell, j.Order.Checks)
	}
	return j.Order.Checks[i]
}

func hasDoubt(r Reading) bool {
	return slices.ContainsFunc(r.Doubts, func(w trial.Warning) bool { return w.Code == orderEffect })
}

// Each planted effect is found by its own test, at its size, and by no other.
func TestOrderFindsWhatWasPlanted(t *testing.T) {
	for _, c := range []struct {
		name  string
		value func(plan.Slot, int, string) float64
		test  func(OrderCheck) *OrderTest
		want  float64
		doubt bool
	}{
		{"drift", func(s plan.Slot, _ int, _ string) float64 { return base(s) * (1 + 0.03*float64(s.Block-1)) },
			func(k OrderCheck) *OrderTest { return k.Drift }, 0.21, false},
		{"place", func(s plan.Slot, place int, _ string) float64 { return base(s) * math.Pow(1.1, float64(place)) },
			func(k OrderCheck) *OrderTest { return k.Place }, 0.10, true},
		{"carry-over", func(s plan.Slot, _ int, before string) float64 {
			if before != s.Target {
				return base(s) * 1.1
			}
			return base(s)
		}, func(k OrderCheck) *OrderTest { return k.Carry }, 0.10, true},
	} {
		s := shuffled(8, 3, c.value)
		j := s.judge()
		k := checkOf(t, j, "rate/5000", cpuMetric)
		test := c.test(k)
		if test == nil || !test.Fires || math.Abs(test.Change-c.want) > 0.03 {
			t.Errorf("%s: %+v, want a change of %g that fires", c.name, test, c.want)
		}
		if got := hasDoubt(reading(t, j, 0)); got != c.doubt {
			t.Errorf("%s: a doubt beside the reading is %v, want %v", c.name, got, c.doubt)
		}
		s.plan.Limits.OrderLevel = 0
		if with, without := reading(t, j, 0), reading(t, s.judge(), 0); with.Verdict != without.Verdict || hasDoubt(without) {
			t.Errorf("%s: %s with the doubt, %s without; it decides nothing", c.name, with.Verdict, without.Verdict)
		}
	}
}

// Without an effect a test is below 5 % in 5 % of runs, also when whole blocks are
// disturbed. 600 runs: a standard error of 0.9 %; the limits are four of them.
func TestOrderKeepsItsLevel(t *testing.T) {
	const runs = 600
	var below [3]int
	for seed := range uint64(runs) {
		noise := rand.New(rand.NewPCG(seed, 5))
		odd := map[int]float64{}
		for b := 1; b <= 8; b++ {
			odd[b] = math.Exp(0.05 * noise.NormFloat64())
		}
		s := shuffled(8, seed, func(s plan.Slot, _ int, _ string) float64 { return base(s) * odd[s.Block] })
		c := newCourt(s.plan, s.records)
		k := checkOf(t, Judgement{Order: c.order()}, "rate/5000", cpuMetric)
		for i, test := range []*OrderTest{k.Drift, k.Place, k.Carry} {
			if test != nil && test.P < 0.05 {
				below[i]++
			}
		}
	}
	for i, name := range []string{"drift", "place", "carry-over"} {
		if share := float64(below[i]) / runs; math.Abs(share-0.05) > 0.036 {
			t.Errorf("%s: p below 5 %% in %.1f %% of runs", name, 100*share)
		}
	}
}

// Plans made before the level was declared raise no doubt, and runs without comparisons
// have nothing to test.
func TestOrderOfOldPlans(t *testing.T) {
	s := shuffled(8, 3, func(s plan.Slot, place int, _ string) float64 { return base(s) * math.Pow(1.2, float64(place)) })
	s.plan.Limits.OrderLevel = 0
	j := s.judge()
	if k := checkOf(t, j, "rate/5000", cpuMetric); k.Place == nil || k.Place.Fires || hasDoubt(reading(t, j, 0)) {
		t.Errorf("without a level: %+v", k.Place)
	}
	if j := newSynthetic(5).claims(holdsAt(1000, "hold/1000")).run(nil).judge(); j.Order != nil {
		t.Errorf("a threshold alone is tested: %+v", j.Order)
	}
}

// A slope over a ladder rests on the memory of its rungs; sustained rungs are not tested.
func TestOrderOfLadders(t *testing.T) {
	j := newSynthetic(5).claims(beatsOver(memoryPerConnection), beatsOver(sustainedMetric)).run(nil).judge()
	var got []string
	for _, k := range j.Order.Checks {
		got = append(got, k.Cell+" "+k.Metric)
	}
	want := "hold/1000 memory_bytes, hold/2500 memory_bytes, hold/5000 memory_bytes, hold/10000 memory_bytes, hold/host-limit memory_bytes"
	if strings.Join(got, ", ") != want {
		t.Errorf("tested %s\nwant %s", strings.Join(got, ", "), want)
	}
	tests := 0
	for _, k := range j.Order.Checks {
		tests += len(k.tests())
	}
	if tests != j.Order.Tests {
		t.Errorf("%d tests counted, %d made", j.Order.Tests, tests)
	}
}
