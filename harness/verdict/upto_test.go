package verdict

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/assay-bench/assay/harness/plan"
	"github.com/assay-bench/assay/harness/trial"
)

func TestSplit(t *testing.T) {
	for _, c := range []struct {
		blocks, candidates int
		screen, confirm    []int
	}{
		{8, 3, []int{1, 4, 7}, []int{2, 3, 5, 6, 8}},
		{5, 2, []int{1, 4}, []int{2, 3, 5}},
		{3, 1, nil, []int{1, 2, 3}},
		{0, 2, nil, nil},
	} {
		var blocks []int
		for b := 1; b <= c.blocks; b++ {
			blocks = append(blocks, b)
		}
		if screen, confirm := split(blocks, c.candidates); !slices.Equal(screen, c.screen) || !slices.Equal(confirm, c.confirm) {
			t.Errorf("%d blocks, %d candidates: %v and %v, want %v and %v", c.blocks, c.candidates, screen, confirm, c.screen, c.confirm)
		}
	}
	for least, want := range map[int]int{2: 3, 5: 8, 8: 12} {
		if got := blocksToConfirm(least, 4); got != want {
			t.Errorf("%d blocks that confirm take a run of %d, want %d", least, got, want)
		}
		if got := blocksToConfirm(least, 1); got != least {
			t.Errorf("with one candidate %d take %d", least, got)
		}
	}
}

// fresh are the confirming blocks of wobble.
func fresh() []float64 {
	return []float64{wobble()[1], wobble()[2], wobble()[4], wobble()[5], wobble()[7]}
}

// The lower bound of the fresh blocks in the chosen cell reaches what is needed, or just does not; every cell's upper bound
// lies below it, or just does not.
func TestUpToAtTheBoundaries(t *testing.T) {
	needed := -math.Log1p(-0.25) // 30 % less 5 points of tolerance
	low90, _ := ends(t, fresh(), 0.90)
	_, high95 := ends(t, wobble(), 0.95) // two cells share 5 %: one-sided 97.5 %, two-sided 95 %
	only := func(best float64, other float64) func(string, int) float64 {
		return func(cell string, block int) float64 {
			if cell == "rate/1" {
				return wobble()[block-1] + best
			}
			return wobble()[block-1] + other
		}
	}
	two := []string{"rate/0", "rate/1"}
	for _, c := range []struct {
		name   string
		cells  []string
		blocks int
		gain   func(string, int) float64
		want   Verdict
		chosen string
		reason string
	}{
		{"reached", two, 8, only(needed-low90+beside, 0), Supported, "rate/1", "rate/1, the best of 2 cells on blocks 1, 4, 7): lower by 25."},
		{"just not reached", two, 8, only(needed-low90-beside, 0), Inconclusive, "rate/1", ""},
		{"under in every cell", two, 8, only(needed-high95-beside, 0), Refuted, "rate/1", "in each: rate/0 at most"},
		{"just not under in one", two, 8, only(needed-high95+beside, 0), Inconclusive, "rate/1", ""},
		{"open", two, 8, only(needed, 0), Inconclusive, "rate/1", "over all blocks it may be as much as 25."},
		{"far beyond", two, 8, only(2.5, 0), Supported, "rate/1", "lower by 91."},
		{"equals: the first", two, 8, only(0.4, 0.4), Supported, "rate/0", "rate/0, the best of 2"},
		{"one candidate needs no screening", []string{"rate/1"}, 5, only(0.4, 0), Supported, "rate/1", "5 blocks that confirm"},
		{"seven blocks of two cells", two, 7, only(0.4, 0), Inconclusive, "rate/1", "chosen on blocks 1, 4, 7: rate/1, where of the blocks that confirm 4 of 4 blocks complete; at least 5 are needed"},
		{"five blocks refute", two, 5, only(0.1, 0), Refuted, "rate/1", "5 blocks"},
		{"four blocks", two, 4, only(0.1, 0), Inconclusive, "rate/1", "at least 5 are needed"},
	} {
		r := reading(t, newRates(c.blocks, 2).claims(reachesIn(30, 0, c.cells...)).run(gains(c.gain)).judge(), 0)
		if r.Verdict != c.want || !strings.Contains(r.Reason, c.reason) || r.UpTo.Chosen != c.chosen {
			t.Errorf("%s: %s in %s (%s); want %s in %s (%s)", c.name, r.Verdict, r.UpTo.Chosen, r.Reason, c.want, c.chosen, c.reason)
		}
		if r.WouldChange == "" || hasNote(r.Notes, noteThisHost) != (c.want != Inconclusive) || hasNote(r.Notes, noteFloor) != (c.name == "far beyond") {
			t.Errorf("%s: would change %q, notes %+v", c.name, r.WouldChange, r.Notes)
		}
		if r.UpTo.Tolerance != 5 || r.UpTo.Needed != 25 {
			t.Errorf("%s: tolerance %g, needed %g; want the plan's 5 and 25", c.name, r.UpTo.Tolerance, r.UpTo.Needed)
		}
	}
}

