package null

import (
	"sync/atomic"
	"time"
)

// faults is what goes wrong with one server, for all of its threads. Times count from the server's start.
type faults struct {
	Options
	slow    bool          // answers may have to wait
	began   atomic.Int64  // of the first request for /null, ns; 0: there was none
	counted bool          // answers to /null are
	answers atomic.Int64  // to /null
	invited chan struct{} // closed with the first of them; only where they are counted
}

func newFaults(o Options) *faults {
	return &faults{
		Options: o, slow: o.Delay > 0 || o.StallFor > 0, counted: o.WrongEvery > 0 || o.StatusEvery > 0 || o.Guests > 0,
		invited: make(chan struct{}),
	}
}

// asked is told of each request for /null.
func (f *faults) asked(now time.Duration) {
	if f.slow && f.began.Load() == 0 {
		f.began.CompareAndSwap(0, max(1, int64(now)))
	}
}

// due is when the answer to a request of this moment may leave. It never falls behind that of an earlier moment, so
// that answers leave in the order of their requests.
func (f *faults) due(now time.Duration) time.Duration {
	at := now + f.Delay
	began := time.Duration(f.began.Load())
	if from := began + f.StallAt; began > 0 && at >= from && at < from+f.StallFor {
		return from + f.StallFor
	}
	return at
}

// next counts one answer to /null and tells which it is: null, wrong or failing.
func (f *faults) next() kind {
	if !f.counted {
		return null
	}
	number := f.answers.Add(1)
	if number == 1 {
		close(f.invited)
	}
	switch {
	case f.Failing(number, 1) == 1:
		return failing
	case f.Wrong(number, 1) == 1:
		return wrong
	}
	return null
}

// doomed tells whether the server will end the connection that was accepted as this number, from 1.
func (f *faults) doomed(number int64) bool { return f.hits(f.CloseEvery, number, 1) == 1 }
