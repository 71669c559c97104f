package run

import (
	"context"
	"errors"
	"fmt"

	"github.com/assay-bench/assay/harness/launch"
	"github.com/assay-bench/assay/harness/measure"
	"github.com/assay-bench/assay/harness/plan"
	"github.com/assay-bench/assay/harness/trial"
)

// perSecond is the metric that a capacity is (package measure has its name).
const perSecond = "requests_per_second"

// Calibrate drives every target of the plan to its limit and returns the plan with the rates that follow. A drive is a trial
// like any other but for its record, which is not kept: the plan itself has the figures. One that the host disturbed is made
// again; where all attempts were disturbed, the last one's rate is taken with a doubt, since it chooses how hard the servers
// are loaded and decides no claim.
//
// A plan that needs no calibration comes back as it is. cfg.Dir is not used.
func Calibrate(ctx context.Context, cfg Config) (plan.Plan, error) {
	if !cfg.Plan.Uncalibrated() {
		return cfg.Plan, nil
	}
	drives := cfg
	drives.Plan = cfg.Plan.Calibrating()
	seen := plan.Drives{Proofs: map[string][]plan.Proof{}}
	for _, slot := range drives.Plan.Slots {
		rate, doubt, err := capacity(ctx, drives, slot)
		if err != nil {
			return plan.Plan{}, err
		}
		seen.PerSecond = append(seen.PerSecond, rate)
		if doubt != "" {
			seen.Doubts = append(seen.Doubts, plan.Doubt{Scenario: slot.Cell, Target: slot.Target, Repeat: slot.Block, Why: doubt})
		}
	}
	for _, cell := range drives.Plan.Cells {
		if err := proveRate(ctx, cfg, cell.Scenario, &seen); err != nil {
			return plan.Plan{}, err
		}
	}
	return cfg.Plan.Calibrate(seen)
}

// maxProofs is how often a rate is lowered; after that it is a tenth of what the servers could take.
const maxProofs = 11

// proveRate lowers the rates of a scenario until the load side is fit for the highest of them. Lateness does not count here:
// it comes and goes with the host, and every trial is held against it on its own.
func proveRate(ctx context.Context, cfg Config, scenario string, seen *plan.Drives) error {
	for range maxProofs {
		calibrated, err := cfg.Plan.Calibrate(*seen)
		if err != nil {
			return err
		}
		proving := cfg
		proving.Plan = calibrated.Proving(scenario)
		rec, err := measuredOnce(ctx, proving, proving.Plan.Slots[0])
		if err != nil {
			return err
		}
		proof := plan.Proof{PerSecond: proving.Plan.Cells[0].RequestsPerSecond, AgentCPU: rec.Metrics[trial.AgentCPUShare], Fit: measure.LoadFit(rec)}
		seen.Proofs[scenario] = append(seen.Proofs[scenario], proof)
		if proof.Fit {
			return nil
		}
	}
	return fmt.Errorf("the load side is fit for no rate of scenario %s that was tried; give it more CPUs with --load-cpus, or leave the scenario out with --only", scenario)
}

// measuredOnce makes a trial until one gives numbers at all.
func measuredOnce(ctx context.Context, cfg Config, slot plan.Slot) (trial.Record, error) {
	for attempt := 1; ; attempt++ {
		cfg.Observer.TrialStarted(slot, attempt, Remaining{})
		rec, err := rehearse(ctx, cfg, slot, attempt)
		if ctx.Err() != nil {
			return rec, ErrInterrupted
		}
		if err != nil {
			return rec, err
		}
		cfg.Observer.TrialEnded(rec)
		if len(rec.Checks) > 0 {
			return rec, nil
		}
		if attempt == cfg.Plan.Limits.Attempts {
			return rec, fmt.Errorf("the load side could not be proved for cell %s: %s", slot.Cell, rec.Failure)
		}
	}
}

// capacity is the rate of one saturating drive, and what is wrong with it.
func capacity(ctx context.Context, cfg Config, slot plan.Slot) (rate float64, doubt string, err error) {
	for attempt := 1; ; attempt++ {
		cfg.Observer.TrialStarted(slot, attempt, Remaining{})
		rec, err := rehearse(ctx, cfg, slot, attempt)
		if ctx.Err() != nil {
			return 0, "", ErrInterrupted
		}
		if err != nil {
			return 0, "", err
		}
		cfg.Observer.TrialEnded(rec)
		rate, measured := rec.Metrics[perSecond]
		if !measured { // the agent was near its own end: the server does at least as much
			rate, measured = rec.Rejected[perSecond]
		}
		switch {
		case rec.Status == trial.OK && measured:
			return rate, "", nil
		case attempt < cfg.Plan.Limits.Attempts:
		case rec.Status == trial.Invalid && measured:
			return rate, rec.Failure, nil
		default:
			return 0, "", fmt.Errorf("no capacity of %s was found, of which the rates of scenario %s are shares: %s; --only leaves them out",
				slot.Target, slot.Cell, rec.Failure)
		}
	}
}

// rehearse makes one trial and keeps nothing of it but the record.
func rehearse(ctx context.Context, cfg Config, slot plan.Slot, attempt int) (trial.Record, error) {
	rec := measure.Head(slot, attempt)
	rec.StartedAt = cfg.Now().UTC()
	obs := observe(ctx, cfg, slot)
	if ctx.Err() != nil {
		return rec, nil
	}
	rec.EndedAt = cfg.Now().UTC()
	_, raw, err := obs.seal()
	if err != nil {
		return rec, err
	}
	if rec, err = measure.Record(rec, cfg.Plan, raw); err != nil {
		return rec, err
	}
	if errors.Is(obs.err, launch.ErrEngine) {
		return rec, obs.err
	}
	return rec, nil
}
