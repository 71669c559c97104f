package main

import (
	"os"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// What a process burns between the two readings is what the meter says; what it burned before is not.
func TestMeterCountsWhatIsUsedMeanwhile(t *testing.T) {
	burn := func(d time.Duration) {
		for until := time.Now().Add(d); time.Now().Before(until); {
		}
	}
	life := func() time.Duration { // CPU time of this process since its start
		var u unix.Rusage
		if err := unix.Getrusage(unix.RUSAGE_SELF, &u); err != nil {
			t.Fatal(err)
		}
		return time.Duration(u.Utime.Nano() + u.Stime.Nano())
	}
	for life() < 300*time.Millisecond {
		burn(10 * time.Millisecond)
	}
	const tick = 10 * time.Millisecond // what /proc counts in
	before := life()
	m := meterOf(os.Getpid())
	from := life()
	burn(50 * time.Millisecond)
	to := life()
	used := m.stop()
	if after := life(); used <= 0 || used < to-from-2*tick || used > after-before+2*tick {
		t.Errorf("a process that used from %v to %v meanwhile, and %v before, used %v by the meter", to-from, after-before, before, used)
	}
	if used := meterOf(-1).stop(); used != 0 {
		t.Errorf("no process used %v", used)
	}
}
