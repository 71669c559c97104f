package verdict

import (
	"fmt"
	"math"
	"time"

	"github.com/assay-bench/assay/harness/plan"
)

// waitOf is how long the server is asked to let each request of a cell wait; it is part of
// every latency and of the objective.
func waitOf(cell plan.Cell) time.Duration {
	if cell.Mode != inFlight {
		return 0
	}
	return cell.Spread
}

// waitClause is ", 2,000 ms of which are the wait that was asked for", or nothing.
func waitClause(cell plan.Cell) string {
	if waitOf(cell) == 0 {
		return ""
	}
	return fmt.Sprintf(", %s of which are the wait that was asked for", quantity(milliseconds(waitOf(cell)), "ms"))
}

// latencies writes a range. With a wait of seconds in them latencies differ only in the
// fourth digit, which is then written.
func latencies(low, high float64, cell plan.Cell) string {
	if waitOf(cell) == 0 || !(low >= 1000 && high < 1e9) {
		return span(low, high, "ms")
	}
	l, h := count(int(math.Round(low))), count(int(math.Round(high)))
	if l == h {
		return l + " ms"
	}
	return l + "-" + h + " ms"
}
