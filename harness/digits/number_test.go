package digits

import (
	"math"
	"testing"
)

func TestNumber(t *testing.T) {
	for v, want := range map[float64]string{
		0: "0", 0.012345: "0.0123", 1.2: "1.20", 9.999: "10.0", 999.6: "1,000", 2001: "2,000", -12345: "-12,300",
		1e-5: "1e-05", 1e-12: "1e-12", 0.00012: "0.000120", math.Inf(1): "not a number",
	} {
		if got := Number(v); got != want {
			t.Errorf("%v: %q, want %q", v, got, want)
		}
	}
	if got := Number(math.NaN()); got != "not a number" {
		t.Errorf("NaN: %q", got)
	}
}
