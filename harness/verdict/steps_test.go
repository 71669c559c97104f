package verdict

import (
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/assay-bench/assay/harness/claim"
	"github.com/assay-bench/assay/harness/load/histogram"
	"github.com/assay-bench/assay/harness/plan"
	"github.com/assay-bench/assay/harness/trial"
)

// What was recorded lies in the step that is said of it, and the step is no wider than it has to be: both of its ends are recorded as
// that number, and what lies right beyond them as another one.
func TestStepsAreTheHistograms(t *testing.T) {
	recorded := func(d time.Duration) float64 {
		h := histogram.New()
		histogram.Add(h, d)
		return float64(h.ValueAtQuantile(50)) / 1000
	}
	random := rand.New(rand.NewPCG(3, 5))
	took := []time.Duration{0, 400, 1499, 1500, 19_499, 19_500, 20_499, 2_047_499, 2_047_500, 2_048_000, 2_049_499, 2_049_500, 4_095_499, 4_095_500, 59 * time.Second}
	for range 2000 {
		took = append(took, time.Duration(1000*math.Exp(random.Float64()*math.Log(50e6))))
	}
	for _, d := range took {
		v := recorded(d)
		least, most := unrounded(v)
		if ms := float64(d) / 1e6; ms < least-1e-9 || ms > most+1e-9 {
			t.Errorf("%v is recorded as %v ms, which is said to be of %v to %v", d, v, least, most)
		}
		from, to := time.Duration(math.Round(least*1e6)), time.Duration(math.Round(most*1e6))
		if recorded(from) != v || recorded(to-1) != v || recorded(to) == v || from > 0 && recorded(from-1) == v {
			t.Errorf("%v ms is said to be of %v to %v, and is not", v, from, to)
		}
	}
}

// Every latency of the catalogue that a histogram gives has steps. The time of a start is a difference of clocks.
func TestWhatIsInSteps(t *testing.T) {
	for _, m := range claim.Metrics() {
		if want := m.Unit == "ms" && m.Mode == ""; inSteps(m.ID) != want {
			t.Errorf("%s: in steps %t, want %t", m.ID, !want, want)
		}
	}
}

// p50s gives every trial of the two servers the same p50, whatever the block.
func p50s(x, y float64) func(plan.Slot, *trial.Record) {
	return func(s plan.Slot, r *trial.Record) {
		if r.Metrics["p50_ms"] = y; s.Target == rustServer {
			r.Metrics["p50_ms"] = x
		}
	}
}

// The same two numbers in every block decide no more than their steps allow: 20 and 22 us may be 20.5 and 21.5.
func TestStepsOfLatencies(t *testing.T) {
	better := beatsOn("p50_ms", "rate/5000")
	tie, ranged, upTo := better, better, better
	tie.Shape = claim.Tie
	ranged.Shape, ranged.From, ranged.To = claim.Range, 5, 14
	upTo.Shape, upTo.Cell, upTo.Cells, upTo.Percent, upTo.Tolerance = claim.UpTo, "", []string{"rate/5000"}, 10, 4
	for _, c := range []struct {
		name      string
		of        claim.Reading
		x, y      float64
		want      Verdict
		low, high float64
	}{
		{"two steps", better, 0.020, 0.022, Inconclusive, 19.5 / 22.5, 20.5 / 21.5},
		{"three steps", better, 0.020, 0.023, Supported, 19.5 / 23.5, 20.5 / 22.5},
		{"worse", better, 0.022, 0.020, Refuted, 21.5 / 20.5, 22.5 / 19.5},
		{"alike, and short", better, 0.019, 0.019, Inconclusive, 18.5 / 19.5, 19.5 / 18.5},
		{"shorter", better, 0.010, 0.010, Inconclusive, 9.5 / 10.5, 10.5 / 9.5},
		{"alike, and long enough", better, 0.030, 0.030, Refuted, 29.5 / 30.5, 30.5 / 29.5},
		{"no tie", tie, 0.019, 0.019, Inconclusive, 18.5 / 19.5, 19.5 / 18.5},
		{"a tie", tie, 0.030, 0.030, Supported, 29.5 / 30.5, 30.5 / 29.5},
		{"inside the range, unless it is 4.7 %", ranged, 0.020, 0.022, Inconclusive, 19.5 / 22.5, 20.5 / 21.5},
		{"inside the range", ranged, 0.040, 0.044, Supported, 39.5 / 44.5, 40.5 / 43.5},
		{"up to, unless it is 4.7 %", upTo, 0.020, 0.022, Inconclusive, 19.5 / 22.5, 20.5 / 21.5},
		{"up to", upTo, 0.040, 0.044, Supported, 39.5 / 44.5, 40.5 / 43.5},
		{"where a step is two microseconds", better, 2.049, 2.051, Refuted, 2047.5 / 2051.5, 1},
	} {
		got := reading(t, newSynthetic(8).claims(c.of).run(p50s(c.x, c.y)).judge(), 0)
		ratio := got.Ratio
		if got.UpTo != nil {
			ratio = got.UpTo.Fresh
		}
		if got.Verdict != c.want || !close(ratio.Low, c.low) || !close(ratio.High, c.high) || !close(ratio.Ratio, c.x/c.y) {
			t.Errorf("%s: %s, %g (%g-%g): %s; want %s, %g-%g", c.name, got.Verdict, ratio.Ratio, ratio.Low, ratio.High, got.Reason, c.want, c.low, c.high)
		}
		if in := ratio.Sensitivity; !close(in.Low, c.low) || !close(in.High, c.high) {
			t.Errorf("%s: signed ranks %+v", c.name, in)
		}
		if strings.Contains(got.Reason, "without width") || hasNote(got.Notes, noteSteps) != (c.x < 1) || !hasNote(got.Notes, noteNoVariance) {
			t.Errorf("%s: %s, notes %+v", c.name, got.Reason, got.Notes)
		}
		if finer := strings.Contains(got.WouldChange, "recorded in finer steps"); finer != (c.want == Inconclusive) {
			t.Errorf("%s: would change by %s", c.name, got.WouldChange)
		}
		if d := ratio.Difference; c.x < 1 && (!close(d.Low, c.x-c.y-0.001) || !close(d.High, c.x-c.y+0.001)) {
			t.Errorf("%s: difference %+v", c.name, d)
		}
	}
}

