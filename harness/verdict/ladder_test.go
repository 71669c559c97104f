package verdict

import (
	"math"
	"testing"

	"github.com/assay-bench/assay/harness/plan"
	"github.com/assay-bench/assay/harness/trial"
)

func TestLadderSustained(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(cell string, r *trial.Record)
		drop   string // cell whose trial is missing
		want   point
		ok     bool
	}{
		{"up to the host's limit", nil, "", point{shown: 19900, calc: 19900, least: 19900, most: math.Inf(1), bound: AtLeast}, true},
		{"fails at 10,000", failIn("hold/10000"), "", point{shown: 5000, calc: 5000, least: 5000, most: 9999, bound: Exact}, true},
		{"a lower rung counts", failIn("hold/2500"), "", point{shown: 1000, calc: 1000, least: 1000, most: 2499, bound: Exact}, true},
		{"none", failIn("hold/1000"), "", point{shown: 0, calc: 1000, most: 999, bound: AtMost}, true},
		{"a missing trial below", nil, "hold/5000", point{}, false},
		{"a missing trial above a failure", failIn("hold/2500"), "hold/10000", point{shown: 1000, calc: 1000, least: 1000, most: 2499, bound: Exact}, true},
	} {
		s := newSynthetic(1).run(func(slot plan.Slot, r *trial.Record) {
			if c.change != nil {
				c.change(slot.Cell, r)
			}
			if slot.Cell == c.drop {
				r.Status = trial.Broken
			}
		})
		court := newCourt(s.plan, s.records)
		got, ok := court.ladders["hold"].sustained(court.kept, 1, arm{goServer, 1})
		if got.trial = ""; got != c.want || ok != c.ok {
			t.Errorf("%s: %+v (%t), want %+v (%t)", c.name, got, ok, c.want, c.ok)
		}
	}
}

func failIn(cell string) func(string, *trial.Record) {
	return func(in string, r *trial.Record) {
		if in == cell {
			fail(r)
		}
	}
}

// Two cells with the same number of connections are one rung: both must be sustained.
func TestLadderSharedRung(t *testing.T) {
	s := newSynthetic(0)
	s.addCell("hold/1000-fast", 1000, false)
	for _, c := range s.plan.Cells {
		s.addSlot(1, c.ID, goServer, 1)
	}
	s.run(func(slot plan.Slot, r *trial.Record) {
		if slot.Cell == "hold/1000-fast" {
			r.Metrics[p99] = 1e6
		}
	})
	court := newCourt(s.plan, s.records)
	if got, ok := court.ladders["hold"].sustained(court.kept, 1, arm{goServer, 1}); !ok || got.bound != AtMost {
		t.Errorf("got %+v (%t), want no rung sustained", got, ok)
	}
}

// Memory that lies on a line gives back its slope; rungs that one side did not hold
// leave both lines, and fewer than three rungs give none.
func TestLadderSlopes(t *testing.T) {
	slope := map[string]float64{goServer: 12000, rustServer: 6000}
	for _, c := range []struct {
		name string
		lost []string // cells that go-server does not hold
		ok   bool
	}{
		{"all rungs", nil, true},
		{"three rungs left", []string{"hold/10000", "hold/host-limit"}, true},
		{"two rungs left", []string{"hold/5000", "hold/10000", "hold/host-limit"}, false},
	} {
		s := newSynthetic(1).run(func(slot plan.Slot, r *trial.Record) {
			r.Metrics[memoryBytes] = 1e7 + slope[slot.Target]*float64(r.Connections.Asked)
			for _, cell := range c.lost {
				if slot.Cell == cell && slot.Target == goServer {
					fail(r)
					r.Metrics[memoryBytes] = 1 // must not enter a line
				}
			}
		})
		court := newCourt(s.plan, s.records)
		a, b, ok := court.ladders["hold"].slopes(court.kept, 1, arm{rustServer, 1}, arm{goServer, 1})
		if ok != c.ok {
			t.Errorf("%s: ok = %t, want %t", c.name, ok, c.ok)
		}
		if ok && (math.Abs(a.calc-6000) > 1e-6 || math.Abs(b.calc-12000) > 1e-6) {
			t.Errorf("%s: slopes %g and %g, want 6000 and 12000", c.name, a.calc, b.calc)
		}
	}
}
