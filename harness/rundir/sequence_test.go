package rundir

import (
	"strings"
	"testing"
)

// A chain that was made anew without a record is whole; the slots and attempts are not.
func TestGapsInTheSequenceAreNamed(t *testing.T) {
	type at struct{ slot, attempt int }
	for name, c := range map[string]struct {
		records []at
		says    string
	}{
		"whole":                   {[]at{{0, 1}, {1, 1}, {1, 2}, {2, 1}}, ""},
		"a first attempt is gone": {[]at{{0, 1}, {1, 2}, {2, 1}}, "attempt 2 of its slot, and before it stands attempt 0"},
		"a slot is gone":          {[]at{{0, 1}, {2, 1}}, "no record of slot 1 stands before it"},
		"the first slot is gone":  {[]at{{1, 1}, {2, 1}}, "no record of slot 0 stands before it"},
		"the last is gone":        {[]at{{0, 1}, {1, 1}}, ""}, // as if the run had been stopped
	} {
		d := create(t)
		for i, a := range c.records {
			r := record(string(rune('a' + i)))
			r.Slot, r.Attempt = a.slot, a.attempt
			if err := d.Append(r); err != nil {
				t.Fatal(err)
			}
		}
		found, err := d.CheckChain()
		if err != nil {
			t.Fatal(err)
		}
		if (len(found) > 0) != (c.says != "") || len(found) > 0 && !strings.Contains(found[0].What, c.says) {
			t.Errorf("%s: %+v, want %q", name, found, c.says)
		}
	}
}
