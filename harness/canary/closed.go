package canary

import (
	"context"
	"time"

	"github.com/assay-bench/assay/harness/null"
)

// closedConnections has the server close two of 2,000 connections in the window: each that it closes has had two
// requests a second, so the third answer, behind which it ends, comes a second into the trial at the earliest. Of 2,000
// connections in a row two are of the kind, however many were opened before the load's. The server runs as a target,
// since the null server itself would be asked for more connections than the plan says.
func closedConnections() Canary {
	const every, connections = 1000, 2000
	return Canary{
		ID: "closed connections", Injected: "1 connection in 1,000 is closed in the window",
		Fault: null.Options{CloseEvery: every},
		Means: "connections that end are not noticed, or not counted right: \"N held\" cannot be trusted",
		observe: func(ctx context.Context, b Bench, fault null.Options) ([]Prediction, error) {
			w := hold(connections, 2*connections)
			w.warmUp, w.window = 500*time.Millisecond, 2*time.Second
			server := contender{"closing-server", fault}
			records, err := b.execute(ctx, b.plan(1, w, server), server)
			if err != nil {
				return nil, err
			}
			if records, err = usable(records, server.id); err != nil {
				return nil, err
			}
			got := records[len(records)-1].Connections
			return []Prediction{
				exactly("N held", false, got.Held),
				exactly("closed", null.Options{CloseEvery: every}.Closed(1, connections), got.Closed),
			}, nil
		},
	}
}
