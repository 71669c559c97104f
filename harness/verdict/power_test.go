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
	if !ok || math.Abs(at.TieShown-few.Chance) > 1e-3 {
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

// What is promised is what the judge says: at the smallest advantage that a plan sees four verdicts in five are "supported", and
// between equal servers as many are "refuted" as are promised to be shown a tie. The control of the two withholds one or two
// in a hundred besides. 1,000 runs of each: a standard error of 1.3 %, and up to 1.6 % for a tie.
func TestPowerIsTheJudges(t *testing.T) {
	const runs, noise, withheld = 1000, 0.03, 0.01
	for _, family := range []int{1, 5} {
		s := newRates(8, family)
		for _, cell := range s.plan.Cells {
			s.claims(beatsOn(cpuMetric, cell.ID))
		}
		w, ok := PowerOf(s.plan)
		if !ok || w.Comparisons != family {
			t.Fatalf("the plan sees nothing: %+v", w)
		}
		level, _ := w.At(noise)
		random := rand.New(rand.NewPCG(8, 15))
		share := func(advantage float64, want Verdict, mayDiffer bool) float64 {
			found := 0
			for range runs {
				s.records = nil
				r := reading(t, s.run(func(slot plan.Slot, r *trial.Record) {
					v := 60 * math.Exp(noise/math.Sqrt2*random.NormFloat64()) // of two trials in a block: d has the noise
					if slot.Target == goServer {
						v *= advantage
					}
					r.Metrics = map[string]float64{cpuMetric: v}
				}).judge(), 0)
				if r.Verdict == want && (mayDiffer || r.Ratio.Low <= 1 && r.Ratio.High >= 1) {
					found++
				}
			}
			return float64(found) / runs
		}
		if got := share(level.Detectable, Supported, true); math.Abs(got-w.Chance*(1-withheld)) > 0.05 {
			t.Errorf("of %d: the smallest advantage seen is found in %.1f %% of runs", family, 100*got)
		}
		if got := share(1, Refuted, false); math.Abs(got-level.TieShown*(1-withheld)) > 0.06 {
			t.Errorf("of %d: equal targets are shown to be so in %.1f %% of runs, promised %.1f %%", family, 100*got, 100*level.TieShown)
		}
	}
}

// The intervals of more blocks than are drawn go with the root of their number.
func TestPowerOverManyBlocks(t *testing.T) {
	few := Power{Confidence: 0.95, Margin: 1.05, Chance: 0.8}
	at30, _ := few.Over(30)
	at120, ok := few.Over(120)
	a, _ := at30.At(0.04)
	b, _ := at120.At(0.08)
	if !ok || math.Abs(a.Detectable-b.Detectable) > 1e-9 || a.TieShown != b.TieShown || math.Abs(at120.QuietEnough-2*at30.QuietEnough) > 1e-12 {
		t.Errorf("30 blocks at 4 %%: %+v; 120 at 8 %%: %+v", a, b)
	}
	for _, blocks := range []int{0, 1} {
		if _, ok := few.Over(blocks); ok {
			t.Errorf("%d blocks see something", blocks)
		}
	}
	if level, ok := (Power{}).At(0.03); ok {
		t.Errorf("nothing sees %+v", level)
	}
}

// Where an interval is so narrow that it excludes equality as often as not, no noise is little enough for a tie.
func TestNoQuietIsEnough(t *testing.T) {
	if w, ok := (Power{Confidence: 0.5, Margin: 1.05, Chance: 0.8}).Over(8); !ok || w.QuietEnough != 0 {
		t.Errorf("%v, %v", w.QuietEnough, ok)
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
