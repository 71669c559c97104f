package verdict

import (
	"testing"

	"github.com/assay-bench/assay/harness/claim"
)

func TestByWords(t *testing.T) {
	for _, c := range []struct {
		lower     bool
		advantage float64
		want      string
	}{
		{true, 3.307, "lower by 3.31 %"},
		{true, -3.307, "higher by 3.31 %, an advantage of -3.31 %"},
		{false, 3.307, "higher by 3.31 %"},
		{false, -3.307, "lower by 3.31 %, an advantage of -3.31 %"},
	} {
		if got := (measure{metric: claim.Metric{LowerBetter: c.lower}}).byWords(c.advantage); got != c.want {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
}
