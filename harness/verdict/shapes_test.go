package verdict

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/assay-bench/assay/harness/claim"
	"github.com/assay-bench/assay/harness/plan"
	"github.com/assay-bench/assay/harness/stats"
	"github.com/assay-bench/assay/harness/target"
	"github.com/assay-bench/assay/harness/trial"
)

// tiesOn, rangesOn and reachesIn are the readings of the other comparative shapes, of CPU time per request.
func tiesOn(cell string) claim.Reading {
	r := beatsOn(cpuMetric, cell)
	r.Shape = claim.Tie
	return r
}

func rangesOn(cell string, from, to float64) claim.Reading {
	r := beatsOn(cpuMetric, cell)
	r.Shape, r.From, r.To = claim.Range, from, to
	return r
}

func reachesIn(percent, tolerance float64, cells ...string) claim.Reading {
	r := beatsOn(cpuMetric, "")
	r.Shape, r.Percent, r.Tolerance, r.Cells = claim.UpTo, percent, tolerance, cells
	return r
}

// newRates plans rate cells alone, as many as asked: rate/0, rate/1, ...
func newRates(blocks, cells int) *synthetic {
	s := newSynthetic(0)
	s.plan.Blocks, s.plan.Cells = blocks, nil
	for i := range cells {
		s.plan.Cells = append(s.plan.Cells, plan.Cell{ID: fmt.Sprintf("rate/%d", i), Scenario: "rate", Mode: "rate", Connections: 64})
	}
	for block := 1; block <= blocks; block++ {
		for _, c := range s.plan.Cells {
			s.addSlot(block, c.ID, rustServer, 1)
			s.addSlot(block, c.ID, goServer, 1)
			s.addSlot(block, c.ID, []string{goServer, rustServer}[block%2], 2)
		}
	}
	return s
}

// gains gives rust-server the advantage (a logarithm, lower CPU time) that of says for a cell and block; a target against
// itself is always equal.
func gains(of func(cell string, block int) float64) func(plan.Slot, *trial.Record) {
	return func(s plan.Slot, r *trial.Record) {
		r.Metrics[cpuMetric] = 100
		if s.Target == rustServer {
			r.Metrics[cpuMetric] = 100 * math.Exp(-of(s.Cell, s.Block))
		}
	}
}

// wobble is eight blocks around 0, not symmetric, so that both ends of an interval differ.
func wobble() []float64 {
	return []float64{-0.011, 0.004, 0.013, -0.006, 0.002, -0.009, 0.008, 0.001}
}

func shifted(by float64) func(string, int) float64 {
	return func(_ string, block int) float64 { return wobble()[block-1] + by }
}

// intervals are those of wobble at a confidence, by t and by signed ranks.
func intervals(t *testing.T, d []float64, confidence float64) (byT, byRank stats.Interval) {
	t.Helper()
	byT, err := stats.TInterval(d, confidence)
	if err != nil {
		t.Fatal(err)
	}
	byRank, err = stats.SignedRank(d, confidence)
	if err != nil {
		t.Fatal(err)
	}
	return byT, byRank
}

// ends are the wider of the two at each side: where a verdict needs both to agree, these decide.
func ends(t *testing.T, d []float64, confidence float64) (low, high float64) {
	t.Helper()
	byT, byRank := intervals(t, d, confidence)
	return min(byT.Low, byRank.Low), max(byT.High, byRank.High)
}

// nearEnds are the narrower of the two at each side.
func nearEnds(t *testing.T, d []float64, confidence float64) (low, high float64) {
	t.Helper()
	byT, byRank := intervals(t, d, confidence)
	return max(byT.Low, byRank.Low), min(byT.High, byRank.High)
}

const beside = 1e-6 // either side of a boundary

