package load

import (
	"context"
	"testing"
	"time"

	"github.com/assay-bench/assay/harness/load/conns"
)

func testPacer(t *testing.T, start time.Time, total int64, rate float64) (*pacer, context.CancelFunc) {
	t.Helper()
	s, err := newSleeper()
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	t.Cleanup(func() { cancel(); _ = s.close() })
	return &pacer{
		ctx: ctx, start: start, total: total, rate: rate, sleeper: s,
		at: func(k int64) time.Duration { return conns.AtRate(k, rate) },
	}, cancel
}

func TestPacerIsNeverEarly(t *testing.T) {
	start := time.Now().Add(5 * time.Millisecond)
	p, _ := testPacer(t, start, 40, 2000)
	for k := range uint64(40) {
		wait, stop := p.Pace(0, k)
		if early := time.Until(start.Add(p.at(int64(k)))); early > 0 {
			t.Errorf("request %d would leave %v before it is due", k, early)
		}
		if wait != 0 || stop {
			t.Errorf("request %d: wait %v, stop %v", k, wait, stop)
		}
	}
	if _, stop := p.Pace(0, 40); !stop {
		t.Error("no stop after the last request")
	}
}

// After a stall all that is overdue may leave at once, and what is not has to wait for its own time, as if nothing had
// happened: the schedule does not move.
func TestPacerDoesNotMoveAfterAStall(t *testing.T) {
	start := time.Now().Add(-10 * time.Second)
	p, cancel := testPacer(t, start, 1000, 10)
	for k := range uint64(100) {
		if wait, stop := p.Pace(0, k); wait != 0 || stop {
			t.Fatalf("overdue request %d: wait %v, stop %v", k, wait, stop)
		}
	}
	// Request 300 is due 20 s from now: the pacer must be found waiting, and end when it is told to.
	returned := make(chan bool, 1)
	go func() { _, stop := p.Pace(0, 300); returned <- stop }()
	select {
	case <-returned:
		t.Error("a request left 20 s early")
	case <-time.After(20 * time.Millisecond):
		cancel()
		if !<-returned {
			t.Error("a cancelled attack goes on")
		}
	}
}

// What the pacer comes to only after its last call never goes, however long it has been due.
func TestPacerEndsAtItsLastCall(t *testing.T) {
	start := time.Now().Add(-10 * time.Second)
	p, _ := testPacer(t, start, 1000, 10)
	p.last = time.Now().Add(time.Hour)
	if _, stop := p.Pace(0, 50); stop {
		t.Error("an overdue request did not leave before the last call")
	}
	p.last = time.Now()
	if _, stop := p.Pace(0, 51); !stop {
		t.Error("a request left after the last call")
	}
}

func TestReporterDoesNotWaitForAListener(t *testing.T) {
	listening := make(chan struct{})
	var told []Phase
	r := newReporter(func(p Progress) { <-listening; told = append(told, p.Phase) },
		func(p Phase) Progress { return Progress{Phase: p} })
	for _, p := range []Phase{Connecting, Verified, Measuring, Draining, Finished} {
		r.enter(p) // would block here
	}
	close(listening)
	r.close()
	if len(told) < 5 || told[len(told)-1] != Finished {
		t.Errorf("told %v", told)
	}
}
