package run

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"slices"
	"time"

	"github.com/assay-bench/assay/harness/coldstart"
	"github.com/assay-bench/assay/harness/launch"
	"github.com/assay-bench/assay/harness/load"
	"github.com/assay-bench/assay/harness/measure"
	"github.com/assay-bench/assay/harness/plan"
	"github.com/assay-bench/assay/harness/probe"
	"github.com/assay-bench/assay/harness/target"
)

// How a start is asked for its first answer, and an idle server for its memory.
const (
	pollInterval = 200 * time.Microsecond
	idleSampling = 500 * time.Millisecond
)

// A holder is a launcher that can stop a target right before its exec and leave the moment to the agent.
type holder interface {
	LaunchHeld(ctx context.Context, b launch.Build, t target.Target, p target.Placement, gate string) (launch.Instance, error)
}

// starts is one trial of mode start.
type starts struct {
	cfg    Config
	slot   plan.Slot
	cell   plan.Cell
	target target.Target
	obs    *observation
}

// observe starts fresh instances one after another, and looks at the last one while it is idle.
func (s *starts) observe(ctx context.Context) error {
	build := s.cfg.Builds[s.slot.Target]
	s.obs.Starts = &measure.Starts{Asked: s.cell.Starts, Artifact: measure.Artifact{Bytes: build.Bytes, Binary: imageBinary(s.cfg.Plan.Runtime, build), SHA256: build.SHA256}}
	if c := build.Source; c != nil {
		s.obs.Starts.Source = &measure.Source{Counter: c.Counter, Files: c.Files, Lines: c.Lines, Modules: c.Modules}
		for _, f := range c.LeftOut {
			s.obs.Starts.Source.LeftOut = append(s.obs.Starts.Source.LeftOut, measure.LeftOut{Path: f.Path, Lines: f.Lines})
		}
	}
	s.readHost()
	for n := range s.cell.Starts {
		last := n == s.cell.Starts-1
		one, err := s.start(ctx, build, n, last)
		if err != nil {
			return err
		}
		s.obs.Starts.Starts = append(s.obs.Starts.Starts, one)
		if one.Failure != "" || s.obs.Seen.Exit != nil {
			break // the trial has failed: the server did not come up
		}
		s.cfg.Observer.TrialProgress(s.slot, load.Progress{Phase: load.Measuring, Fraction: float64(n+1) / float64(s.cell.Starts)})
	}
	s.readHost()
	return nil
}

// imageBinary is the size of the program in an image; 0 for a plain process, whose size is all there is.
func imageBinary(runtime string, b launch.Build) int64 {
	if runtime == "docker" {
		return b.Binary
	}
	return 0
}

// start is one start; of the last, the idle time as well.
func (s *starts) start(ctx context.Context, build launch.Build, n int, last bool) (one coldstart.Start, err error) {
	err = heldStart(ctx, s.cfg.Launcher, s.cfg.Plan.Placement, build, s.target, fmt.Sprintf("%d %d", s.slot.Index, n), func(inst launch.Instance, first coldstart.Start) error {
		one = first
		if first.Failure != "" {
			s.obs.Seen.Exit = exited(inst)
			return nil
		}
		if last {
			return s.idle(ctx, inst)
		}
		return nil
	})
	return one, err
}

// heldStart launches a target up to its gate, lets the agent open it, hands both over, and stops the target.
func heldStart(ctx context.Context, by launch.Launcher, place target.Placement, build launch.Build, t target.Target, name string,
	then func(launch.Instance, coldstart.Start) error) (err error) {
	l, ok := by.(holder)
	if !ok {
		return fmt.Errorf("the %s launcher cannot hold a target before its start", by.Name())
	}
	gate := fmt.Sprintf("assay start %d %s", os.Getpid(), name) // of this process, this trial and this start alone
	inst, err := l.LaunchHeld(ctx, build, t, place, gate)
	if err != nil {
		return fmt.Errorf("start %s: %w", t.ID, err)
	}
	defer func() {
		stopCtx, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopTimeout)
		defer cancel()
		if _, stopErr := inst.Stop(stopCtx); stopErr != nil {
			err = errors.Join(err, fmt.Errorf("stop %s: %w", t.ID, stopErr))
		}
	}()
	first, err := askFirst(ctx, inst, gate)
	if err != nil {
		return err
	}
	return then(inst, first)
}

// askFirst runs the agent's side.
func askFirst(ctx context.Context, inst launch.Instance, gate string) (coldstart.Start, error) {
	var first coldstart.Start
	body, err := json.Marshal(Task{Start: &coldstart.Job{Gate: gate, Address: inst.Address(), Interval: pollInterval, Timeout: launch.StartGrace}})
	if err != nil {
		return first, err
	}
	out, err := inst.Agent(ctx, launch.AgentRun{Job: body})
	if err != nil {
		return first, err
	}
	if err := json.Unmarshal(out, &first); err != nil {
		return first, fmt.Errorf("the load agent's result: %w", err)
	}
	return first, nil
}

// idle leaves the server alone and then samples its memory, from where the trials with load take it.
func (s *starts) idle(ctx context.Context, inst launch.Instance) error {
	w := startWatch(ctx, inst, nil)
	err := pause(ctx, s.cell.Idle)
	from := s.cfg.Now()
	if err == nil {
		err = pause(ctx, idleSampling)
	}
	to := s.cfg.Now()
	seen := w.stop()
	s.obs.Samples, s.obs.Seen.Unsampled = seen.samples, append(s.obs.Seen.Unsampled, seen.errs...)
	s.obs.Seen.Exit = exited(inst)
	if err != nil {
		return err
	}
	s.obs.Starts.IdleFromUnixNano, s.obs.Starts.IdleToUnixNano = from.UnixNano(), to.UnixNano()
	return nil
}

// readHost notes the CPU counters of the placement at both ends of the trial.
func (s *starts) readHost() { readHost(s.cfg.Plan.Placement, s.obs) }

func readHost(p target.Placement, obs *observation) {
	sample, err := probe.ReadHostSample()
	if err != nil {
		obs.Seen.Unsampled = append(obs.Seen.Unsampled, err.Error())
		return
	}
	obs.Seen.Host = append(obs.Seen.Host, sample.Only(slices.Concat(p.TargetCPUs, p.LoadCPUs)))
}

func pause(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return context.Cause(ctx)
	case <-timer.C:
		return nil
	}
}