// Each rule at its boundary: the end of the interval that decides lies just inside or just outside of what is asked.
func TestPlacedAtTheBoundaries(t *testing.T) {
	delta := math.Log(1.05)
	low90, high90 := ends(t, wobble(), 0.90)
	low95, high95 := ends(t, wobble(), 0.95)
	equalLow, equalHigh := nearEnds(t, wobble(), 0.95) // where either interval excludes equality, there is no tie
	a, b := -math.Log1p(-0.20), -math.Log1p(-0.30)     // 20 and 30 % less
	tie, ranged := tiesOn("rate/0"), rangesOn("rate/0", 20, 30)
	for _, c := range []struct {
		name    string
		reading claim.Reading
		shift   float64
		want    Verdict
		side    string
		reason  string
	}{
		{"tie: X better, inside", tie, -low95 + beside, Inconclusive, "", "inside the margin of 1.05, but not equal"},
		{"tie: X hardly better", tie, -equalLow - beside, Supported, "", "90 % interval"},
		{"tie: Y better, inside", tie, -high95 - beside, Inconclusive, "", "inside the margin of 1.05, but not equal"},
		{"tie: Y hardly better", tie, -equalHigh + beside, Supported, "", "inside the margin of 1.05"},
		{"tie: X better, all outside", tie, delta - low95 + beside, Refuted, "", "rust-server is better by more than the margin"},
		{"tie: X better, not all", tie, delta - low95 - beside, Inconclusive, "", ""},
		{"tie: Y better, all outside", tie, -delta - high95 - beside, Refuted, "", "go-server is better by more than the margin"},
		{"tie: Y better, not all", tie, -delta - high95 + beside, Inconclusive, "", ""},
		{"range: lower end inside", ranged, a - low90 + beside, Supported, "", "inside 20 to 30 %"},
		{"range: lower end outside", ranged, a - low90 - beside, Inconclusive, "", ""},
		{"range: upper end inside", ranged, b - high90 - beside, Supported, "", "inside"},
		{"range: upper end outside", ranged, b - high90 + beside, Inconclusive, "", ""},
		{"range: all below", ranged, a - high95 - beside, Refuted, "below", "below 20 to 30 %"},
		{"range: not all below", ranged, a - high95 + beside, Inconclusive, "", ""},
		{"range: all above", ranged, b - low95 + beside, Refuted, "above", "above 20 to 30 %"},
		{"range: not all above", ranged, b - low95 - beside, Inconclusive, "", ""},
	} {
		r := reading(t, newRates(8, 1).claims(c.reading).run(gains(shifted(c.shift))).judge(), 0)
		if r.Verdict != c.want || !strings.Contains(r.Reason, c.reason) {
			t.Errorf("%s: %s (%s); want %s (%s)", c.name, r.Verdict, r.Reason, c.want, c.reason)
		}
		if r.Range != nil && r.Range.Side != c.side {
			t.Errorf("%s: side %q, want %q", c.name, r.Range.Side, c.side)
		}
		if r.WouldChange == "" || r.Rule == "" || hasNote(r.Notes, noteThisHost) != (c.want != Inconclusive) {
			t.Errorf("%s: rule %q, would change %q, notes %+v", c.name, r.Rule, r.WouldChange, r.Notes)
		}
	}
}

// A tie at the ends of the margin: equal servers, and noise so wide that an end of the interval lies just inside or outside.
func TestTieAtTheEndsOfTheMargin(t *testing.T) {
	low, high := ends(t, wobble(), 0.90)
	wide := math.Log(1.05) / max(-low, high)
	for _, c := range []struct {
		scale float64
		want  Verdict
	}{{wide - beside, Supported}, {wide + beside, Inconclusive}} {
		r := reading(t, newRates(8, 1).claims(tiesOn("rate/0")).run(gains(func(_ string, block int) float64 { return c.scale * wobble()[block-1] })).judge(), 0)
		if r.Verdict != c.want {
			t.Errorf("noise times %g: %s (%s), want %s", c.scale, r.Verdict, r.Reason, c.want)
		}
	}
}

// Neither inside nor outside by both intervals: the reason says so.
func TestPlacedLeavesOpen(t *testing.T) {
	delta := math.Log(1.05)
	for reason, r := range map[string]claim.Reading{
		"neither inside the margin of 1.05 nor outside it": tiesOn("rate/0"),
		"neither inside 3 to 5 % nor outside":              rangesOn("rate/0", 3, 5),
	} {
		got := reading(t, newRates(8, 1).claims(r).run(gains(shifted(delta))).judge(), 0)
		if got.Verdict != Inconclusive || !strings.Contains(got.Reason, reason) || got.WouldChange != "a narrower interval, from more blocks or a quieter host" {
			t.Errorf("%s: %s (%s; %s)", r.Shape, got.Verdict, got.Reason, got.WouldChange)
		}
	}
}

// Better has one interval: beyond the margin, below equality, or inside the margin.
func TestBetterAtTheBoundaries(t *testing.T) {
	delta := math.Log(1.05)
	low, high := ends(t, wobble(), 0.95)
	equalLow, _ := nearEnds(t, wobble(), 0.95)
	for _, c := range []struct {
		name  string
		shift float64
		want  Verdict
	}{
		{"beyond the margin", delta - low + beside, Supported}, {"reaches the margin", delta - low - beside, Inconclusive},
		{"below equality, outside the margin", -delta - high - beside, Refuted},
		{"better, inside the margin", delta - high - beside, Inconclusive}, {"equality in it", -equalLow - beside, Refuted},
	} {
		r := reading(t, newRates(8, 1).claims(beatsOn(cpuMetric, "rate/0")).run(gains(shifted(c.shift))).judge(), 0)
		if r.Verdict != c.want || r.Ratio.TieConfidence != 0.95 || r.Ratio.TieLow != r.Ratio.Low {
			t.Errorf("%s: %s (%s), ties at %g; want %s at 0.95", c.name, r.Verdict, r.Reason, r.Ratio.TieConfidence, c.want)
		}
	}
}

