package run

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/assay-bench/assay/harness/launch"
	"github.com/assay-bench/assay/harness/load"
	"github.com/assay-bench/assay/harness/measure"
	"github.com/assay-bench/assay/harness/plan"
	"github.com/assay-bench/assay/harness/rundir"
	"github.com/assay-bench/assay/harness/trial"
)

// stopTimeout bounds the clean-up of an instance after a trial, however the trial ended.
const stopTimeout = 20 * time.Second

// An observation is all that was seen of one trial, before any judgement.
type observation struct {
	measure.Observation
	err error // the harness or the host failed, or the target did not start
}

// one runs one attempt and records it. What goes wrong in the trial is in the record; the
// error says that no further trial can succeed: the engine or the disk is gone.
func one(ctx context.Context, cfg Config, slot plan.Slot, attempt int) (trial.Record, error) {
	rec := measure.Head(slot, attempt)
	rec.StartedAt = cfg.Now().UTC()
	obs := observe(ctx, cfg, slot)
	if ctx.Err() != nil {
		return rec, nil // cut short: nothing was measured to its end
	}
	rec.EndedAt = cfg.Now().UTC()
	files, raw, err := obs.seal()
	if err != nil {
		return rec, err
	}
	if rec, err = measure.Record(rec, cfg.Plan, raw); err != nil {
		return rec, err
	}
	if rec.Raw, err = writeRaw(cfg.Dir, rec.ID, files); err != nil {
		return rec, err
	}
	if err := cfg.Dir.Append(rec); err != nil {
		return rec, err
	}
	if errors.Is(obs.err, launch.ErrEngine) {
		return rec, obs.err
	}
	return rec, nil
}

// seal gives the raw files and what can be read back from them, which is all that the
// record may rest on. A result that cannot be kept is a failure of the harness.
func (o *observation) seal() ([]measure.File, measure.Raw, error) {
	files, raw, err := roundTrip(o.Observation)
	if err == nil {
		return files, raw, nil
	}
	o.err = errors.Join(o.err, err)
	o.Seen.Failure, o.Seen.DiedAtStart, o.Result, o.Samples = o.err.Error(), false, nil, nil
	o.Starts, o.Builds = nil, nil
	return roundTrip(o.Observation)
}

func roundTrip(o measure.Observation) ([]measure.File, measure.Raw, error) {
	files, err := measure.Encode(o)
	if err != nil {
		return nil, measure.Raw{}, err
	}
	raw, err := measure.Decode(files)
	return files, raw, err
}

func writeRaw(dir *rundir.Dir, trialID string, files []measure.File) ([]trial.Artifact, error) {
	// A process that died between a trial's raw data and its record left files that no record names.
	if err := dir.ClearRaw(trialID); err != nil {
		return nil, err
	}
	var all []trial.Artifact
	for _, f := range files {
		a, err := dir.WriteRaw(trialID, f.Name, f.Body)
		if err != nil {
			return nil, err
		}
		all = append(all, a)
	}
	return all, nil
}

// observe starts a fresh instance, loads it, and stops it again.
func observe(ctx context.Context, cfg Config, slot plan.Slot) (obs observation) {
	launched := false
	defer func() { obs.fail(obs.err, launched) }() // after the stop, which may fail as well
	p := cfg.Plan
	cell, ok := p.CellOf(slot)
	target, known := p.Target(slot.Target)
	if !ok || !known {
		obs.err = fmt.Errorf("plan.json has no cell %s or target %s", slot.Cell, slot.Target)
		return obs
	}
	switch cell.Mode { // these two have no instance that dies while it starts: it ends before or behind its gate
	case "start":
		s := starts{cfg: cfg, slot: slot, cell: cell, target: target, obs: &obs}
		launched, obs.err = true, s.observe(ctx)
		return obs
	case "build":
		launched, obs.err = true, observeBuild(ctx, cfg, slot, target, &obs)
		return obs
	}
	if cell.PoolSize > 0 {
		if cfg.Database == nil {
			obs.err = fmt.Errorf("cell %s wants a database, and none runs", cell.ID)
			return obs
		}
		if obs.err = cfg.Database.Reset(ctx); obs.err != nil {
			return obs
		}
	}
	inst, err := cfg.Launcher.Launch(ctx, cfg.Builds[slot.Target], target, cfg.Database.Beside(p.Placement, cell.PoolSize))
	if err != nil {
		obs.err = fmt.Errorf("start %s: %w", slot.Target, err)
		return obs
	}
	launched = true
	defer func() {
		// The trial's context may be over; leaving a server behind is worse than waiting for it.
		stopCtx, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopTimeout)
		defer cancel()
		if _, err := inst.Stop(stopCtx); err != nil && obs.err == nil {
			obs.err = fmt.Errorf("stop %s: %w", slot.Target, err)
		}
	}()
	drive(ctx, cfg, slot, inst, job(p, cell, inst.Address(), slot), &obs)
	return obs
}

// fail notes what went wrong, for the raw data.
func (o *observation) fail(err error, launched bool) {
	if err == nil {
		return
	}
	var died *launch.ExitError
	o.Seen.Failure, o.Seen.DiedAtStart = err.Error(), !launched && errors.As(err, &died)
}

// drive runs the agent against the instance, with the samplers around both.
func drive(ctx context.Context, cfg Config, slot plan.Slot, inst launch.Instance, j load.Job, obs *observation) {
	place := cfg.Plan.Placement
	watch := startWatch(ctx, inst, slices.Concat(place.TargetCPUs, place.LoadCPUs))
	agents := crew{inst: inst, started: watch.agentStarted, progress: func(p load.Progress) {
		watch.phase(p.Phase)
		cfg.Observer.TrialProgress(slot, p)
	}}
	cell, _ := cfg.Plan.CellOf(slot)
	result, err := agents.drive(ctx, split(j, cfg.Plan.AgentsOf(cell)))
	seen := watch.stop()
	obs.Samples, obs.Seen.Host, obs.Seen.Unsampled = seen.samples, seen.host, seen.errs
	obs.Seen.Exit = exited(inst)
	if err != nil {
		obs.err = err
		return
	}
	obs.Result = &result
}

// exited tells whether the target ended on its own.
func exited(inst launch.Instance) *measure.Exit {
	select {
	case e, ok := <-inst.Exited():
		if !ok || e.Err != nil {
			return nil // stopped by us, or the engine was lost, which the agent's error says
		}
		return &measure.Exit{Code: e.Code, Signal: e.Signal, OOMKilled: e.OOMKilled, LogTail: e.LogTail}
	default:
		return nil
	}
}

// job translates a planned cell for the load agent. The seed differs per block, not per
// target: in one block all targets get the same requests in the same order.
func job(p plan.Plan, c plan.Cell, address string, slot plan.Slot) load.Job {
	engine := p.EngineOf(c)
	return load.Job{
		Engine: engine, Address: address, Mode: c.Mode, Request: c.Request, Connections: c.Connections,
		RequestsPerSecond: c.RequestsPerSecond, Seed: p.Seed + uint64(slot.Block), ConnectPerSecond: plan.ConnectPerSecond(engine),
		ConnectTimeout: 30 * time.Second, Spread: c.Spread, WarmUp: c.WarmUp, Window: c.Window, Drain: 2*time.Second + c.Spread,
		RequestTimeout: 30 * time.Second, SLOP99: c.SLOP99, CPUs: max(1, len(p.LoadCPUsOf(c))), Awake: p.AwakeOf(c),
	}
}
