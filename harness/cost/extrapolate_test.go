package cost

import "testing"

func TestExtrapolates(t *testing.T) {
	for _, c := range []struct {
		perMachine, measuredAt float64
		want                   bool
	}{{12_000, 6000, false}, {12_001, 6000, true}, {100, 6000, false}, {100_000, 0, false}} {
		if got := Extrapolates(c.perMachine, c.measuredAt); got != c.want {
			t.Errorf("%v requests/s a machine, measured at %v: %v", c.perMachine, c.measuredAt, got)
		}
	}
}
