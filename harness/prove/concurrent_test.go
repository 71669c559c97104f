package prove

import (
	"context"
	"errors"
	"reflect"
	"testing"

	"github.com/assay-bench/assay/harness/claim"
)

// The tests of this file are those that begin goroutines for their own sake. They are all that runs under the race detector too.

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
	one := hits(t, few(), Options{Runs: concurrentRuns, Seed: 7, Workers: 1})
	for _, workers := range []int{1, 2, 5} {
		if again := hits(t, few(), Options{Runs: concurrentRuns, Seed: 7, Workers: workers}); !reflect.DeepEqual(one, again) {
			t.Errorf("%d workers: %v, one counted %v", workers, again, one)
		}
	}
	if other := hits(t, few(), Options{Runs: concurrentRuns, Seed: 8, Workers: 2}); reflect.DeepEqual(one, other) {
		t.Error("another seed gives the same counts")
	}
	last := few()[len(few())-2:]
	if alone := hits(t, last, Options{Runs: concurrentRuns, Seed: 7, Workers: 2}); !reflect.DeepEqual(one[len(one)-len(alone):], alone) {
		t.Errorf("a scenario alone counts %v, among others %v", alone, one[len(one)-len(alone):])
	}
}

func TestDoneCountsEveryJob(t *testing.T) {
	calls, last := 0, 0
	o := Options{Runs: 250, Seed: 1, Workers: 2, Done: func(done, total int) {
		if calls++; done != calls || total != 6 {
			t.Errorf("call %d: %d of %d", calls, done, total)
		}
		last = done
	}}
	hits(t, few()[:2], o)
	if last != 6 { // 2 scenarios in batches of 100, 100 and 50 runs, which add to the same sums
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
