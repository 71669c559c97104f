package load

import (
	"context"
	"fmt"
	"math"
	"net/http"
	"time"

	"github.com/assay-bench/assay/harness/load/conns"
)

// userAgent is what the load side calls itself; one constant header keeps requests small and alike.
const userAgent = "assay"

// Workers beyond one a connection wait in line for a busy connection. There are as many as a stall of stallCovered
// needs, within bounds: a worker that waits costs about 10 KiB.
const (
	stallCovered = 4 * time.Second
	minReserve   = 64
	maxReserve   = 20_000
)

// A vegetaEngine drives a job with vegeta's library over connections of its own. It is good for one job.
type vegetaEngine struct {
	job       checkedJob
	rec       *Recorder
	pool      *pool
	transport *http.Transport
	hosts     []string
	sleeper   func() (sleeper, error)
	counted   <-chan struct{} // closed when N need not be verified any more; until then nothing is abandoned
	warn      func(format string, args ...any)
}

var _ Engine = (*vegetaEngine)(nil)

func newVegetaEngine(job checkedJob, rec *Recorder, warn func(string, ...any)) *vegetaEngine {
	p := newPool(job.Address, job.Connections, job.ConnectTimeout, rec.Dialled)
	e := &vegetaEngine{
		job: job, rec: rec, pool: p, transport: p.transport(), hosts: make([]string, job.Connections), sleeper: newSleeper, warn: warn,
	}
	for i := range e.hosts {
		e.hosts[i] = p.pseudoHost(i)
	}
	return e
}

func (e *vegetaEngine) open() int            { return int(e.pool.open.Load()) }
func (e *vegetaEngine) answers() int64       { return e.rec.Answers() }
func (e *vegetaEngine) arm()                 { e.pool.arm() }
func (e *vegetaEngine) disarm()              { e.pool.disarm() }
func (e *vegetaEngine) idled() time.Duration { return 0 }
func (e *vegetaEngine) lost() int64          { return e.pool.lostConnections() }
func (e *vegetaEngine) reopened() int64      { return e.pool.reopened.Load() }

// close ends every connection.
func (e *vegetaEngine) close() {
	e.pool.close()
	e.transport.CloseIdleConnections()
}

// workersFor bounds the workers of a job: one a connection, and a reserve for requests that wait in line while the
// server stalls. A request needs a worker for no longer than its timeout, so beyond that none is added.
func workersFor(connections int, rate float64, timeout time.Duration) int {
	waiting := math.Ceil(rate * min(timeout, stallCovered).Seconds())
	return connections + int(min(max(waiting, minReserve), maxReserve))
}

// Drive sends the recorder's schedule from its start and returns when every request has come back or was abandoned at
// the end of the drain. The connections must be open. It fails when the load side itself does.
func (e *vegetaEngine) Drive(ctx context.Context, rec *Recorder) error {
	job := e.job
	schedule := rec.Schedule()
	base, abandon := context.WithCancel(context.Background())
	defer abandon()
	s := e.sender(base, job.RequestTimeout)
	s.sent = rec.Sent
	s.shot = func(k int64) shot {
		id := schedule.ID(k)
		t := &e.job.template
		return shot{slot: schedule.Conn(k), method: t.Method, path: t.Path, query: t.RawQuery(id), id: id, body: t.Body, status: t.Status, want: t.Want}
	}
	workers := workersFor(job.Connections, job.RequestsPerSecond, job.RequestTimeout)
	a := attack{
		name: "load", start: rec.Start(), total: schedule.Total(), at: schedule.At, rate: job.RequestsPerSecond,
		last:    rec.Start().Add(schedule.End() + conns.LastCall),
		workers: workers, sender: s, sleeper: e.sleeper,
		settled: func(k int64, sent, done time.Time, class string) {
			switch class {
			case "":
				rec.Done(k, sent, done)
			case classAbandoned:
				rec.Abandoned(k, sent)
			default:
				rec.Failed(k, sent, class)
			}
		},
	}
	err := a.run(ctx, schedule.End()+job.Drain, func() {
		if e.counted != nil { // giving a request up closes its connection
			<-e.counted
		}
		abandon()
	})
	if s.peak.Load() >= int64(workers) {
		e.warn("all %d workers waited for the server at once: lateness includes waiting for one", workers)
	}
	if err != nil {
		return fmt.Errorf("vegeta: %w", err)
	}
	return nil
}
