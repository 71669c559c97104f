package probe

import (
	"errors"
	"fmt"
	"runtime"
	"time"
)

// MeasureCost takes n samples and returns the CPU time that one costs: of the thread that
// takes them on Linux, of the whole process elsewhere (a goroutine at work beside it is
// counted too). A source with a pace of its own (docker stats) reads its stream in
// another goroutine, which is not in the figure on Linux.
func MeasureCost(source Source, n int) (cpuPerSample time.Duration, err error) {
	if n < 1 {
		return 0, fmt.Errorf("cost of %s: cannot be measured with %d samples", source.Name(), n)
	}
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	before, err := ownCPU()
	if err != nil {
		return 0, fmt.Errorf("cost of %s: own CPU clock: %w", source.Name(), err)
	}
	for range n {
		if _, err := source.Sample(); err != nil && !errors.Is(err, ErrNoNews) {
			return 0, fmt.Errorf("cost of %s: %w", source.Name(), err)
		}
	}
	after, err := ownCPU()
	if err != nil {
		return 0, fmt.Errorf("cost of %s: own CPU clock: %w", source.Name(), err)
	}
	return (after - before) / time.Duration(n), nil
}
