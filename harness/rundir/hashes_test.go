package rundir

import "testing"

func TestApartShowsDigitsThatDiffer(t *testing.T) {
	const digits = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
	for _, c := range []struct{ b, first, second string }{
		{"f" + digits[1:], "0123456789ab", "f123456789ab"},
		{digits[:11] + "f" + digits[12:], "0123456789ab", "0123456789af"},
		{digits[:12] + "f" + digits[13:], "...6789abcdef01...", "...6789abfdef01..."},
		{digits[:63] + "e", "...456789abcdef", "...456789abcdee"},
		{digits[:20], "...ef0123456789...", "...ef0123"},
		{"", "0123456789ab", ""},
	} {
		if a, b := apart(digits, c.b); a != c.first || b != c.second {
			t.Errorf("%q: %s and %s, want %s and %s", c.b, a, b, c.first, c.second)
		}
	}
}
