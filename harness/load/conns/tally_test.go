package conns

import (
	"testing"
	"time"

	"github.com/assay-bench/assay/harness/load/histogram"
)

func TestMergeAddsUp(t *testing.T) {
	a, b := NewTally(), NewTally()
	a.Sent, a.Done, a.Errors[EOF], a.InFlight, a.Edges = 3, 2, 1, 0.5, -0.5
	b.Sent, b.Done, b.Errors[EOF], b.Errors[Reset], b.InFlight, b.Edges = 4, 1, 2, 1, 0.25, 0.25
	histogram.Add(a.Intended, time.Second)
	histogram.Add(b.Intended, ms)
	c := NewTally()
	c.Merge(a)
	c.Merge(b)
	if c.Sent != 7 || c.Done != 3 || c.Errors[EOF] != 3 || c.Errors[Reset] != 1 || c.InFlight != 0.75 || c.Edges != -0.25 || c.Intended.TotalCount() != 2 {
		t.Errorf("%+v", c)
	}
	if a.Sent != 3 || a.Errors[EOF] != 1 || a.Intended.TotalCount() != 1 {
		t.Errorf("what was merged changed: %+v", a)
	}
}
