package prove

import (
	"context"
	"errors"
	"reflect"
	"testing"

	"github.com/assay-bench/assay/harness/claim"
	"github.com/assay-bench/assay/harness/stats"
)

// few is one scenario of each section.
func few() []Section {
	sections := All(DefaultBlocks)
	for i := range sections {
		sections[i].Scenarios = sections[i].Scenarios[1:2]
	}
	return sections
}

// hits are all that was counted, in order.
func hits(t *testing.T, sections []Section, o Options) []tally {
	t.Helper()
	proofs, err := Prove(t.Context(), sections, o)
	if err != nil {
		t.Fatal(err)
	}
	var all []tally
	for _, p := range proofs {
		for _, o := range p.Outcomes {
			for _, r := range o.Results {
				all = append(all, tally{r.Hits, r.Runs})
			}
		}
	}
	return all
}

func TestResultDependsOnSeedAndRunsAlone(t *testing.T) {
	one := hits(t, few(), Options{Runs: 120, Seed: 7, Workers: 1})
	for _, workers := range []int{1, 2, 5} {
		if again := hits(t, few(), Options{Runs: 120, Seed: 7, Workers: workers}); !reflect.DeepEqual(one, again) {
			t.Errorf("%d workers: %v, one counted %v", workers, again, one)
		}
	}
	if other := hits(t, few(), Options{Runs: 120, Seed: 8, Workers: 2}); reflect.DeepEqual(one, other) {
		t.Error("another seed gives the same counts")
	}
	last := few()[6:]
	if alone := hits(t, last, Options{Runs: 120, Seed: 7, Workers: 2}); !reflect.DeepEqual(one[len(one)-len(alone):], alone) {
		t.Errorf("a scenario alone counts %v, among others %v", alone, one[len(one)-len(alone):])
	}
}

func TestDoneCountsEveryJob(t *testing.T) {
	calls, last := 0, 0
	o := Options{Runs: 250, Seed: 1, Workers: 2, Done: func(done, total int) {
		if calls++; done != calls || total != 24 {
			t.Errorf("call %d: %d of %d", calls, done, total)
		}
		last = done
	}}
	hits(t, few(), o)
	if last != 24 { // 8 scenarios in batches of 100, 100 and 50 runs
		t.Errorf("the last call said %d", last)
	}
}

func TestProveStops(t *testing.T) {
	ctx, cancel := context.WithCancelCause(t.Context())
	why := errors.New("enough")
	cancel(why)
	if _, err := Prove(ctx, few(), Options{Runs: 1000, Seed: 1, Workers: 2}); !errors.Is(err, why) {
		t.Errorf("error %v, want the cause", err)
	}
	for _, o := range []Options{{Runs: 0, Workers: 1}, {Runs: 1, Workers: 0}} {
		if _, err := Prove(t.Context(), few(), o); err == nil {
			t.Errorf("%+v: no error", o)
		}
	}
	broken := []Section{{Scenarios: []Scenario{{Shape: claim.Combines, Truths: same(1, ahead(1)), Blocks: 8}}}}
	if _, err := Prove(t.Context(), broken, Options{Runs: 1, Workers: 1}); err == nil {
		t.Error("a scenario of no known shape is proved")
	}
}

// Names lead to streams, so two scenarios with one name would be one.
func TestScenariosHaveNamesOfTheirOwn(t *testing.T) {
	seen := map[string]bool{}
	for _, blocks := range []int{5, 8, 20} {
		clear(seen)
		for _, sec := range All(blocks) {
			for _, s := range sec.Scenarios {
				if seen[s.ID()] {
					t.Errorf("%d blocks: two scenarios are called %s", blocks, s.ID())
				}
				seen[s.ID()] = true
				if s.Section != sec.Title || len(s.Counts) != len(sec.Scenarios[0].Counts) {
					t.Errorf("%s is no row of section %q", s.ID(), sec.Title)
				}
				for i := range s.Counts {
					if s.Counts[i].Name != sec.Scenarios[0].Counts[i].Name {
						t.Errorf("%s: column %q in place of %q", s.ID(), s.Counts[i].Name, sec.Scenarios[0].Counts[i].Name)
					}
				}
			}
		}
	}
}

func TestMissed(t *testing.T) {
	for _, c := range []struct {
		want      Want
		low, high float64
		missed    bool
	}{
		{atMost(0.05), 0.04, 0.06, false}, {atMost(0.05), 0.051, 0.06, true}, {atMost(0.05), 0, 0.01, false},
		{atLeast(0.9), 0.85, 0.91, false}, {atLeast(0.9), 0.8, 0.899, true},
		{between(0.94, 0.96), 0.945, 0.955, false}, {between(0.94, 0.96), 0.92, 0.93, true}, {between(0.94, 0.96), 0.97, 0.98, true},
		{Want{}, 0, 1, false}, {Want{}, 0.5, 0.6, false},
	} {
		r := Result{Count: Count{Want: c.want}, Runs: 100, Sure: stats.Interval{Low: c.low, High: c.high}}
		if r.Missed() != c.missed {
			t.Errorf("%g-%g, wanted %s: missed %t", c.low, c.high, c.want, !c.missed)
		}
		if r.Runs = 0; r.Missed() {
			t.Errorf("what cannot happen misses %s", c.want)
		}
	}
}
