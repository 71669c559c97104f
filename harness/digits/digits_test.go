package digits

import "testing"

func TestGroup(t *testing.T) {
	for s, want := range map[string]string{
		"0": "0", "999": "999", "1000": "1,000", "1234567": "1,234,567", "-1234567.5": "-1,234,567.5", "-999": "-999", "1000.25": "1,000.25", "": "",
	} {
		if got := Group(s); got != want {
			t.Errorf("%q: %q, want %q", s, got, want)
		}
	}
}

func TestPlural(t *testing.T) {
	for n, want := range map[int]string{0: "0 trials", 1: "1 trial", 2: "2 trials", 2500: "2,500 trials"} {
		if got := Plural(n, "trial"); got != want {
			t.Errorf("%d: %q, want %q", n, got, want)
		}
	}
}
