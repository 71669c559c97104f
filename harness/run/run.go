package run

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/assay-bench/assay/harness/launch"
	"github.com/assay-bench/assay/harness/load"
	"github.com/assay-bench/assay/harness/plan"
	"github.com/assay-bench/assay/harness/rundir"
	"github.com/assay-bench/assay/harness/trial"
)

// ErrInterrupted: the context ended. Everything recorded is kept.
var ErrInterrupted = errors.New("interrupted")

// maxBrokenInARow is after how many trials in a row that could not be measured a run gives
// up: the engine is gone, the disk is full, the host refuses.
const maxBrokenInARow = 3

// Config is what a run needs.
type Config struct {
	Plan     plan.Plan
	Dir      *rundir.Dir
	Launcher launch.Launcher
	Builds   map[string]launch.Build // by target ID
	// Host builds sources in mode build, and starts what came of them, as plain processes: with this host's compilers, also
	// where Launcher's servers are containers, whose compilers stand in images. nil in plans without builds.
	Host     launch.Launcher
	Database *Database // that the plan's cells want; nil where none does
	Observer Observer
	Now      func() time.Time
	// Decided is asked once, after the block of the plan's first look, whether the run ends there. It is not asked where the plan
	// declares no look, or where a trial behind it was made.
	Decided func() (bool, error)
}

// An Observer is told what happens; it must return quickly.
type Observer interface {
	TrialStarted(slot plan.Slot, attempt int, left Remaining)
	TrialProgress(slot plan.Slot, p load.Progress)
	TrialEnded(r trial.Record)
}

// Remaining says what is still to do when a trial starts.
type Remaining struct {
	Trials int           // this one included
	Time   time.Duration // by the plan's expectation, corrected by what the trials so far took
}

// Execute runs every slot of the plan that the directory has no usable record for.
func Execute(ctx context.Context, cfg Config) error {
	records, err := cfg.Dir.Records()
	if err != nil {
		return err
	}
	todo := pending(cfg.Plan, records)
	clock := newPace(cfg.Plan, cfg.Now)
	broken := 0
	for i, item := range todo {
		if cfg.Plan.FirstLook > 0 && i == firstBehind(todo, cfg.Plan.FirstLook) && !anyBehind(records, cfg.Plan.FirstLook) {
			if done, err := cfg.Decided(); done || err != nil {
				return err
			}
		}
		for attempt := item.nextAttempt; ; attempt++ {
			if ctx.Err() != nil {
				return ErrInterrupted
			}
			cfg.Observer.TrialStarted(item.slot, attempt, clock.remaining(todo[i:]))
			started := cfg.Now()
			rec, err := one(ctx, cfg, item.slot, attempt)
			if ctx.Err() != nil {
				return ErrInterrupted
			}
			if err != nil {
				return err
			}
			clock.took(item.slot, cfg.Now().Sub(started))
			cfg.Observer.TrialEnded(rec)
			if rec.Usable() {
				broken = 0
				if rec.Late() && clock.roomFor(todo[i:]) && attempt < cfg.Plan.Limits.Attempts {
					continue // its latencies alone were rejected, and there is time to try for them again
				}
				break
			}
			if rec.Status == trial.Broken {
				if broken++; broken == maxBrokenInARow {
					return fmt.Errorf("%d trials in a row could not be measured; the last: %s", broken, rec.Failure)
				}
				continue
			}
			broken = 0
			if item.invalid++; item.invalid >= cfg.Plan.Limits.Attempts {
				break
			}
		}
	}
	return nil
}

// firstBehind is the index of the first task of a later block; -1 for none.
func firstBehind(todo []task, block int) int {
	return slices.IndexFunc(todo, func(t task) bool { return t.slot.Block > block })
}

// anyBehind tells whether a trial of a later block was made.
func anyBehind(records []trial.Record, block int) bool {
	return slices.ContainsFunc(records, func(r trial.Record) bool { return r.Block > block })
}

// A task is a slot that still needs a usable record.
type task struct {
	slot        plan.Slot
	nextAttempt int
	invalid     int // attempts so far that a validity check rejected; broken ones don't count
}

// pending lists the slots without a usable record that have attempts left.
func pending(p plan.Plan, records []trial.Record) []task {
	tasks := make([]task, len(p.Slots))
	done := make([]bool, len(p.Slots))
	for i, s := range p.Slots {
		tasks[i] = task{slot: s, nextAttempt: 1}
	}
	for _, r := range records {
		if r.Slot < 0 || r.Slot >= len(tasks) {
			continue
		}
		t := &tasks[r.Slot]
		t.nextAttempt = max(t.nextAttempt, r.Attempt+1)
		if r.Status == trial.Invalid {
			t.invalid++
		}
		done[r.Slot] = done[r.Slot] || r.Usable() || t.invalid >= p.Limits.Attempts
	}
	var todo []task
	for i, t := range tasks {
		if !done[i] {
			todo = append(todo, t)
		}
	}
	return todo
}

// Left returns how many slots of the plan the records don't settle.
func Left(p plan.Plan, records []trial.Record) int { return len(pending(p, records)) }