func TestUpToSaysHowManyBlocksItNeeds(t *testing.T) {
	r := reading(t, newRates(7, 2).claims(reachesIn(30, 2, "rate/0", "rate/1")).run(gains(shifted(0.4))).judge(), 0)
	if r.UpTo.BlocksNeeded != 8 || r.WouldChange != "a run of at least 8 blocks (--blocks 8), of which 5 confirm" ||
		!strings.Contains(r.Rule, "which takes a run of 8 blocks") || !strings.Contains(r.Rule, "reaches 28 % (30 less a tolerance of 2 points)") {
		t.Errorf("needs %d; %s\n%s", r.UpTo.BlocksNeeded, r.WouldChange, r.Rule)
	}
}

// A cell without a control, and one without numbers, keep the claim from being refuted; the chosen one from being supported.
func TestUpToObstacles(t *testing.T) {
	noisy := func(cell string) func(plan.Slot, *trial.Record) {
		return func(s plan.Slot, r *trial.Record) {
			if s.Cell == cell && s.Replica == 2 {
				r.Metrics[cpuMetric] *= 1.2
			}
		}
	}
	gone := func(cell string) func(plan.Slot, *trial.Record) {
		return func(s plan.Slot, r *trial.Record) {
			if s.Cell == cell {
				delete(r.Metrics, cpuMetric)
			}
		}
	}
	for _, c := range []struct {
		name     string
		gain     float64
		change   func(plan.Slot, *trial.Record)
		want     Verdict
		withheld string
		reason   string
	}{
		{"control of the chosen cell", 0.4, noisy("rate/1"), Inconclusive, checkControl, "undecided by its A/A control"},
		{"control of the other cell", 0.4, noisy("rate/0"), Supported, "", ""},
		{"control of the other cell, to refute", 0.05, noisy("rate/0"), Inconclusive, checkControl, "not refuted either, since of rate/0"},
		{"nothing in the other cell", 0.4, gone("rate/0"), Supported, "", ""},
		{"nothing in the other cell, to refute", 0.05, gone("rate/0"), Inconclusive, "", "not refuted either, since of rate/0: 0 of 8 blocks complete"},
	} {
		r := reading(t, newRates(8, 2).claims(reachesIn(30, 0, "rate/0", "rate/1")).run(func(s plan.Slot, rec *trial.Record) {
			gains(func(cell string, block int) float64 {
				if cell == "rate/1" {
					return wobble()[block-1] + c.gain
				}
				return wobble()[block-1]
			})(s, rec)
			c.change(s, rec)
		}).judge(), 0)
		if r.Verdict != c.want || r.WithheldBy != c.withheld || !strings.Contains(r.Reason, c.reason) {
			t.Errorf("%s: %s, withheld by %q (%s); want %s, %q (%s)", c.name, r.Verdict, r.WithheldBy, r.Reason, c.want, c.withheld, c.reason)
		}
	}
	r := reading(t, newRates(8, 2).claims(reachesIn(30, 0, "rate/0", "rate/1")).judge(), 0)
	if r.Verdict != Inconclusive || r.UpTo.Chosen != "" || !strings.Contains(r.Reason, "none can be chosen") {
		t.Errorf("no record: %s: %s", r.Verdict, r.Reason)
	}
}

// Choosing the best of many noisy cells does not bias: with an advantage just under what is needed in all of them, the
// claim is supported in at most 5 % of the runs.
func TestChoosingTheBestCellDoesNotBias(t *testing.T) {
	const runs, cells = 1500, 8
	random := rand.New(rand.NewPCG(30, 5))
	var names []string
	for i := range cells {
		names = append(names, fmt.Sprintf("rate/%d", i))
	}
	needed := -math.Log1p(-0.25)
	supported, refuted := 0, 0
	s := newRates(8, cells).claims(reachesIn(30, 0, names...))
	for range runs {
		s.records = nil
		r := reading(t, s.run(gains(func() func(string, int) float64 {
			memo := map[string]float64{} // a replica has the value of its twin
			return func(cell string, block int) float64 {
				key := fmt.Sprint(cell, block)
				if _, ok := memo[key]; !ok {
					memo[key] = needed + 0.03*random.NormFloat64()
				}
				return memo[key]
			}
		}())).judge(), 0)
		switch r.Verdict {
		case Supported:
			supported++
		case Refuted:
			refuted++
		}
	}
	if share := float64(supported) / runs; share > 0.05 {
		t.Errorf("supported in %.1f %% of the runs, at most 5 %% are allowed", 100*share)
	}
	if share := float64(refuted) / runs; share > 0.05 {
		t.Errorf("refuted in %.1f %% of the runs, at most 5 %% are allowed", 100*share)
	}
}
