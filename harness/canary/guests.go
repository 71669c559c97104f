package canary

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/assay-bench/assay/harness/null"
	"github.com/assay-bench/assay/harness/trial"
)

// guests has the server hold connections that are not the load's: it opens them to itself in the warm-up, behind the
// barrier. The client counts its own as before; the kernel and the server have to count the guests too, in every sample.
// A side that repeats what another says is found out.
func guests() Canary {
	const (
		connections = 500
		uninvited   = 7
		window      = time.Second
	)
	return Canary{
		ID: "guests", Injected: "7 connections beside the load's 500", Fault: null.Options{Guests: uninvited},
		Means: "client, kernel and server are not counted apart: \"N held\" cannot be trusted",
		observe: func(ctx context.Context, b Bench, fault null.Options) ([]Prediction, error) {
			w := hold(connections, 2*connections)
			w.warmUp, w.window = 500*time.Millisecond, window
			server := contender{"server-with-guests", fault}
			records, err := b.execute(ctx, b.plan(1, w, server), server)
			if err != nil {
				return nil, err
			}
			if records, err = usable(records, server.id); err != nil {
				return nil, err
			}
			return guestCounts(connections, uninvited, window, records[len(records)-1].Connections), nil
		},
	}
}

// guestCounts predicts what each side counts of the load's connections and of others. A sample is taken every second.
func guestCounts(own, others int, window time.Duration, got trial.Connections) []Prediction {
	side := func(name string, want int, of func(trial.ConnectionSample) int) Prediction {
		return exactly(name, fmt.Sprint(want), different(got.Samples, of))
	}
	return []Prediction{
		exactly("N held", false, got.Held),
		exactly("closed", int64(0), got.Closed),
		exactly("samples", 1+int(window/time.Second), len(got.Samples)),
		side("client", own, func(s trial.ConnectionSample) int { return s.Client }),
		side("kernel", own+others, func(s trial.ConnectionSample) int { return s.Kernel }),
		side("server", own+others, func(s trial.ConnectionSample) int { return s.Server }),
	}
}

// different are the counts of one side over all samples, each once.
func different(samples []trial.ConnectionSample, of func(trial.ConnectionSample) int) string {
	var seen []string
	for _, s := range samples {
		if n := fmt.Sprint(of(s)); !slices.Contains(seen, n) {
			seen = append(seen, n)
		}
	}
	return strings.Join(seen, ", ")
}
