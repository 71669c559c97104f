package canary

import (
	"context"
	"time"

	"github.com/assay-bench/assay/harness/null"
	"github.com/assay-bench/assay/harness/scenario"
)

// stalled stops all answers for a while in an open loop. A request that is meant to leave t after the stall's beginning
// waits S - t, and requests are spread evenly over the window W; so the share of them that takes longer than x is
// (S-x)/W, and p99 is S - 0.01 W. A load that waits for answers before it asks again sees next to nothing of it:
// coordinated omission. The tolerance is for what it takes to work off the line behind the stall.
func stalled() Canary {
	const (
		stall  = time.Second
		window = 4 * time.Second
		warmUp = 500 * time.Millisecond
	)
	return Canary{
		ID: "stall", Injected: "no answer for 1 s of a window of 4 s, 1,000 requests/s",
		// The first request for /null comes just before the warm-up.
		Fault: null.Options{StallAt: warmUp + time.Second, StallFor: stall},
		Means: "latencies leave out the time that requests wait in line (coordinated omission)",
		observe: func(ctx context.Context, b Bench, fault null.Options) ([]Prediction, error) {
			res, err := b.drive(ctx, fault, workload{
				mode: scenario.Rate, connections: 64, perSecond: 1000, warmUp: warmUp, window: window,
			})
			if err != nil {
				return nil, err
			}
			p99, err := latency(res, 99)
			if err != nil {
				return nil, err
			}
			longest, err := latency(res, 100)
			return []Prediction{
				within("p99", milliseconds(stall-window/100), milliseconds(p99), "ms", 0.05),
				within("maximum", milliseconds(stall), milliseconds(longest), "ms", 0.05),
				exactly("requests lost", int64(0), res.Scheduled-res.Done),
			}, err
		},
	}
}
