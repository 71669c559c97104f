package conform

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"
)

// serverStats is the answer of GET /stats.
type serverStats struct {
	OpenConnections  uint64  `json:"open_connections"`
	WorkerThreads    uint64  `json:"worker_threads"`
	GCCount          *uint64 `json:"gc_count"`
	GCPauseTotalNano *uint64 `json:"gc_pause_total_ns"`
	ResidentBytes    *uint64 `json:"resident_bytes"`
}

// statsKeys are the keys of GET /stats, in their order.
func statsKeys() []string {
	return []string{"open_connections", "worker_threads", "gc_count", "gc_pause_total_ns", "resident_bytes"}
}

// stats asks for GET /stats.
func (c *client) stats(ctx context.Context) (serverStats, answer, error) {
	got, err := c.do(ctx, get("/stats"))
	if err != nil {
		return serverStats{}, got, err
	}
	var stats serverStats
	keys, err := keysOf(got.body)
	if err == nil && !slices.Equal(keys, statsKeys()) {
		err = fmt.Errorf("keys are %q", keys)
	}
	if err == nil {
		err = json.NewDecoder(bytes.NewReader(got.body)).Decode(&stats)
	}
	if err == nil && (stats.OpenConnections == 0 || stats.WorkerThreads == 0) {
		err = fmt.Errorf("open_connections and worker_threads cannot be 0")
	}
	return stats, got, err
}

// gaugeSteps are how many connections are opened and closed while the gauge is watched.
func gaugeSteps() []int { return []int{1, 7, 32} }

// checkStats sees that GET /stats has the right form and that its gauge rises and falls
// with the connections. The gauge may lag: a server accepts after the client is
// connected, and notices a close when it next reads.
func checkStats(ctx context.Context, c *client) []Difference {
	req := get("/stats")
	_, got, err := c.stats(ctx)
	if err != nil {
		if got.status == 0 {
			return []Difference{c.failed(req, err)}
		}
		return []Difference{{
			Request: req.String(), What: "body", Want: fmt.Sprintf("whole numbers under %q", statsKeys()),
			Got: fmt.Sprintf("%s: %v", quoted(got.body, 0, 2*shownDiff), err),
		}}
	}
	for _, step := range gaugeSteps() {
		var differences []Difference
		for range gaugeTries {
			if c.stopped(ctx) {
				return differences
			}
			if differences = checkGauge(ctx, c, step); differences == nil {
				break
			}
		}
		if differences != nil {
			return differences
		}
	}
	return nil
}

// gaugeTries is how often the gauge must be wrong in a row. A connection of somebody else,
// or one of an earlier check that a busy server closes late, makes it wrong once; a gauge
// that is stuck or leaks is wrong each time.
const gaugeTries = 3

// checkGauge opens so many connections and closes them, every other one by a reset.
func checkGauge(ctx context.Context, c *client, step int) []Difference {
	req := get("/stats")
	base, err := c.restingGauge(ctx)
	if err != nil {
		return []Difference{c.failed(req, err)}
	}
	var open []*conn
	defer func() {
		for _, nc := range open {
			nc.close()
		}
	}()
	for range step {
		nc, err := c.dial(ctx)
		if err != nil {
			return []Difference{c.failed(req, err)}
		}
		open = append(open, nc)
	}
	var differences []Difference
	expectGauge := func(when string, want uint64) {
		got, err := c.waitForGauge(ctx, want)
		if err != nil {
			differences = append(differences, c.failed(req, err))
		} else if got != want {
			differences = append(differences, Difference{
				Request: req.String(), What: fmt.Sprintf("open_connections %s %d", when, step),
				Want: fmt.Sprintf("%d within %v, from %d", want, c.limits.settle, base), Got: fmt.Sprint(got),
			})
		}
	}
	expectGauge("after opening", base+uint64(step))
	for i, nc := range open {
		if i%2 == 1 {
			nc.SetLinger(0)
		}
		nc.close()
	}
	open = nil
	expectGauge("after closing", base)
	return differences
}

// pollEvery is the time between two looks at the gauge.
const pollEvery = 10 * time.Millisecond

// waitForGauge asks until the gauge shows want, or the time to settle is over, and
// returns what it showed last.
func (c *client) waitForGauge(ctx context.Context, want uint64) (uint64, error) {
	deadline := time.Now().Add(c.limits.settle)
	for {
		stats, _, err := c.stats(ctx)
		if err != nil || stats.OpenConnections == want || time.Now().After(deadline) {
			return stats.OpenConnections, err
		}
		pause(ctx, pollEvery)
	}
}

// restingGauge returns the gauge once it has been the same five times, so that
// connections that earlier checks closed do not count; or, at the end of the time to
// settle, as it is.
func (c *client) restingGauge(ctx context.Context) (uint64, error) {
	deadline := time.Now().Add(c.limits.settle)
	var last uint64
	for same := 0; same < 5 && time.Now().Before(deadline); {
		stats, _, err := c.stats(ctx)
		if err != nil {
			return 0, err
		}
		if stats.OpenConnections == last {
			same++
		} else {
			last, same = stats.OpenConnections, 0
		}
		pause(ctx, pollEvery)
	}
	return last, nil
}

// pause waits, or returns early when ctx ends.
func pause(ctx context.Context, d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-ctx.Done():
	}
}
