package conns

import (
	"time"

	"github.com/assay-bench/assay/harness/load/histogram"
)

// A recorder counts for one shard, without locks. All times are since the start of the schedule.
type recorder struct {
	*Tally
	loop     Loop
	from, to time.Duration // the window
	inFlight int64         // now
	since    time.Duration // inFlight has been so since
	area     float64       // of inFlight over the window, in request-nanoseconds
	edges    float64       // see Tally.Edges, in request-nanoseconds
}

func newRecorder(loop Loop, from, to time.Duration) *recorder {
	return &recorder{Tally: NewTally(), loop: loop, from: from, to: to}
}

func (r *recorder) counts(intended time.Duration) bool { return intended >= r.from && intended < r.to }

// taken notes that the request meant at intended was given to its connection.
func (r *recorder) taken(intended, at time.Duration) {
	if r.counts(intended) {
		r.Scheduled++
		r.Sent++
		if r.loop == Open {
			histogram.Add(r.Lateness, at-intended)
		}
	}
}

// began and ended note that a request went under way and that it is no more, however it ended.
func (r *recorder) began(at time.Duration) { r.flight(at, 1) }

func (r *recorder) ended(intended, written, at time.Duration) {
	r.flight(at, -1)
	r.edge(intended, written, at)
}

// edge counts what a request that was under way from written to at has outside of the window that it belongs to, or inside
// of one that it does not.
func (r *recorder) edge(intended, written, at time.Duration) {
	switch {
	case !r.counts(intended):
		r.edges += float64(max(0, min(at, r.to)-max(written, r.from)))
	case at > r.to:
		r.edges -= float64(at - max(written, r.to))
	}
}

// halted notes that nothing was sent or read from one moment to another since the thread did not run.
func (r *recorder) halted(from, to time.Duration) {
	if lasted := min(to, r.to) - max(from, r.from); lasted > 0 {
		r.Halted += lasted
	}
}

func (r *recorder) flight(at time.Duration, change int64) {
	if lasted := min(at, r.to) - max(r.since, r.from); lasted > 0 {
		r.area += float64(r.inFlight) * float64(lasted)
	}
	r.since = at
	r.inFlight += change
}

func (r *recorder) done(intended, written, at time.Duration, head, size int) {
	if r.counts(intended) {
		r.Done++
		r.HeadBytes += int64(head)
		r.BodyBytes += int64(size - head)
		histogram.Add(r.Service, at-written)
		if r.loop == Open { // else it is the same, see close
			histogram.Add(r.Intended, at-intended)
		}
	}
}

func (r *recorder) failed(intended time.Duration, class string) {
	if r.counts(intended) {
		r.Failed++
		r.Errors[class]++
	}
}

// pending notes a request that was taken up and is without an answer at the end of the drain.
func (r *recorder) pending(intended, end time.Duration) {
	if r.counts(intended) {
		r.Pending++
		histogram.Add(r.Intended, end-intended)
	}
}

// untaken notes a request that the load side never came to.
func (r *recorder) untaken(intended, end time.Duration) {
	if r.counts(intended) {
		r.Scheduled++
		if end > intended {
			histogram.Add(r.Intended, end-intended)
		}
	}
}

// connected and firstByte note how long a connection took to open, and how long until the first byte came on it.
func (r *recorder) connected(took time.Duration) { histogram.Add(r.Connect, took) }
func (r *recorder) firstByte(took time.Duration) { histogram.Add(r.FirstByte, took) }

// close ends the counting at the end of the drain.
func (r *recorder) close(end time.Duration) {
	r.flight(end, 0)
	if r.loop == Closed {
		r.Intended.Merge(r.Service)
	}
	r.InFlight, r.Edges = r.area/float64(r.to-r.from), r.edges/float64(r.to-r.from)
}
