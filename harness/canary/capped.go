package canary

import (
	"context"
	"fmt"
	"time"

	"github.com/assay-bench/assay/harness/null"
	"github.com/assay-bench/assay/harness/plan"
	"github.com/assay-bench/assay/harness/target"
	"github.com/assay-bench/assay/harness/trial"
	"github.com/assay-bench/assay/harness/verdict"
)

// capped claims of a server that it holds 1,000 connections, where it takes 900 at most. No trial may say that N was
// held, and the claim is refuted, since the null server, without the cap, holds them, and more, on the same host: it has
// a trial in the first and in the last block, as in every plan.
func capped() Canary {
	const connections, most, cappedID = 1000, 900, "capped-server"
	return Canary{
		ID: "capped server", Injected: "at most 900 of 1,000 connections", Fault: null.Options{MaxConnections: most},
		Means: "a claim of a number of connections is not refuted when it is false, or not supported when it is true",
		observe: func(ctx context.Context, b Bench, fault null.Options) ([]Prediction, error) {
			w := hold(connections, 2*connections)
			w.warmUp, w.window = 200*time.Millisecond, time.Second
			server := contender{cappedID, fault}
			blocks := plan.DefaultLimits().MinBlocks
			p := b.plan(blocks, w, server)
			claimHeld(&p, cappedID)
			addNull(&p)
			records, err := b.execute(ctx, p, server, contender{target.NullID, null.Options{}})
			if err != nil {
				return nil, err
			}
			return []Prediction{
				exactly("trials with N held", ofTrials(0, blocks),
					ofTrials(count(records, cappedID, held), count(records, cappedID, all))),
				exactly("without the cap", ofTrials(2, 2), ofTrials(count(records, target.NullID, held), 2)),
				exactly("claim of N", verdict.Refuted, verdict.Judge(p, records).Claims[0].Verdict),
			}, nil
		},
	}
}

func ofTrials(n, all int) string { return fmt.Sprintf("%d of %d", n, all) }

func held(r trial.Record) bool { return r.Connections.Held }
func all(trial.Record) bool    { return true }

// count counts the slots of a server whose usable records are of a kind. Of several, where latencies were rejected and the slot tried again,
// the last one counts, as for a verdict.
func count(records []trial.Record, id string, is func(trial.Record) bool) int {
	last := map[int]bool{}
	for _, r := range records {
		if r.Target == id && r.Usable() {
			last[r.Slot] = is(r)
		}
	}
	n := 0
	for _, ok := range last {
		if ok {
			n++
		}
	}
	return n
}
