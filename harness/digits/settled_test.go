package digits

import (
	"math"
	"testing"
)

func TestSettled(t *testing.T) {
	for v, want := range map[float64]float64{
		0.1 + 0.2: 0.3, 1.00000000049: 1, -2.0 / 3: -0.6666666667, 0: 0,
		math.Inf(1): 0, math.Inf(-1): 0, math.NaN(): 0, math.MaxFloat64: 0,
	} {
		if got := Settled(v); got != want {
			t.Errorf("Settled(%v) = %v, want %v", v, got, want)
		}
	}
}
