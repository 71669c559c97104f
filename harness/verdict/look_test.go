package verdict

import (
	"testing"

	"github.com/assay-bench/assay/harness/plan"
	"github.com/assay-bench/assay/harness/trial"
)

// blocksOf are records of the first blocks of a plan.
func blocksOf(p plan.Plan, blocks int) []trial.Record {
	var out []trial.Record
	for _, s := range p.Slots {
		if s.Block <= blocks {
			out = append(out, trial.Record{Slot: s.Index, Attempt: 1, Block: s.Block, Cell: s.Cell, Target: s.Target, Replica: s.Replica, Status: trial.OK})
		}
	}
	return out
}

// A run ended at its look only where all before it was tried and nothing behind it: one stopped elsewhere lacks trials.
func TestEnded(t *testing.T) {
	t.Parallel()
	p := plan.Plan{Blocks: 8, FirstLook: 5}
	for block := 1; block <= 8; block++ {
		for range 3 {
			p.Slots = append(p.Slots, plan.Slot{Index: len(p.Slots), Block: block, Cell: "rate/6000", Target: "x", Replica: 1})
		}
	}
	for _, c := range []struct {
		what    string
		records []trial.Record
		blocks  int
	}{
		{"nothing", nil, 8},
		{"four blocks", blocksOf(p, 4), 8},
		{"all but one up to the look", blocksOf(p, 5)[1:], 8},
		{"the look", blocksOf(p, 5), 5},
		{"one trial behind it", blocksOf(p, 6)[:16], 8},
		{"all", blocksOf(p, 8), 8},
	} {
		if e := Ended(p, c.records); e.Blocks != c.blocks || len(e.Slots) != 3*c.blocks {
			t.Errorf("%s: %d blocks and %d slots, want %d", c.what, e.Blocks, len(e.Slots), c.blocks)
		}
	}
	p.FirstLook = 0
	if e := Ended(p, blocksOf(p, 5)); e.Blocks != 8 {
		t.Errorf("without a look a run of five blocks of eight counts as ended")
	}
}
