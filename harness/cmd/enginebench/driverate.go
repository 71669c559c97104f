package main

import (
	"encoding/json"
	"fmt"
	"io"
	"time"

	"github.com/spf13/cobra"

	"github.com/assay-bench/assay/harness/load"
	"github.com/assay-bench/assay/harness/load/histogram"
	"github.com/assay-bench/assay/harness/plan"
	"github.com/assay-bench/assay/harness/scenario"
)

// rateCommand is the generator process of a job at a fixed rate: the load agent's own code.
func rateCommand(stdout io.Writer) *cobra.Command {
	job := load.Job{
		Mode: scenario.Rate, Request: "GET /item?id={id}", Seed: 1, ConnectPerSecond: connectsPerSecond,
		ConnectTimeout: connectLimit, Drain: 2 * time.Second, RequestTimeout: requestTimeout, SLOP99: 100 * time.Millisecond,
		CPUs: 1, Awake: plan.AwakeBefore,
	}
	cmd := &cobra.Command{
		Use:    "rate --engine native|vegeta --address HOST:PORT --connections N --rate R --window D",
		Short:  "Drive one job at a fixed rate and print its lateness and connect time",
		Hidden: true,
		Args:   cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			r, err := load.Run(cmd.Context(), job, nil)
			if err != nil {
				return misuse{err}
			}
			came, err := readResult(r)
			if err != nil {
				return err
			}
			return json.NewEncoder(stdout).Encode(came)
		},
	}
	f := cmd.Flags()
	f.StringVar(&job.Engine, "engine", "", "native or vegeta")
	f.StringVar(&job.Address, "address", "", "of the server, in 127.0.0.0/8")
	f.IntVar(&job.Connections, "connections", 0, "how many")
	f.Float64Var(&job.RequestsPerSecond, "rate", 0, "requests/s over all connections")
	f.Uint64Var(&job.Seed, "seed", job.Seed, "of phases and ids")
	f.DurationVar(&job.WarmUp, "warm-up", 0, "before the window")
	f.DurationVar(&job.Window, "window", 0, "how long")
	return cmd
}

// readResult takes from a job's result what is wanted here. A job of which a request failed, or never left, has no figures.
func readResult(r load.Result) (rated, error) {
	if r.Failure != "" {
		return rated{}, fmt.Errorf("%s (side: %s)", r.Failure, r.FailureSide)
	}
	if r.Done != r.Scheduled || r.Done == 0 { // the lateness of those that never left is not in the histogram
		return rated{}, fmt.Errorf("of %d requests %d were sent, %d answered, %d failed %v, %d are without an answer",
			r.Scheduled, r.Sent, r.Done, r.Failed, r.Errors, r.Pending)
	}
	late, err := histogram.Decode(r.Lateness)
	if err != nil {
		return rated{}, err
	}
	return rated{
		ConnectSeconds: r.ConnectSeconds, Scheduled: r.Scheduled, Done: r.Done,
		LateP50Micros: float64(late.ValueAtQuantile(50)), LateP99Micros: float64(late.ValueAtQuantile(99)),
	}, nil
}
