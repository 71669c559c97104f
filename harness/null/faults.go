package null

import (
	"sync/atomic"
	"time"
)

// faults is what goes wrong with one server, for all of its threads. Times count from the server's start.
type faults struct {
	Options
	slow    bool         // answers may have to wait
	began   atomic.Int64 // of the first request for /null, ns; 0: there was none
	answers atomic.Int64 // to /null, counted only where some of them are wrong
}

func newFaults(o Options) *faults { return &faults{Options: o, slow: o.Delay > 0 || o.StallFor > 0} }

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

// wrong counts one answer to /null and tells whether it is a wrong one.
func (f *faults) wrong() bool {
	return f.WrongEvery > 0 && f.hits(f.WrongEvery, f.answers.Add(1), 1) == 1
}

// doomed tells whether the server will end the connection that was accepted as this number, from 1.
func (f *faults) doomed(number int64) bool { return f.hits(f.CloseEvery, number, 1) == 1 }
