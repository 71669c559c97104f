package plan

import (
	"slices"
	"time"

	"github.com/assay-bench/assay/harness/scenario"
	"github.com/assay-bench/assay/harness/target"
)

// AwakeBefore is how long before a send the load agent stops sleeping. A sleeping CPU wakes some 30 us late on a quiet virtual
// host, and beyond 100 us late about once in a hundred times (docs/engine-bench.md).
const AwakeBefore = 100 * time.Microsecond

// Awake is AwakeBefore where the native engine has CPUs of its own, one for each of so many load agents; on a shared one it would
// take the server's time, or another agent's.
func Awake(engine string, agents int, place target.Placement) time.Duration {
	shared := slices.ContainsFunc(place.LoadCPUs, func(cpu int) bool { return slices.Contains(place.TargetCPUs, cpu) })
	if engine != nativeEngine || shared || len(place.LoadCPUs) < max(1, agents) {
		return 0
	}
	return AwakeBefore
}

// AwakeOf is how long before a send the cell's load agents stop sleeping; any such time in a closed loop means that they never
// sleep. They sleep where a database has their CPU too, and where each answer is waited for on purpose.
func (p Plan) AwakeOf(c Cell) time.Duration {
	switch {
	case c.PoolSize > 0 && p.Placement.DatabaseShares():
		return 0
	case c.Mode.Closed() && (c.Mode != scenario.Saturate || !p.AwakeAtLimit):
		return 0
	}
	return min(p.Awake, Awake(p.EngineOf(c), p.AgentsOf(c), p.Placement))
}
