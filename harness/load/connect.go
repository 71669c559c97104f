package load

import (
	"context"
	"fmt"
	"sync"
	"time"

	"github.com/assay-bench/assay/harness/load/conns"
)

// A setback is why a job could not be measured to its end, and whose side it was.
type setback struct {
	text    string
	side    string
	missing bool // connections were not there in time: the server's side only where none of them was dropped on the way
}

// connectBudget is how many connections may be under way at once while connecting.
const connectBudget = 1024

// barrierInterval is how often the three counts are compared until they agree.
const barrierInterval = 25 * time.Millisecond

// connectRounds is how often connections are opened that the transport closed again. It closes one whose answer came
// while its writer had not been scheduled for 50 ms (net/http, maxWriteWaitBeforeConnReuse): with ten thousand others on
// one CPU a few of them do.
const connectRounds = 3

// connectAll opens every connection, and those that are missing afterwards again.
func (e *vegetaEngine) connectAll(ctx context.Context, deadline time.Time, count func() Sample) *setback {
	for range connectRounds {
		missing := e.pool.missing()
		if len(missing) == 0 {
			return nil
		}
		if failed := e.connect(ctx, deadline, missing, count); failed != nil {
			return failed
		}
	}
	return nil // the barrier says what is missing still
}

// connect opens the connection of slots[i] i/ConnectPerSecond after it is called, with one GET /healthz each, so that the
// transport owns them all. The first one that fails ends it, and so does the deadline; count is asked at that moment,
// before anything is closed.
func (e *vegetaEngine) connect(ctx context.Context, deadline time.Time, slots []int, count func() Sample) *setback {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	start := time.Now()
	base, abandon := context.WithCancel(context.Background())
	defer abandon()
	var once sync.Once
	var first *setback
	fail := func(text string, missing bool, side func(Sample) string) {
		once.Do(func() {
			s := count()
			first = &setback{fmt.Sprintf("%s (%s)", text, s), side(s), missing}
		})
		stop()
	}
	n := len(slots)
	a := attack{
		name: "connecting", start: start, total: int64(n), rate: e.job.ConnectPerSecond,
		at:      func(i int64) time.Duration { return conns.AtRate(i, e.job.ConnectPerSecond) },
		workers: min(n, connectBudget), sender: e.connectSender(base, slots), sleeper: e.sleeper,
		settled: func(i int64, _, _ time.Time, class string) {
			switch class {
			case "":
				e.rec.Greeted(e.pool.firstByte(slots[i]))
			case classAbandoned:
			default:
				fail(fmt.Sprintf("connection %d of %d: %s", i+1, n, explain(class)), class == classTimeout, func(Sample) string { return sideOf(class) })
			}
		},
	}
	err := a.run(ctx, deadline.Sub(start), func() {
		fail(fmt.Sprintf("%d connections could not be opened within %v", n, e.job.ConnectTimeout), true, slower)
		abandon()
	})
	if err != nil {
		return &setback{text: err.Error(), side: sideLoad}
	}
	once.Do(func() {}) // whoever failed has written by now
	return first
}

// connectSender sends GET /healthz once on each connection. Its timeout is out of the way: what ends it is connect's
// deadline, which counts before anything is closed.
func (e *vegetaEngine) connectSender(base context.Context, slots []int) *sender {
	want := func(dst []byte, _ uint64) []byte { return append(dst, "ok\n"...) }
	s := e.sender(base, 2*e.job.ConnectTimeout)
	s.sent = func(int64) {}
	s.shot = func(i int64) shot { return shot{slot: slots[i], path: "/healthz", want: want} }
	return s
}

// barrier waits until kernel and server count n connections and the client own of them, and says who does not when the time is over.
func barrier(ctx context.Context, c *census, own, n int, deadline time.Time, timeout time.Duration) *setback {
	for {
		s, _ := c.take(ctx, 0)
		if s.held(own, n) {
			return nil
		}
		if time.Now().After(deadline) || ctx.Err() != nil {
			return &setback{fmt.Sprintf("%d connections were not there within %v: %s", n, timeout, s), blame(s, own, n), true}
		}
		select {
		case <-ctx.Done():
		case <-time.After(barrierInterval):
		}
	}
}

// slower says whose side it is that connections were not opened in time. A server that has accepted all that the client
// counts is waiting for more: then the load side, which opens them, was short of time.
func slower(s Sample) string {
	if s.Server >= s.Client {
		return sideLoad
	}
	return sideServer
}

// blame says whose side missing or surplus connections are: more than were opened come from somebody else on this host.
func blame(s Sample, own, n int) string {
	if s.Client == own && (s.Kernel > n || s.Server > n) {
		return sideHost
	}
	return sideServer
}
