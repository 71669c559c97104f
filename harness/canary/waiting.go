package canary

import (
	"context"
	"time"

	"github.com/assay-bench/assay/harness/load"
	"github.com/assay-bench/assay/harness/null"
	"github.com/assay-bench/assay/harness/scenario"
)

// waiting keeps a request under way on every connection to a server that lets each wait (mode in-flight). An answer is
// followed by the next request at once, so that each connection gets one answer a delay. The first requests are spread
// over a delay, and all of them have left before the window begins.
func waiting() Canary {
	const (
		connections = 500
		delay       = 100 * time.Millisecond
		window      = 2 * time.Second
	)
	return Canary{
		ID: "waiting requests", Injected: "100 ms before every answer to 500 connections",
		Fault: null.Options{Delay: delay}, closedLoop: true,
		Means: "a closed loop does not keep a request on every connection, or its rate or latencies are miscounted",
		observe: func(ctx context.Context, b Bench, fault null.Options) ([]Prediction, error) {
			res, err := b.drive(ctx, fault, workload{
				mode: scenario.InFlight, connections: connections, spread: delay, warmUp: 500 * time.Millisecond, window: window,
			})
			if err != nil {
				return nil, err
			}
			return waitingNumbers(connections, delay, window, res)
		},
	}
}

// waitingNumbers predicts a closed loop on a server that takes a delay for everything.
func waitingNumbers(connections float64, delay, window time.Duration, r load.Result) ([]Prediction, error) {
	median, err := latency(r, 50)
	if err != nil {
		return nil, err
	}
	return []Prediction{
		within("in flight", connections, r.InFlight, "requests", 0.05),
		within("p50", milliseconds(delay), milliseconds(median), "ms", 0.05),
		within("rate", connections/delay.Seconds(), float64(r.Done)/window.Seconds(), "requests/s", 0.05),
	}, nil
}
