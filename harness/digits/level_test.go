package digits

import "testing"

func TestLevel(t *testing.T) {
	for v, want := range map[float64]string{
		0: "0 %", 0.5: "50 %", 0.6877: "68.8 %", 0.9: "90 %", 0.95: "95 %", 0.99375: "99.38 %", 0.99286: "99.29 %",
		0.99999: "99.999 %", 0.99999999999: "over 99.999999 %", 1: "100 %",
	} {
		if got := Level(v); got != want {
			t.Errorf("%v: %q, want %q", v, got, want)
		}
	}
}
