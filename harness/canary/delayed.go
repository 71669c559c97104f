package canary

import (
	"context"
	"time"

	"github.com/assay-bench/assay/harness/null"
	"github.com/assay-bench/assay/harness/scenario"
)

// delayed injects a fixed delay, which must come back as the median latency.
func delayed() Canary {
	const delay = 20 * time.Millisecond
	return Canary{
		ID: "fixed delay", Injected: "20 ms before every answer", Fault: null.Options{Delay: delay},
		Means: "latencies are not what they are: the load side is too slow, or its clock is wrong",
		observe: func(ctx context.Context, b Bench, fault null.Options) ([]Prediction, error) {
			res, err := b.drive(ctx, fault, workload{
				mode: scenario.Hold, connections: 200, perSecond: 1000,
				warmUp: 500 * time.Millisecond, window: 2 * time.Second,
			})
			if err != nil {
				return nil, err
			}
			median, err := latency(res, 50)
			if err != nil {
				return nil, err
			}
			return []Prediction{
				within("p50", milliseconds(delay), milliseconds(median), "ms", 0.05),
				exactly("requests lost", int64(0), res.Scheduled-res.Done),
			}, nil
		},
	}
}
