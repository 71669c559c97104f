package verdict

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/assay-bench/assay/harness/plan"
	"github.com/assay-bench/assay/harness/trial"
)

func TestPowerOfPlan(t *testing.T) {
	few, ok := PowerOf(newSynthetic(5).claims(beatsOn(cpuMetric, "rate/5000"), beatsOn("p50_ms", "rate/5000")).plan)
	if !ok || few.Comparisons != 2 || few.Blocks != 5 || few.Confidence != 0.975 || few.Margin != 1.05 || len(few.Levels) != 3 {
		t.Fatalf("%+v, %v", few, ok)
	}
	many, ok := PowerOf(newSynthetic(12).claims(beatsOn(cpuMetric, "rate/5000"), beatsOn("p50_ms", "rate/5000")).plan)
	if !ok {
		t.Fatal("twelve blocks see nothing")
	}
	for i, l := range few.Levels {
		if !(l.Detectable > 1.05) || many.Levels[i].Detectable >= l.Detectable || many.Levels[i].TieShown < l.TieShown {
			t.Errorf("%g noise: 5 blocks see %+v, 12 see %+v", l.Noise, l, many.Levels[i])
		}
		if i > 0 && (l.Detectable <= few.Levels[i-1].Detectable || l.TieShown >= few.Levels[i-1].TieShown) {
			t.Errorf("more noise shows more: %+v", few.Levels)
		}
	}
	at, ok := few.At(few.QuietEnough)
	if !ok || math.Abs(at.TieShown-few.Chance) > 1e-9 {
		t.Errorf("at the noise that is quiet enough a tie is shown with %v", at.TieShown)
	}
}

func TestPowerOfPlansThatSeeNothing(t *testing.T) {
	for name, s := range map[string]*synthetic{
		"no comparison":  newSynthetic(5).claims(holdsAt(1000, "hold/1000")),
		"too few blocks": newSynthetic(4).claims(beatsOn(cpuMetric, "rate/5000")),
		"no margin": func() *synthetic {
			s := newSynthetic(5).claims(beatsOn(cpuMetric, "rate/5000"))
			s.plan.Ledger.Article.Margin = 0
			return s
		}(),
	} {
		if w, ok := PowerOf(s.plan); ok {
			t.Errorf("%s: %+v", name, w)
		}
	}
}

// What is promised is what the judge finds: at the smallest advantage that a plan sees
// four in five intervals lie beyond the margin. 1,000 runs: a standard error of 1.3 %.
func TestPowerIsTheJudges(t *testing.T) {
	const runs, noise = 1000, 0.03
	s := newSynthetic(8).claims(beatsOn(cpuMetric, "rate/5000"))
	w, ok := PowerOf(s.plan)
	if !ok {
		t.Fatal("the plan sees nothing")
	}
	level, _ := w.At(noise)
	random := rand.New(rand.NewPCG(8, 15))
	beyond, inside := 0, 0
	for range runs {
		s.records = nil
		s.run(func(slot plan.Slot, r *trial.Record) {
			v := 60 * math.Exp(noise/math.Sqrt2*random.NormFloat64()) // of two trials in a block: d has the noise
			if slot.Target == goServer {
				v *= level.Detectable
			}
			r.Metrics = map[string]float64{cpuMetric: v}
		})
		c := newCourt(s.plan, s.records)
		r := s.plan.Ledger.Claims[0].Readings[0]
		m, _ := c.measureOf(r)
		k := c.compare(c.kept, r, m)
		if k.d.High < -c.delta {
			beyond++
		}
		if k.control.OK && !k.control.Wide { // the same target twice: a tie
			inside++
		}
	}
	if share := float64(beyond) / runs; math.Abs(share-w.Chance) > 0.052 {
		t.Errorf("the smallest advantage seen is found in %.1f %% of runs", 100*share)
	}
	if share := float64(inside) / runs; math.Abs(share-level.TieShown) > 0.052 {
		t.Errorf("equal targets are shown to be so in %.1f %% of runs, promised %.1f %%", 100*share, 100*level.TieShown)
	}
}

func TestNoiseOfRatio(t *testing.T) {
	values := func(vs ...float64) []BlockValue {
		var out []BlockValue
		for i, v := range vs {
			out = append(out, BlockValue{Block: i + 1, Value: v})
		}
		return out
	}
	e := math.E
	r := Ratio{Bound: Exact, XValues: values(1, e, e*e), YValues: values(1, 1, 1)}
	if sd, ok := r.Noise(); !ok || math.Abs(sd-1) > 1e-12 {
		t.Errorf("sd %v, %v; want 1", sd, ok)
	}
	for name, r := range map[string]Ratio{
		"censored":  {Bound: AtLeast, XValues: r.XValues, YValues: r.YValues},
		"one block": {Bound: Exact, XValues: values(1), YValues: values(1)},
		"a zero":    {Bound: Exact, XValues: values(0, 1), YValues: values(1, 1)},
	} {
		if sd, ok := r.Noise(); ok {
			t.Errorf("%s: %v", name, sd)
		}
	}
}
