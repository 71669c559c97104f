package verdict

import (
	"slices"
	"testing"

	"github.com/assay-bench/assay/harness/claim"
	"github.com/assay-bench/assay/harness/plan"
	"github.com/assay-bench/assay/harness/trial"
)

// A run ended at its look only where all before it was tried, nothing behind it, and every comparison is decided: one stopped
// elsewhere, or there with something open, lacks trials.
func TestEnded(t *testing.T) {
	t.Parallel()
	decided, open := cpuOf(always(60)), cpuOf(func(b int) float64 { return []float64{40, 160}[b%2] })
	for _, c := range []struct {
		what    string
		reading claim.Reading
		change  func(plan.Slot, *trial.Record)
		keep    func(all []trial.Record) []trial.Record
		blocks  int
	}{
		{"nothing", beatsOn(cpuMetric, "rate/5000"), decided, recordsUpTo(0), 8},
		{"four blocks", beatsOn(cpuMetric, "rate/5000"), decided, recordsUpTo(4), 8},
		{"all but one up to the look", beatsOn(cpuMetric, "rate/5000"), decided, func(all []trial.Record) []trial.Record { return recordsUpTo(5)(all)[1:] }, 8},
		{"the look", beatsOn(cpuMetric, "rate/5000"), decided, recordsUpTo(5), 5},
		{"the look, with the comparison open", beatsOn(cpuMetric, "rate/5000"), open, recordsUpTo(5), 8},
		{"the look, and nothing compared", holdsAt(1000, "hold/1000"), decided, recordsUpTo(5), 8},
		{"one trial behind it", beatsOn(cpuMetric, "rate/5000"), decided, func(all []trial.Record) []trial.Record { return all[:len(recordsUpTo(5)(all))+1] }, 8},
		{"all", beatsOn(cpuMetric, "rate/5000"), decided, recordsUpTo(8), 8},
	} {
		s := newSynthetic(8).claims(c.reading).run(c.change)
		s.plan.FirstLook = 5
		e := Ended(s.plan, c.keep(s.records))
		if want := len(s.plan.Slots) * c.blocks / 8; e.Blocks != c.blocks || len(e.Slots) != want {
			t.Errorf("%s: %d blocks and %d slots, want %d and %d", c.what, e.Blocks, len(e.Slots), c.blocks, want)
		}
		if s.plan.FirstLook = 0; Ended(s.plan, c.keep(s.records)).Blocks != 8 {
			t.Errorf("%s: without a look the run counts as ended early", c.what)
		}
	}
}

// recordsUpTo keeps the records of the first blocks.
func recordsUpTo(block int) func([]trial.Record) []trial.Record {
	return func(all []trial.Record) []trial.Record {
		return slices.DeleteFunc(slices.Clone(all), func(r trial.Record) bool { return r.Block > block })
	}
}
