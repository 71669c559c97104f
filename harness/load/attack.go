package load

import (
	"context"
	"fmt"
	"net/http"
	"time"

	vegeta "github.com/tsenart/vegeta/v12/lib"
)

const (
	// resultBuffer is how many results may wait for their reader before the workers would feel it.
	resultBuffer = 1 << 16
	// initialWorkers is where vegeta starts; it adds one whenever a request finds none free.
	initialWorkers = 16
	// cancelGrace is how long workers get to come back after their requests were abandoned.
	cancelGrace = 5 * time.Second
)

// An attack is one vegeta attack that keeps a schedule. Attacks of a job follow one another and share the transport,
// not the Attacker: a second attack by the same Attacker sends almost nothing.
type attack struct {
	name    string
	start   time.Time
	total   int64
	at      func(k int64) time.Duration
	rate    float64
	last    time.Time // see pacer
	workers int       // at most
	sender  *sender
	sleeper func() (sleeper, error)
	settled func(k int64, sent, done time.Time, class string) // class "" for a right answer; called from one goroutine
}

// run drives the attack until every request has come back. When ctx ends, no further request leaves. abandon has to end
// the sender's base context; run calls it deadline after the attack's start, if anything is still open then.
// The attack is over and has left nothing behind when run returns nil.
func (a *attack) run(ctx context.Context, deadline time.Duration, abandon func()) error {
	timer, err := a.sleeper()
	if err != nil {
		return err
	}
	defer timer.close()
	p := &pacer{ctx: ctx, start: a.start, total: a.total, at: a.at, rate: a.rate, last: a.last, sleeper: timer}
	attacker := vegeta.NewAttacker(
		vegeta.Client(&http.Client{Transport: a.sender}),
		vegeta.Workers(uint64(min(initialWorkers, a.workers))),
		vegeta.MaxWorkers(uint64(a.workers)),
	)
	defer attacker.Stop()
	targeter := vegeta.NewStaticTargeter(vegeta.Target{Method: http.MethodGet, URL: "http://target" + pseudoSuffix + "/"})
	results := attacker.Attack(targeter, p, 0, "") // no duration: the pacer ends it

	buffer := make(chan *vegeta.Result, resultBuffer)
	go func() { // vegeta's channel has no buffer: a slow reader would slow the load
		defer close(buffer)
		for r := range results {
			buffer <- r
		}
	}()
	read := make(chan struct{})
	go func() {
		defer close(read)
		for r := range buffer {
			a.settled(int64(r.Seq), r.Timestamp, r.End(), classOf(r.Error))
		}
	}()
	return a.await(ctx, read, attacker, p, deadline, abandon)
}

// await waits for the last result, abandons what is open at the deadline or when ctx ends, and waits again.
func (a *attack) await(ctx context.Context, read <-chan struct{}, attacker *vegeta.Attacker, p *pacer,
	deadline time.Duration, abandon func()) error {
	timer := time.NewTimer(time.Until(a.start.Add(deadline)))
	defer timer.Stop()
	select {
	case <-read:
		return p.err
	case <-timer.C:
	case <-ctx.Done():
	}
	abandon()
	attacker.Stop()
	grace := time.NewTimer(cancelGrace)
	defer grace.Stop()
	select {
	case <-read:
		return p.err
	case <-grace.C:
		return fmt.Errorf("%s: vegeta's workers did not come back within %v", a.name, cancelGrace)
	}
}
