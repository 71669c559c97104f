package load

import (
	"runtime"
	"testing"
)

func TestGarbageBudget(t *testing.T) {
	const mib = 1 << 20
	for _, c := range []struct{ requests, available, want int64 }{
		{100, 16384 * mib, 64 * mib},          // a small job: the least
		{100_000, 16384 * mib, 1_400_000_000}, // 14 KiB a request, about
		{1_000_000, 16384 * mib, 1536 * mib},
		{1_000_000, 1200 * mib, 400 * mib}, // a third of what there is
		{1_000_000, 100 * mib, 64 * mib},
		{1_000_000, -1, 512 * mib},
	} {
		if got := garbageBudget(c.requests, c.available); (got-c.want)*100/c.want > 3 || (got-c.want)*100/c.want < -3 {
			t.Errorf("%d requests, %d MiB available: %d MiB, want %d", c.requests, c.available/mib, got/mib, c.want/mib)
		}
	}
	if got := availableMemory(); runtime.GOOS == "linux" && got < 16*mib {
		t.Errorf("%d bytes available", got)
	}
}

func TestTuneIsUndone(t *testing.T) {
	procs := runtime.GOMAXPROCS(0)
	undo := tune(procs + 1)
	if got := runtime.GOMAXPROCS(0); got != procs+1 {
		t.Errorf("GOMAXPROCS %d, want %d", got, procs+1)
	}
	undo()
	if got := runtime.GOMAXPROCS(0); got != procs {
		t.Errorf("GOMAXPROCS %d after undo, want %d", got, procs)
	}
}
