package digits

import "testing"

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
