package load

import (
	"context"
	"time"
)

// longestSleep bounds how long a pacer takes to notice that its attack is over.
const longestSleep = 100 * time.Millisecond

// A sleeper blocks for a time, one goroutine at a time.
type sleeper interface {
	sleep(d time.Duration) error
	close() error
}

// A runtimeSleeper is time.Sleep.
type runtimeSleeper struct{}

func (runtimeSleeper) sleep(d time.Duration) error { time.Sleep(d); return nil }
func (runtimeSleeper) close() error                { return nil }

// A pacer lets request k of an attack go at start + at(k), never earlier, and ends the attack after total requests. It
// keeps to the schedule whatever happens: after a stall it lets the late requests go at once and is back on time. Those it
// comes to only at last or later never go.
//
// It does the waiting itself and tells vegeta to wait for nothing, because vegeta's time.Sleep is too coarse.
type pacer struct {
	ctx     context.Context
	start   time.Time
	total   int64
	at      func(k int64) time.Duration
	rate    float64
	last    time.Time // from here on no request goes, late ones neither; zero: there is no such time
	sleeper sleeper
	err     error // of the sleeper; read after the attack
}

// Pace implements vegeta.Pacer. hits is the number of the request to come.
func (p *pacer) Pace(_ time.Duration, hits uint64) (time.Duration, bool) {
	k := int64(hits)
	if k >= p.total {
		return 0, true
	}
	due := p.start.Add(p.at(k))
	for {
		wait := time.Until(due)
		if p.ctx.Err() != nil {
			return 0, true
		}
		if wait <= 0 {
			return 0, !p.last.IsZero() && !time.Now().Before(p.last)
		}
		if p.err = p.sleeper.sleep(min(wait, longestSleep)); p.err != nil {
			return 0, true
		}
	}
}

// Rate implements vegeta.Pacer.
func (p *pacer) Rate(time.Duration) float64 { return p.rate }
