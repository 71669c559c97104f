package digits

import (
	"math"
	"strconv"
	"testing"
)

func TestEnds(t *testing.T) {
	for _, c := range []struct {
		low, high string
		same      bool
		want      string
	}{
		{"1.5", "2.5", false, "1.5 to 2.5"}, {"72.2 USD", "72.2 USD", true, "72.2 USD, without width"}, {"72.2 USD", "72.2 USD", false, "72.2 USD, to which both ends round"},
	} {
		if got := Ends(c.low, " to ", c.high, c.same); got != c.want {
			t.Errorf("%s and %s: %q, want %q", c.low, c.high, got, c.want)
		}
	}
}

// Whichever side of a bound an end lies on, its text tells: no rounding makes the two sides look alike.
func TestInterval(t *testing.T) {
	two := func(v float64) string { return strconv.FormatFloat(v, 'f', 2, 64) }
	for _, c := range []struct {
		low, high float64
		want      string
	}{
		{0.5, 0.75, "0.50 to 0.75"}, {1.001, 1.2, "just above 1.00 to 1.20"}, {0.8, 0.999, "0.80 to just below 1.00"}, {0.999, 1.0499, "just below 1.00 to just below 1.05"},
		{1, 1.05, "1.00 to 1.05"}, {1.001, 1.002, "just above 1.00, to which both ends round"}, {1, 1, "1.00, without width"}, {0.999, 1.001, "just below 1.00 to just above 1.00"},
		{math.NaN(), 1, "NaN to 1.00"},
	} {
		if got := Interval(c.low, c.high, " to ", two, 1, 1.05); got != c.want {
			t.Errorf("%v and %v: %q, want %q", c.low, c.high, got, c.want)
		}
	}
	if got := Sided(1.051, two); got != "1.05" {
		t.Errorf("without a bound: %q", got)
	}
}
