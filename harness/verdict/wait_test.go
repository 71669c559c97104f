package verdict

import (
	"strings"
	"testing"
	"time"

	"github.com/assay-bench/assay/harness/plan"
	"github.com/assay-bench/assay/harness/trial"
)

// The reason and the rule of a cell whose server lets requests wait say how much of the
// objective the wait is, and write the digit in which latencies differ.
func TestWaitIsNamed(t *testing.T) {
	s := newSynthetic(8).claims(holdsAt(1000, "hold/1000"), holdsAt(2500, "hold/2500"))
	s.plan.Cells[0].Mode, s.plan.Cells[0].Spread, s.plan.Cells[0].SLOP99 = "in-flight", 2*time.Second, 2100*time.Millisecond
	j := s.run(func(slot plan.Slot, r *trial.Record) {
		if slot.Cell == "hold/1000" {
			r.Metrics[p99] = 2001.919 + float64(slot.Block)
		}
	}).judge()
	waits, holds := reading(t, j, 0), reading(t, j, 1)
	if want := "p99 2,003-2,010 ms against 2,100 ms, 2,000 ms of which are the wait that was asked for"; !strings.Contains(waits.Reason, want) {
		t.Errorf("reason %q; want %q in it", waits.Reason, want)
	}
	if want := "at or under 2,100 ms, 2,000 ms of which are the wait"; !strings.Contains(waits.Rule, want) {
		t.Errorf("rule %q; want %q in it", waits.Rule, want)
	}
	if strings.Contains(holds.Reason+holds.Rule, "wait") {
		t.Errorf("a cell without a wait: %q, %q", holds.Reason, holds.Rule)
	}
}
