package main

import (
	"context"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/assay-bench/assay/harness/digits"
	"github.com/assay-bench/assay/harness/load"
	"github.com/assay-bench/assay/harness/plan"
	"github.com/assay-bench/assay/harness/run"
	"github.com/assay-bench/assay/harness/trial"
)

// calibrate gives cells that are a share of capacity their rates, before the plan is written. A resumed run has them in its
// plan, and finds none anew.
func (s *session) calibrate(ctx context.Context) error {
	if !s.plan.Uncalibrated() {
		return nil
	}
	restore := pinToLoadCPUs(s.plan.Placement, s.stderr)
	defer restore()
	fmt.Fprintln(s.stderr, "calibrating: what the servers do at most")
	p, err := run.Calibrate(ctx, run.Config{
		Plan: s.plan, Launcher: s.launcher, Builds: s.builds, Observer: driveLog{s.stderr}, Now: time.Now,
	})
	if err != nil {
		return err
	}
	s.plan = p
	printCalibration(s.stdout, p)
	return nil
}

// printCalibration says what was found and which rates follow from it.
func printCalibration(w io.Writer, p plan.Plan) {
	for _, c := range p.Calibrations {
		var found, rates []string
		for _, of := range c.Capacities {
			bound := ""
			if of.LowerBound {
				bound = "at least "
			}
			found = append(found, fmt.Sprintf("%s %s%s", of.Target, bound, whole(of.Median)))
		}
		for _, cell := range p.Cells {
			if cell.Scenario == c.Scenario {
				rates = append(rates, fmt.Sprintf("%s %s", cell.ID, whole(cell.RequestsPerSecond)))
			}
		}
		fmt.Fprintf(w, "calibrated %s, requests/s (medians of %d): %s; shares of %s: %s\n", c.Scenario, len(c.Capacities[0].PerSecond),
			strings.Join(found, ", "), c.Slowest, strings.Join(rates, ", "))
		if len(c.Capped) > 0 {
			fmt.Fprintf(w, "capped: %s at %s requests/s, which is what the load side is fit for here\n", strings.Join(c.Capped, ", "), whole(c.Ceiling))
		}
		for _, d := range c.Doubts {
			fmt.Fprintf(w, "warning: drive %d of %s was disturbed: %s\n", d.Repeat, d.Target, d.Why)
		}
	}
}

func whole(v float64) string { return digits.Count(int(v + 0.5)) }

// A driveLog writes one line for each saturating drive.
type driveLog struct{ w io.Writer }

func (driveLog) TrialStarted(plan.Slot, int, run.Remaining) {}

func (driveLog) TrialProgress(plan.Slot, load.Progress) {}

func (l driveLog) TrialEnded(r trial.Record) {
	line := fmt.Sprintf("drive of %s in %s: %s", r.Target, r.Cell, r.Status)
	if rate, ok := r.Metrics["requests_per_second"]; ok {
		line += fmt.Sprintf(", %s requests/s", whole(rate))
	}
	if rate, ok := r.Rejected["requests_per_second"]; ok {
		line += fmt.Sprintf(", %s requests/s with the load side near its own end", whole(rate))
	}
	if r.Failure != "" {
		line += ": " + r.Failure
	}
	fmt.Fprintln(l.w, line)
}
