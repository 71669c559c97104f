package verdict

import (
	"testing"

	"github.com/assay-bench/assay/harness/claim"
)

// What is not timed is the same in every block, and is written without an interval; what is timed keeps it by chance or not.
func TestFixed(t *testing.T) {
	pairs := []pair{{1, exactPoint(588, ""), exactPoint(610, "")}, {2, exactPoint(588, ""), exactPoint(610, "")}}
	for _, tt := range []struct {
		name  string
		fixed bool
		pairs []pair
		want  bool
	}{
		{"a count", true, pairs, true},
		{"a time that never varied", false, pairs, false},
		{"a count that varied", true, append(pairs[:1:1], pair{2, exactPoint(588, ""), exactPoint(611, "")}), false},
		{"nothing", true, nil, false},
	} {
		if got := (comparison{measure: measure{metric: claim.Metric{Fixed: tt.fixed}}, pairs: tt.pairs}).fixed(); got != tt.want {
			t.Errorf("%s: %v", tt.name, got)
		}
	}
}

func TestWholeUnits(t *testing.T) {
	for _, tt := range []struct {
		v    float64
		unit string
		want string
	}{{1, "modules", "1 module"}, {59, "modules", "59 modules"}, {1234, "lines", "1,234 lines"}, {2.5, "modules", "2.50 modules"}} {
		if got := quantity(tt.v, tt.unit); got != tt.want {
			t.Errorf("%v %s: %q, want %q", tt.v, tt.unit, got, tt.want)
		}
	}
}
