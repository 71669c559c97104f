package conform

import (
	"context"
	"fmt"
	"time"
)

// Many requests to GET /hold at a time, for a server with two worker threads: a server
// that blocks a thread for each would take eight seconds.
const (
	heldPerWorker = 32
	heldAtLeast   = 64
	heldAtMost    = 512
	heldMillis    = 250
)

// How late an answer to GET /hold may be, and of how many attempts one has to be in time: a
// busy host delays some of them, a late server all.
const (
	holdLate     = 25 * time.Millisecond
	holdAttempts = 5
)

// checkHold sees that GET /hold waits as long as asked, and holds no thread while it does.
func checkHold(ctx context.Context, c *client) []Difference {
	random := c.random(3)
	var differences []Difference
	for _, millis := range []int{1, 2, 5, 10, 25, 50, 1 + random.IntN(100), 1 + random.IntN(100)} {
		if c.stopped(ctx) {
			return differences
		}
		differences = append(differences, holdInTime(ctx, c, hold(millis))...)
	}
	return append(differences, holdMany(ctx, c)...)
}

// holdInTime asks for one wait until its answer is not late. An answer that comes early is
// wrong at once: no host makes a clock run faster.
func holdInTime(ctx context.Context, c *client, req request) []Difference {
	latest := req.wait + holdLate
	var best time.Duration
	for attempt := range holdAttempts {
		start := time.Now()
		got, err := c.do(ctx, req)
		elapsed := time.Since(start)
		if err != nil {
			return []Difference{c.failed(req, err)}
		}
		if differences := compare(req, expect(req), got); differences != nil {
			return differences
		}
		if elapsed < req.wait {
			return []Difference{{Request: req.String(), What: "time", Want: "not before " + req.wait.String(), Got: elapsed.String()}}
		}
		if attempt == 0 || elapsed < best {
			best = elapsed
		}
		if best <= latest || c.stopped(ctx) {
			return nil
		}
	}
	return []Difference{{
		Request: req.String(), What: "time", Want: "not after " + latest.String(),
		Got: fmt.Sprintf("%v in the best of %d attempts", best, holdAttempts),
	}}
}

// holdMany asks for many waits at once. They must all be over within the time of one and
// the limit of an exchange.
func holdMany(ctx context.Context, c *client) []Difference {
	count := heldAtLeast
	if stats, _, err := c.stats(ctx); err == nil {
		count = min(max(count, heldPerWorker*int(stats.WorkerThreads)), heldAtMost)
	}
	req := hold(heldMillis)
	req.note = fmt.Sprintf("%d at once", count)
	var open []*conn
	defer func() {
		for _, nc := range open {
			nc.close()
		}
	}()
	for range count {
		nc, err := c.dial(ctx)
		if err != nil {
			return []Difference{c.failed(req, err)}
		}
		open = append(open, nc)
	}
	deadline := time.Now().Add(c.limits.exchange + req.wait)
	for _, nc := range open {
		nc.SetDeadline(deadline)
		if _, err := nc.Write(req.wire(c.address)); err != nil {
			return []Difference{c.failed(req, readError(err, false))}
		}
	}
	for _, nc := range open {
		if _, err := c.receive(nc, req); err != nil {
			return []Difference{c.failed(req, err)}
		}
	}
	return nil
}
