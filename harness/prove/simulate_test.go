//go:build !race

package prove

import (
	"testing"

	"github.com/assay-bench/assay/harness/stats"
)

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
