package priority

import (
	"testing"

	"golang.org/x/sys/unix"
)

// The goroutine's thread alone gives way, and ends with it.
func TestGiveWayIsOfOneThread(t *testing.T) {
	nice := func() int {
		raw, err := unix.Getpriority(unix.PRIO_PROCESS, 0) // 20 less the nice value, as the system call has it
		if err != nil {
			t.Error(err)
		}
		return 20 - raw
	}
	before := nice()
	type thread struct{ id, nice int }
	lowered := make(chan thread)
	go func() {
		GiveWay()
		lowered <- thread{unix.Gettid(), nice()}
	}()
	l := <-lowered
	if l.nice != max(before, besideLoad) {
		t.Errorf("nice %d, was %d", l.nice, before)
	}
	for range 100 {
		on := make(chan thread)
		go func() { on <- thread{unix.Gettid(), nice()} }()
		if other := <-on; other.nice != before && other.id == l.id {
			t.Fatalf("another goroutine runs on thread %d at nice %d", other.id, other.nice)
		}
	}
}
