package canary

import (
	"context"
	"time"

	"github.com/assay-bench/assay/harness/load"
	"github.com/assay-bench/assay/harness/null"
	"github.com/assay-bench/assay/harness/scenario"
)

// inFlight holds connections to a slow server. Little's law gives the mean number of requests under way: rate x delay.
// An engine that cannot count them (vegeta) is held to the rate alone and to what the delay does to the median.
func inFlight() Canary {
	const (
		delay = 50 * time.Millisecond
		rate  = 2000.0
	)
	return Canary{
		ID: "slow server", Injected: "50 ms before every answer, 2,000 requests/s", Fault: null.Options{Delay: delay},
		Means: "requests do not leave as scheduled, or are miscounted",
		observe: func(ctx context.Context, b Bench, fault null.Options) ([]Prediction, error) {
			const window = 2 * time.Second
			res, err := b.drive(ctx, fault, workload{
				mode: scenario.Hold, connections: 1000, perSecond: rate, warmUp: 500 * time.Millisecond, window: window,
			})
			if err != nil {
				return nil, err
			}
			predictions := []Prediction{within("rate", rate, float64(res.Done)/window.Seconds(), "requests/s", 0.01)}
			if b.Engine == load.Native {
				little := within("in flight", rate*delay.Seconds(), res.InFlight, "requests", 0.05)
				return append(predictions, little), nil
			}
			median, err := latency(res, 50)
			return append(predictions, within("p50", milliseconds(delay), milliseconds(median), "ms", 0.05)), err
		},
	}
}
