package load

import (
	"runtime"
	"runtime/debug"
	"runtime/metrics"
)

// A garbage collection takes the load's CPU for about a tenth of a second with ten thousand connections, which is more
// than one request in a hundred can bear as lateness. So memory is spent instead: the next collection is put off until
// the job's garbage is all there, if the memory is.
const (
	// garbagePerRequest is what net/http and vegeta leave behind, in bytes: 6 KiB measured. It counts double, because
	// the collector starts well before its goal: it did so near the end of windows when it counted once.
	garbagePerRequest = 14 << 10
	minGarbage        = 64 << 20
	maxGarbage        = 3 << 29 // 1.5 GiB
	defaultGarbage    = 512 << 20
)

// garbageBudget is how many bytes may gather before the next collection; available is the memory that this process could
// still have, at most a third of which is taken, or -1 when not known.
func garbageBudget(requests, available int64) int64 {
	most := int64(maxGarbage)
	if available < 0 {
		most = defaultGarbage
	} else {
		most = min(most, available/3)
	}
	return max(minGarbage, min(most, requests*garbagePerRequest))
}

// procs is how many of Go's processors a job needs: one for each of its CPUs, and one more beside a native engine, whose
// shards keep theirs while they wait for the kernel.
func procs(job Job) int {
	if job.Engine == Native {
		return job.CPUs + 1
	}
	return job.CPUs
}

// tune fits the Go runtime to the job and returns what undoes it. It changes the whole process: an agent runs one job.
func tune(want int) (undo func()) {
	had := runtime.GOMAXPROCS(0)
	if had != want {
		runtime.GOMAXPROCS(want)
	}
	percent := debug.SetGCPercent(400)
	return func() {
		if had != want {
			runtime.GOMAXPROCS(had)
		}
		debug.SetGCPercent(percent)
	}
}

// putOffCollection collects once, when the connections are open, and puts the next collection budget bytes away. The
// collector's goal is a percentage of what is live and of the roots it scans (runtime/debug.SetGCPercent).
func putOffCollection(budget int64) {
	runtime.GC()
	samples := []metrics.Sample{{Name: "/gc/heap/live:bytes"}, {Name: "/gc/scan/stack:bytes"}, {Name: "/gc/scan/globals:bytes"}}
	metrics.Read(samples)
	live := uint64(0)
	for _, s := range samples {
		if s.Value.Kind() == metrics.KindUint64 {
			live += s.Value.Uint64()
		}
	}
	debug.SetGCPercent(int(uint64(budget)*100/max(live, 1<<20)) + 1)
}
