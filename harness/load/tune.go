package load

import (
	"runtime"
	"runtime/debug"
)

// gcBudget is how much garbage may gather between two collections. A request leaves some 3 KiB; a collection costs time
// in proportion to what lives, which is tens of MiB with many connections. So collections are made rare.
const gcBudget = 512 << 20

// tune fits the Go runtime to the job and returns what undoes it. It changes the whole process: an agent runs one job.
func tune(cpus int) (undo func()) {
	procs := runtime.GOMAXPROCS(0)
	if procs != cpus {
		runtime.GOMAXPROCS(cpus)
	}
	percent := debug.SetGCPercent(400)
	return func() {
		if procs != cpus {
			runtime.GOMAXPROCS(procs)
		}
		debug.SetGCPercent(percent)
	}
}

// settleHeap collects once, after the connections are open, and sets the next collection gcBudget away.
func settleHeap() {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	live := max(m.HeapAlloc+m.StackInuse, 1<<20)
	debug.SetGCPercent(int(max(gcBudget*100/live, 100)))
}