// More is better: 30 % more is 1.3 times as much, not 1/0.7 times.
func TestPercentOfAMetricOfWhichMoreIsBetter(t *testing.T) {
	r := rangesOn("saturate/64", 25, 35)
	r.Metric = perSecond
	got := reading(t, withNull(newSynthetic(6)).claims(r).run(func(s plan.Slot, rec *trial.Record) {
		rates(map[string]float64{rustServer: 130_000, goServer: 100_000, target.NullID: 300_000})(s, rec)
	}).judge(), 0)
	if got.Verdict != Supported || got.Range == nil || math.Abs(got.Range.Inside.Percent-30) > 1e-9 || !strings.Contains(got.Reason, "higher by 30.0 %") {
		t.Errorf("%s: %s, %+v", got.Verdict, got.Reason, got.Range)
	}
	for _, percent := range []float64{1, 30, 99} {
		for _, lower := range []bool{true, false} {
			if back := percentOf(advantageFor(percent, lower), lower); math.Abs(back-percent) > 1e-9 {
				t.Errorf("%g %% (lower is better: %t) comes back as %g", percent, lower, back)
			}
		}
	}
}

// A ladder that was cut off voids an end: no tie and no range is shown, and outside only on the side that holds.
func TestPlacedOverACensoredLadder(t *testing.T) {
	const all = 1 << 30
	for _, c := range []struct {
		name         string
		shape        claim.Shape
		rust, gopher int
		want         Verdict
		reason       string
	}{
		{"the same rung", claim.Tie, 5000, 5000, Inconclusive, "neither inside the margin of 1.05 nor outside it"},
		{"neighbouring rungs", claim.Tie, 10000, 5000, Inconclusive, "neither inside the margin of 1.05 nor outside it"},
		{"twice at least", claim.Tie, 10000, 2500, Refuted, "rust-server is better"},
		{"X cut off, at least twice", claim.Tie, all, 5000, Refuted, "rust-server is better"},
		{"both cut off", claim.Tie, all, all, Inconclusive, "the host ended the ladder"},
		{"100 % by the rungs, 0 to 298 % by the truth", claim.Range, 10000, 5000, Inconclusive, "neither inside 90 to 110 % nor outside"},
		{"above the range", claim.Range, 10000, 1000, Refuted, "above 90 to 110 %"},
		{"X cut off, at least twice, of 90 to 110 %", claim.Range, all, 10000, Inconclusive, "only the lower end of the ratio holds"},
		{"Y cut off, at most half", claim.Range, 10000, all, Refuted, "below 90 to 110 %"},
	} {
		r := beatsOver(sustainedMetric)
		if r.Shape = c.shape; c.shape == claim.Range {
			r.From, r.To = 90, 110
		}
		got := reading(t, newSynthetic(8).claims(r).run(caps(map[string]int{rustServer: c.rust, goServer: c.gopher})).judge(), 0)
		if got.Verdict != c.want || !strings.Contains(got.Reason, c.reason) {
			t.Errorf("%s: %s (%s); want %s (%s)", c.name, got.Verdict, got.Reason, c.want, c.reason)
		}
	}
}

// An outlier widens the signed-rank interval beyond the margin while the t interval stays inside it, so there is no verdict.
func TestPlacedNeedsSignedRanksToAgree(t *testing.T) {
	d := []float64{0.046, 0.045, 0.044, 0.047, 0.043, -0.012, 0.046, 0.045}
	in, _ := stats.TInterval(d, 0.90)
	rank, _ := stats.SignedRank(d, 0.90)
	r := rangesOn("rate/0", 100*-math.Expm1(-(in.Low-beside)), 100*-math.Expm1(-(in.High+beside)))
	if in.Low < rank.Low && rank.High < in.High {
		t.Fatalf("t %+v, ranks %+v: the example shows nothing", in, rank)
	}
	got := reading(t, newRates(8, 1).claims(r).run(gains(func(_ string, block int) float64 { return d[block-1] })).judge(), 0)
	if got.Verdict != Inconclusive || !strings.Contains(got.Reason, "supported by the t interval but inconclusive by signed ranks") {
		t.Errorf("%s: %s", got.Verdict, got.Reason)
	}
}

func TestInfrastructureOnly(t *testing.T) {
	for _, r := range []claim.Reading{beatsOn(cpuMetric, "rate/5000"), tiesOn("rate/5000"), rangesOn("rate/5000", 30, 50), holdsAt(1000, "hold/1000"), reachesIn(30, 0, "rate/5000")} {
		r.InfrastructureOnly = true
		got := reading(t, newSynthetic(8).claims(r).run(nil).judge(), 0)
		if got.Verdict == Inconclusive || !hasNote(got.Notes, noteInfrastructure) || !hasNote(got.Notes, noteThisHost) {
			t.Errorf("%s: %s (%s), notes %+v", r.Shape, got.Verdict, got.Reason, got.Notes)
		}
	}
}
