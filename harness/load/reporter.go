package load

import (
	"sync"
	"time"
)

// reportInterval is how often progress is told within a phase.
const reportInterval = 500 * time.Millisecond

// A reporter tells progress from a goroutine of its own, so that a slow listener can't hold anything up.
type reporter struct {
	phases chan Phase
	done   sync.WaitGroup
}

// newReporter calls tell with snapshot(phase) at every phase and, in between, twice a second. nil tells nobody.
func newReporter(tell func(Progress), snapshot func(Phase) Progress) *reporter {
	r := &reporter{phases: make(chan Phase, 8)} // more than there are phases
	if tell == nil {
		tell = func(Progress) {}
	}
	r.done.Go(func() {
		ticker := time.NewTicker(reportInterval)
		defer ticker.Stop()
		now := Connecting
		for {
			select {
			case phase, open := <-r.phases:
				if !open {
					return
				}
				now = phase
			case <-ticker.C:
			}
			tell(snapshot(now))
		}
	})
	return r
}

func (r *reporter) enter(p Phase) { r.phases <- p }

// close waits until the last phase is told.
func (r *reporter) close() {
	close(r.phases)
	r.done.Wait()
}