// Noise and steps add up, and a number that is no latency has no steps.
func TestStepsAddToTheNoise(t *testing.T) {
	noisy := func(metric string, unit float64) Ratio {
		return *reading(t, newSynthetic(8).claims(beatsOn(metric, "rate/5000")).run(func(s plan.Slot, r *trial.Record) {
			if r.Metrics[metric] = 30 * unit; s.Target == rustServer {
				r.Metrics[metric] = []float64{24, 25, 26, 25, 24, 25, 26, 25}[s.Block-1] * unit
			}
		}).judge(), 0).Ratio
	}
	cpu, latency := noisy(cpuMetric, 1), noisy("p50_ms", 0.001)
	by := math.Log(25/24.5) + math.Log(30.5/30) // 3.7 %
	if got := math.Log(cpu.Low / latency.Low); math.Abs(got-by) > 0.002 {
		t.Errorf("the lower end moved by %g, want about %g", got, by)
	}
	if got := math.Log(latency.High / cpu.High); math.Abs(got-by) > 0.002 {
		t.Errorf("the upper end moved by %g, want about %g", got, by)
	}
	if !close(cpu.Ratio, latency.Ratio) || cpu.Difference != nil {
		t.Errorf("ratio %g and %g", cpu.Ratio, latency.Ratio)
	}
}

// A later trial that is a step slower in every block need be no slower: the control holds. Two steps are no rounding. Neither varies, so
// that chance makes none fire.
func TestStepsOfAControl(t *testing.T) {
	for later, ok := range map[float64]bool{0.020: true, 0.021: true, 0.022: false} {
		j := newSynthetic(8).claims(beatsOn("p50_ms", "rate/5000")).run(func(s plan.Slot, r *trial.Record) {
			if r.Metrics["p50_ms"] = 0.020; s.Replica == 2 {
				r.Metrics["p50_ms"] = later
			}
		}).judge()
		i := slices.IndexFunc(j.Controls, func(k Control) bool { return k.Cell == "rate/5000" && k.Metric == "p50_ms" })
		if k := j.Controls[i]; k.OK != ok || !close(k.Low, (1000*later-0.5)/20.5) || !close(k.High, (1000*later+0.5)/19.5) {
			t.Errorf("%g ms after 0.020: %+v", later, k)
		} else if k.Varies() || k.FiresByChance(1.05) != 0 || !close(k.Steps, math.Log(k.High/k.Low)/2) {
			t.Errorf("%g ms after 0.020: varies %t, fires by chance %g, steps %g", later, k.Varies(), k.FiresByChance(1.05), k.Steps)
		}
	}
}

// The shortest latency that is recorded is known to be that or less, so that nothing bounds a ratio to it.
func TestTheShortestLatencyIsNoNumber(t *testing.T) {
	got := reading(t, newSynthetic(8).claims(beatsOn("p50_ms", "rate/5000")).run(p50s(0.001, 0.002)).judge(), 0)
	if got.Verdict != Inconclusive || !strings.Contains(got.Reason, "0 of 8 blocks complete") {
		t.Errorf("%s: %s", got.Verdict, got.Reason)
	}
}
