package load

import (
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"github.com/HdrHistogram/hdrhistogram-go"

	"github.com/assay-bench/assay/harness/load/conns"
	"github.com/assay-bench/assay/harness/load/histogram"
)

// States of one request of the window.
const (
	unsent uint32 = iota
	inFlight
	settled
)

// A Recorder counts what became of the requests of the window, and only of those: a request belongs to the window when
// its intended send does. Its methods may be called from several goroutines. After Close nothing is counted any more.
type Recorder struct {
	schedule *Schedule
	start    time.Time
	states   []atomic.Uint32 // by place in the window
	sent     atomic.Int64
	answers  atomic.Int64 // warm-up included

	mu                         sync.Mutex
	closed                     bool
	done, failed, pending      int64
	errs                       map[string]int64
	scheduled                  int64   // in the window
	inFlight                   float64 // -1: not counted
	edges                      float64
	halted                     time.Duration // -1: not counted
	headBytes, bodyBytes       int64         // of the answers, where the engine counts them
	intended, service, late, c *hdrhistogram.Histogram
	first                      *hdrhistogram.Histogram // dial to first answer
}

// NewRecorder makes a recorder for a part of a schedule whose request k is meant at start + At(k).
func NewRecorder(s *Schedule, p Part) *Recorder {
	return &Recorder{
		schedule: s, states: make([]atomic.Uint32, s.InWindow()), errs: map[string]int64{}, scheduled: p.inWindow(s), inFlight: -1, halted: -1,
		intended: histogram.New(), service: histogram.New(), late: histogram.New(), c: histogram.New(),
		first: histogram.New(),
	}
}

// Begin fixes the start of the schedule. It must be called once, before any request is sent.
func (r *Recorder) Begin(start time.Time) { r.start = start }

// Start is what Begin was given.
func (r *Recorder) Start() time.Time { return r.start }

// Schedule is the schedule that is recorded.
func (r *Recorder) Schedule() *Schedule { return r.schedule }

// Answers is the number of right answers so far, those of the warm-up included.
func (r *Recorder) Answers() int64 { return r.answers.Load() }

// Dialled counts the time that opening one connection took.
func (r *Recorder) Dialled(took time.Duration) {
	r.mu.Lock()
	defer r.mu.Unlock()
	histogram.Add(r.c, took)
}

// Greeted counts the time from a dial to the first byte of the first answer on its connection.
func (r *Recorder) Greeted(took time.Duration) {
	r.mu.Lock()
	defer r.mu.Unlock()
	histogram.Add(r.first, took)
}

// Sent notes that request k is on its way.
func (r *Recorder) Sent(k int64) {
	i, ok := r.schedule.Place(k)
	if ok && r.states[i].CompareAndSwap(unsent, inFlight) {
		r.sent.Add(1)
	}
}

// Done notes a right answer to request k.
func (r *Recorder) Done(k int64, sent, done time.Time) {
	r.answers.Add(1)
	r.settle(k, sent, func(intended time.Time) {
		r.done++
		histogram.Add(r.intended, done.Sub(intended))
		histogram.Add(r.service, done.Sub(sent))
	})
}

// Failed notes that request k failed; class is one of failure.go. It enters no latency histogram.
func (r *Recorder) Failed(k int64, sent time.Time, class string) {
	r.settle(k, sent, func(time.Time) {
		r.failed++
		r.errs[class]++
	})
}

// Abandoned notes that request k was still open when the drain ended: it stays pending, and its lateness counts.
func (r *Recorder) Abandoned(k int64, sent time.Time) {
	i, ok := r.schedule.Place(k)
	if !ok {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if !r.closed && r.states[i].Load() == inFlight {
		histogram.Add(r.late, sent.Sub(r.intendedSend(k)))
	}
}

// settle ends request k once, if it is one of the window and was sent.
func (r *Recorder) settle(k int64, sent time.Time, count func(intended time.Time)) {
	i, ok := r.schedule.Place(k)
	if !ok {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.closed || !r.states[i].CompareAndSwap(inFlight, settled) {
		return
	}
	intended := r.intendedSend(k)
	histogram.Add(r.late, sent.Sub(intended))
	count(intended)
}

func (r *Recorder) intendedSend(k int64) time.Time { return r.start.Add(r.schedule.At(k)) }

// Close ends the counting at the end of the drain: requests that are still open are pending, and they and those that
// were never sent enter Intended with their age at that moment. A second call does nothing.
func (r *Recorder) Close(end time.Time) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.closed {
		return
	}
	r.closed = true
	if r.start.IsZero() { // the job ended before its first request
		return
	}
	for i := range r.states {
		state := r.states[i].Load()
		if state == settled {
			continue
		}
		if state == inFlight {
			r.pending++
		}
		if age := end.Sub(r.intendedSend(r.schedule.First() + int64(i))); age > 0 {
			histogram.Add(r.intended, age)
		}
	}
}

// adopt takes over what an engine that counts by itself has counted, and ends the counting.
func (r *Recorder) adopt(t *conns.Tally) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.closed = true
	r.scheduled = t.Scheduled
	r.sent.Store(t.Sent)
	r.done, r.failed, r.pending, r.errs = t.Done, t.Failed, t.Pending, t.Errors
	r.inFlight, r.edges, r.halted = t.InFlight, t.Edges, t.Halted
	r.headBytes, r.bodyBytes = t.HeadBytes, t.BodyBytes
	r.intended, r.service, r.late, r.c, r.first = t.Intended, t.Service, t.Lateness, t.Connect, t.FirstByte
}

// adoptConnects takes over the times of connecting alone.
func (r *Recorder) adoptConnects(t *conns.Tally) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.c, r.first = t.Connect, t.FirstByte
}

// failures is the number of failed requests of a class so far.
func (r *Recorder) failures(class string) int64 {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.errs[class]
}

// fill writes counts and histograms into res. Call Close first.
func (r *Recorder) fill(res *Result) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	res.Scheduled = r.scheduled
	res.Sent, res.Done, res.Failed, res.Pending = r.sent.Load(), r.done, r.failed, r.pending
	res.InFlight, res.InFlightEdges = r.inFlight, r.edges
	if res.HaltedSeconds = -1; r.halted >= 0 {
		res.HaltedSeconds = r.halted.Seconds()
	}
	if r.headBytes > 0 && r.done > 0 {
		res.HeaderBytes = float64(r.headBytes) / float64(r.done)
		res.BytesPerAnswer = res.HeaderBytes + float64(r.bodyBytes)/float64(r.done)
	}
	if len(r.errs) > 0 {
		res.Errors = r.errs
	}
	var err [5]error
	res.Intended, err[0] = histogram.Encode(r.intended)
	res.Service, err[1] = histogram.Encode(r.service)
	res.Lateness, err[2] = histogram.Encode(r.late)
	res.Connect, err[3] = histogram.Encode(r.c)
	res.FirstByte, err[4] = histogram.Encode(r.first)
	if res.Sent != res.Done+res.Failed+res.Pending {
		return fmt.Errorf("sent %d is not done %d + failed %d + pending %d", res.Sent, res.Done, res.Failed, res.Pending)
	}
	return errors.Join(err[:]...)
}
