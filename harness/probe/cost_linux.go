package probe

import (
	"time"

	"golang.org/x/sys/unix"
)

// ownCPU is the CPU time of the calling thread.
func ownCPU() (time.Duration, error) {
	var spec unix.Timespec
	if err := unix.ClockGettime(unix.CLOCK_THREAD_CPUTIME_ID, &spec); err != nil {
		return 0, err
	}
	return time.Duration(spec.Nano()), nil
}
