package canary

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/assay-bench/assay/harness/launch"
	"github.com/assay-bench/assay/harness/load"
	"github.com/assay-bench/assay/harness/null"
	"github.com/assay-bench/assay/harness/plan"
	"github.com/assay-bench/assay/harness/run"
	"github.com/assay-bench/assay/harness/scenario"
	"github.com/assay-bench/assay/harness/target"
)

const (
	seed = 1
	// objective is wide of everything that the canaries measure against it.
	objective = 100 * time.Millisecond
	// stopTimeout bounds the end of a server, however its measurement ended.
	stopTimeout = 20 * time.Second
)

// A Bench is where canaries are proved.
type Bench struct {
	Launcher  launch.Launcher
	Null      launch.Build // of the null server, without a fault
	Placement target.Placement
	Engine    string // load.Native or load.Vegeta
	Dir       string // for what the trials write; the caller removes it
	Now       func() time.Time
}

// build is the null server with this fault, as launchers start it.
func (b Bench) build(id string, fault null.Options) launch.Build {
	faulty := b.Null
	faulty.TargetID, faulty.Args = id, slices.Concat(b.Null.Args, fault.Args())
	return faulty
}

// workload is what one canary asks of the load agent.
type workload struct {
	mode           scenario.Mode
	connections    int
	perSecond      float64       // requests, over all connections
	spread         time.Duration // of a closed loop's first requests
	warmUp, window time.Duration
}

// drive loads a fresh server with this fault. A job that could not be measured is an error.
func (b Bench) drive(ctx context.Context, fault null.Options, w workload) (result load.Result, err error) {
	inst, err := b.Launcher.Launch(ctx, b.build(target.NullID, fault), target.Null(), b.Placement)
	if err != nil {
		return result, err
	}
	defer func() {
		stopping, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopTimeout)
		defer cancel()
		_, stopErr := inst.Stop(stopping)
		err = errors.Join(err, stopErr)
	}()
	body, err := json.Marshal(run.Task{Load: &load.Job{
		Engine: b.Engine, Address: inst.Address(), Mode: w.mode, Request: plan.NullRequest, Connections: w.connections,
		RequestsPerSecond: w.perSecond, Seed: seed, ConnectPerSecond: plan.ConnectPerSecond(b.Engine),
		ConnectTimeout: 10 * time.Second, Spread: w.spread, WarmUp: w.warmUp, Window: w.window, Drain: 2 * time.Second,
		RequestTimeout: 10 * time.Second, SLOP99: objective, CPUs: max(1, len(b.Placement.LoadCPUs)),
		Awake: b.awakeFor(w),
	}})
	if err != nil {
		return result, err
	}
	out, err := inst.Agent(ctx, launch.AgentRun{Job: body})
	if err != nil {
		return result, err
	}
	if err := json.Unmarshal(out, &result); err != nil {
		return result, fmt.Errorf("the load agent's result: %w", err)
	}
	if result.Failure != "" {
		return result, fmt.Errorf("the load agent could not measure: %s", result.Failure)
	}
	return result, nil
}

// awakeFor is how the load agent of a run would stay awake for this workload.
func (b Bench) awakeFor(w workload) time.Duration {
	p := plan.Plan{Engine: b.Engine, Placement: b.Placement, Awake: plan.Awake(b.Engine, 1, b.Placement), AwakeAtLimit: true}
	return p.AwakeOf(plan.Cell{Mode: w.mode, Connections: w.connections})
}

// latency is a quantile of the time from the intended send to done.
func latency(r load.Result, percentile float64) (time.Duration, error) {
	h, err := load.DecodeHistogram(r.Intended)
	if err != nil {
		return 0, err
	}
	return time.Duration(h.ValueAtQuantile(percentile)) * time.Microsecond, nil
}

func milliseconds(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }
