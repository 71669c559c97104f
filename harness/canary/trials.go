package canary

import (
	"context"
	"fmt"
	"os"
	"time"

	"github.com/assay-bench/assay/harness/claim"
	"github.com/assay-bench/assay/harness/launch"
	"github.com/assay-bench/assay/harness/load"
	"github.com/assay-bench/assay/harness/null"
	"github.com/assay-bench/assay/harness/plan"
	"github.com/assay-bench/assay/harness/run"
	"github.com/assay-bench/assay/harness/rundir"
	"github.com/assay-bench/assay/harness/scenario"
	"github.com/assay-bench/assay/harness/target"
	"github.com/assay-bench/assay/harness/trial"
)

// A contender is one null server in a plan.
type contender struct {
	id    string
	fault null.Options
}

// plan makes a plan of one cell in which every contender has one trial in each block.
func (b Bench) plan(blocks int, w workload, contenders ...contender) plan.Plan {
	cell := plan.Cell{
		ID: fmt.Sprintf("%s/%d", w.mode, w.connections), Scenario: string(w.mode), Mode: w.mode,
		Request: plan.NullRequest, Connections: w.connections, RequestsPerSecond: w.perSecond,
		SLOP99: objective, Spread: w.spread, WarmUp: w.warmUp, Window: w.window,
	}
	p := plan.Plan{
		Schema: plan.Schema, Seed: seed, Runtime: b.Launcher.Name(), Engine: b.Engine, Placement: b.Placement,
		Awake: plan.Awake(b.Engine, 1, b.Placement), AwakeAtLimit: true,
		Cells: []plan.Cell{cell}, Blocks: blocks, Limits: plan.DefaultLimits(), HostLimit: b.Placement.OpenFiles,
	}
	for _, c := range contenders {
		p.Targets = append(p.Targets, target.Target{ID: c.id})
	}
	for block := range blocks {
		for _, c := range contenders {
			addSlot(&p, block+1, c.id)
		}
	}
	p.Expected = time.Duration(len(p.Slots)) * p.SlotTime(cell)
	p.Budget = 2 * p.Expected // latencies that are rejected are tried for again within it
	return p
}

func addSlot(p *plan.Plan, block int, id string) {
	p.Slots = append(p.Slots, plan.Slot{Index: len(p.Slots), Block: block, Cell: p.Cells[0].ID, Target: id, Replica: 1})
}

// addNull adds the control: the null server in the first block and in the last.
func addNull(p *plan.Plan) {
	control := target.Null()
	p.Null = &control
	addSlot(p, 1, control.ID)
	addSlot(p, p.Blocks, control.ID)
}

// claimHeld adds the claim that a contender sustains the plan's connections.
func claimHeld(p *plan.Plan, id string) {
	cell := p.Cells[0]
	p.Ledger.Claims = append(p.Ledger.Claims, claim.Claim{ID: id, Readings: []claim.Reading{{
		ID: "held", Headline: true, Shape: claim.Threshold, Target: id, AtLeast: cell.Connections, Cell: cell.ID,
	}}})
}

// execute runs the plan as any other, and returns the records of all attempts.
func (b Bench) execute(ctx context.Context, p plan.Plan, contenders ...contender) ([]trial.Record, error) {
	parent, err := os.MkdirTemp(b.Dir, "trials-")
	if err != nil {
		return nil, err
	}
	dir, err := rundir.Create(parent, b.Now(), p, trial.Environment{Schema: plan.Schema})
	if err != nil {
		return nil, err
	}
	builds := map[string]launch.Build{}
	for _, c := range contenders {
		builds[c.id] = b.build(c.id, c.fault)
	}
	if err := run.Execute(ctx, run.Config{
		Plan: p, Dir: dir, Launcher: b.Launcher, Builds: builds, Observer: unobserved{}, Now: b.Now,
	}); err != nil {
		return nil, err
	}
	return dir.Records()
}

// unobserved tells nobody.
type unobserved struct{}

func (unobserved) TrialStarted(plan.Slot, int, run.Remaining) {}
func (unobserved) TrialProgress(plan.Slot, load.Progress)     {}
func (unobserved) TrialEnded(trial.Record)                    {}

// hold is a workload of connections that are held.
func hold(connections int, perSecond float64) workload {
	return workload{mode: scenario.Hold, connections: connections, perSecond: perSecond}
}

// usable are the records of one contender that may enter a verdict; none is an error that says why.
func usable(records []trial.Record, id string) ([]trial.Record, error) {
	var of []trial.Record
	why := "it has no record"
	for _, r := range records {
		switch {
		case r.Target != id:
		case r.Usable():
			of = append(of, r)
		default:
			why = r.Failure
		}
	}
	if len(of) == 0 {
		return nil, fmt.Errorf("no trial of %s is usable: %s", id, why)
	}
	return of, nil
}
