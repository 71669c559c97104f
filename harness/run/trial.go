package run

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/assay-bench/assay/harness/launch"
	"github.com/assay-bench/assay/harness/load"
	"github.com/assay-bench/assay/harness/plan"
	"github.com/assay-bench/assay/harness/trial"
)

// stopTimeout bounds the clean-up of an instance after a trial, however the trial ended.
const stopTimeout = 20 * time.Second

// An observation is all that was seen of one trial, before any judgement.
type observation struct {
	cell     plan.Cell
	place    placed
	limits   plan.Limits
	result   load.Result
	launched bool         // the target started
	exit     *launch.Exit // the target ended on its own during the trial
	usage    usage
	err      error // the harness or the host failed
}

// placed is the part of the placement that numbers are divided by.
type placed struct {
	targetCPUs, loadCPUs []int
	memoryBytes          int64
	runtime              string
}

// one runs one attempt and records it. What goes wrong in the trial is in the record; the
// error says that no further trial can succeed: the engine or the disk is gone.
func one(ctx context.Context, cfg Config, slot plan.Slot, attempt int) (trial.Record, error) {
	rec := trial.Record{
		Schema: trial.Schema, Slot: slot.Index, Attempt: attempt, Block: slot.Block, Cell: slot.Cell,
		Target: slot.Target, Replica: slot.Replica, StartedAt: cfg.Now().UTC(),
		ID: fmt.Sprintf("%03d-%s-%s-r%d-a%d", slot.Index, strings.ReplaceAll(slot.Cell, "/", "-"), slot.Target, slot.Replica, attempt),
	}
	obs := observe(ctx, cfg, slot)
	if ctx.Err() != nil {
		return rec, nil // cut short: nothing was measured to its end
	}
	rec.EndedAt = cfg.Now().UTC()
	if err := describe(&rec, obs); err != nil {
		obs.err = errors.Join(obs.err, err)
	}
	decide(&rec, obs)
	var err error
	if rec.Raw, err = writeRaw(cfg.Dir, rec.ID, obs); err != nil {
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

// observe starts a fresh instance, loads it, and stops it again.
func observe(ctx context.Context, cfg Config, slot plan.Slot) (obs observation) {
	p := cfg.Plan
	cell, ok := p.CellOf(slot)
	target, known := p.Target(slot.Target)
	obs = observation{cell: cell, limits: p.Limits, place: placed{p.Placement.TargetCPUs, p.Placement.LoadCPUs, p.Placement.MemoryBytes, p.Runtime}}
	if !ok || !known {
		obs.err = fmt.Errorf("plan.json has no cell %s or target %s", slot.Cell, slot.Target)
		return obs
	}
	inst, err := cfg.Launcher.Launch(ctx, cfg.Builds[slot.Target], target, p.Placement)
	if err != nil {
		obs.err = fmt.Errorf("start %s: %w", slot.Target, err)
		return obs
	}
	obs.launched = true
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

// drive runs the agent against the instance, with the samplers around both.
func drive(ctx context.Context, cfg Config, slot plan.Slot, inst launch.Instance, j load.Job, obs *observation) {
	watch := startWatch(ctx, inst, obs.place)
	agents := crew{inst: inst, started: watch.agentStarted, progress: func(p load.Progress) {
		watch.phase(p.Phase)
		cfg.Observer.TrialProgress(slot, p)
	}}
	result, err := agents.drive(ctx, split(j, cfg.Plan.AgentsOf(obs.cell)))
	obs.usage = watch.stop()
	obs.exit = exited(inst)
	if err != nil {
		obs.err = err
		return
	}
	obs.result = result
}

// exited tells whether the target ended on its own.
func exited(inst launch.Instance) *launch.Exit {
	select {
	case e, ok := <-inst.Exited():
		if !ok || e.Err != nil {
			return nil // stopped by us, or the engine was lost, which the agent's error says
		}
		return &e
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
		RequestTimeout: 30 * time.Second, SLOP99: c.SLOP99, CPUs: max(1, len(p.Placement.LoadCPUs)),
	}
}
