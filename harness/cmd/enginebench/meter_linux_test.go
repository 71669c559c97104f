package main

import (
	"os"
	"testing"
	"time"
)

// What a process burns between the two readings is what the meter says; what it burned before is not.
func TestMeterCountsWhatIsUsedMeanwhile(t *testing.T) {
	t.Parallel()
	burn := func(d time.Duration) {
		for until := time.Now().Add(d); time.Now().Before(until); {
		}
	}
	burn(300 * time.Millisecond)
	m := meterOf(os.Getpid())
	burn(50 * time.Millisecond)
	if used := m.stop(); used <= 0 {
		t.Errorf("a busy process used %v", used)
	}
	if used := meterOf(-1).stop(); used != 0 {
		t.Errorf("no process used %v", used)
	}
}
