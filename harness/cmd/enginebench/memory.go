package main

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"time"
)

// memoryInterval is how often a process is asked for its peak; what it adds in its last moments goes unseen.
const memoryInterval = 50 * time.Millisecond

// A memoryWatch follows the peak of a process's resident memory. wait4(2) tells a peak too, but that of the program
// that the process was before it became this one counts there; VmHWM (proc(5)) begins anew.
type memoryWatch struct {
	quit chan struct{}
	last chan int64
}

func watchMemory(pid int) *memoryWatch {
	w := &memoryWatch{quit: make(chan struct{}), last: make(chan int64, 1)}
	go w.watch(pid)
	return w
}

func (w *memoryWatch) watch(pid int) {
	peak := int64(-1)
	ticker := time.NewTicker(memoryInterval)
	defer ticker.Stop()
	for {
		select {
		case <-w.quit:
			w.last <- peak
			return
		case <-ticker.C:
			if text, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid)); err == nil {
				if n := peakOf(string(text)); n >= 0 {
					peak = n
				}
			}
		}
	}
}

// stop returns the last peak seen, in bytes; -1 for none.
func (w *memoryWatch) stop() int64 {
	close(w.quit)
	return <-w.last
}

// peakOf reads VmHWM from /proc/<pid>/status, in bytes; -1 when it isn't there, as for a process that has ended.
func peakOf(status string) int64 {
	for line := range strings.Lines(status) {
		value, ok := strings.CutPrefix(line, "VmHWM:")
		if !ok {
			continue
		}
		number, isKiB := strings.CutSuffix(strings.TrimSpace(value), " kB")
		kib, err := strconv.ParseInt(number, 10, 64)
		if err != nil || !isKiB || kib < 0 || kib > 1<<50 {
			return -1
		}
		return kib << 10
	}
	return -1
}
