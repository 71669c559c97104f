package plan

import (
	"slices"
	"time"

	"github.com/assay-bench/assay/harness/target"
)

// AwakeBefore is how long before a send the load agent stops sleeping. A sleeping CPU wakes some 30 us late on a quiet virtual
// host, and beyond 100 us late about once in a hundred times (docs/engine-bench.md).
const AwakeBefore = 100 * time.Microsecond

// awake is AwakeBefore where the load agent has CPUs of its own; on a shared one it would take the server's time.
func awake(place target.Placement) time.Duration {
	shared := slices.ContainsFunc(place.LoadCPUs, func(cpu int) bool { return slices.Contains(place.TargetCPUs, cpu) })
	if shared || len(place.LoadCPUs) == 0 {
		return 0
	}
	return AwakeBefore
}
