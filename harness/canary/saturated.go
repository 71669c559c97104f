package canary

import (
	"context"
	"time"

	"github.com/HdrHistogram/hdrhistogram-go"

	"github.com/assay-bench/assay/harness/load"
	"github.com/assay-bench/assay/harness/null"
	"github.com/assay-bench/assay/harness/scenario"
)

// saturatedBodies and saturatedStatuses have one fault each, so that one taken for the other is found out.
func saturatedBodies() Canary {
	return saturated("spoiled bodies", "1 answer in 1,000 has a wrong byte, at saturation", null.Options{WrongEvery: 1000})
}

func saturatedStatuses() Canary {
	return saturated("spoiled statuses", "1 answer in 1,000 has status 500, at saturation", null.Options{StatusEvery: 1000})
}

// saturated asks for all that a server can give (mode saturate), which spoils some of its answers. How many requests
// there will be nobody knows; of as many as were sent arithmetic says how many were spoiled, since the first of them is
// the server's first: there is no warm-up. A request is under way on every connection all the time, so that by Little's
// law rate times mean latency is the number of connections, however fast the host is. Both latencies that are kept, from
// the intended send and from the sending, are held to it: they are one in a closed loop.
func saturated(id, injected string, spoil null.Options) Canary {
	const (
		connections = 64
		window      = time.Second
	)
	return Canary{
		ID: id, Injected: injected, Fault: spoil, closedLoop: true,
		Means: "a closed loop takes wrong answers for right ones, or its rate or latencies are miscounted",
		observe: func(ctx context.Context, b Bench, fault null.Options) ([]Prediction, error) {
			res, err := b.drive(ctx, fault, workload{mode: scenario.Saturate, connections: connections, window: window})
			if err != nil {
				return nil, err
			}
			return saturatedNumbers(spoil, connections, window, res)
		},
	}
}

// saturatedNumbers predicts a closed loop on a server that spoils answers and does not wait.
func saturatedNumbers(spoil null.Options, connections float64, window time.Duration, r load.Result) ([]Prediction, error) {
	little, err := littlesLaw(connections, window, r)
	return append(append(spoiledCounts(spoil, r), little...), ownWork(r, leastBusyWorkUS)), err
}

// littlesLaw predicts that rate times latency is the number of connections. The rate is that of all requests, the
// latency that of the right answers, which the wrong ones take as well.
func littlesLaw(connections float64, window time.Duration, r load.Result) ([]Prediction, error) {
	predictions := []Prediction{within("in flight", connections, r.InFlight, "requests", 0.05)}
	for _, kept := range []struct {
		what      string
		histogram []byte
	}{{"rate x latency", r.Intended}, {"rate x service time", r.Service}} {
		h, err := load.DecodeHistogram(kept.histogram)
		if err != nil {
			return nil, err
		}
		product := float64(r.Sent) / window.Seconds() * meanSeconds(h)
		predictions = append(predictions, within(kept.what, connections, product, "requests", 0.05))
	}
	return predictions, nil
}

// meanSeconds is the mean of a histogram of microseconds.
func meanSeconds(h *hdrhistogram.Histogram) float64 { return h.Mean() / 1e6 }
