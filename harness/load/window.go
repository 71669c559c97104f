package load

import (
	"context"
	"sync"
	"time"

	"github.com/assay-bench/assay/harness/priority"
)

// sampleInterval is how often N is verified in the window.
const sampleInterval = time.Second

// A window watches from its start to its end: what the own process uses between the two edges, and N once a second.
type window struct {
	start, end time.Time
	samples    []Sample
	first      *Stats // of GET /stats with the first sample, and the last
	last       *Stats
	before     usage
	after      usage
	err        error // of measuring own usage
	complete   bool  // its end was reached
}

// watch returns at the end of the window, or when ctx ends. atStart and atEnd are called at the edges, on time.
func (w *window) watch(ctx context.Context, c *census, atStart, atEnd func()) {
	var both sync.WaitGroup
	both.Go(func() { w.verify(ctx, c) })
	both.Go(func() {
		if !sleepUntil(ctx, w.start) {
			return
		}
		w.before, w.err = ownUsage()
		atStart()
		if !sleepUntil(ctx, w.end) {
			return
		}
		after, err := ownUsage()
		if w.after, w.complete = after, true; err != nil {
			w.err = err
		}
		atEnd()
	})
	both.Wait()
}

// verify takes a sample at second 0, 1, ... and at the end. While the server takes long over GET /stats the next sample
// is late; none is left out, and each carries its true time. A server that hangs is given up statsDeadline after the end.
func (w *window) verify(ctx context.Context, c *census) {
	priority.GiveWay()
	asking, cancel := context.WithDeadline(ctx, w.end.Add(statsDeadline))
	defer cancel()
	lasting := w.end.Sub(w.start)
	for at := time.Duration(0); ; at = min(at+sampleInterval, lasting) {
		if !sleepUntil(ctx, w.start.Add(at)) {
			return
		}
		sample, stats := c.take(asking, time.Since(w.start))
		w.samples = append(w.samples, sample)
		if at == 0 {
			w.first = stats
		}
		if at == lasting {
			w.last = stats
			return
		}
	}
}

// sleepUntil reports whether the time came before ctx ended.
func sleepUntil(ctx context.Context, t time.Time) bool {
	timer := time.NewTimer(time.Until(t))
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
		return false
	}
}
