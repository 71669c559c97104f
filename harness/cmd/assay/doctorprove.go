package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/assay-bench/assay/harness/canary"
	"github.com/assay-bench/assay/harness/launch"
	"github.com/assay-bench/assay/harness/probe"
	"github.com/assay-bench/assay/harness/target"
	"github.com/assay-bench/assay/harness/trial"
)

// runCanaries has the harness find faults that it injects itself, and prints what came back. It
// fails when one did not.
func (c *console) runCanaries(ctx context.Context, port int) (err error) {
	f := runFlags{engine: defaultEngine(), port: port, memoryMiB: 2048}
	place, err := makePlacement(f)
	if err != nil {
		return misuse{err}
	}
	launcher, err := launch.NewProcess(launch.Options{AgentBinary: c.agentBinary})
	if err != nil {
		return err
	}
	defer launcher.Close()
	c.sweep(ctx, launcher)
	null, err := launcher.Prepare(ctx, target.Null(), io.Discard)
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "assay-prove-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	defer pinToLoadCPUs(place, c.stderr)()
	b := canary.Bench{Launcher: launcher, Null: null, Placement: place, Engine: f.engine, Dir: dir, Now: time.Now}
	outcomes, err := c.findFaults(ctx, b, canary.For(f.engine))
	c.printOutcomes(outcomes)
	return err
}

// canariesFirst has the load side of a run prove itself before the first trial, where and as the run will measure.
func (s *session) canariesFirst(ctx context.Context) ([]trial.Canary, error) {
	dir, err := os.MkdirTemp("", "assay-prove-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	defer pinToLoadCPUs(s.plan.Placement, s.stderr)()
	outcomes, err := s.findFaults(ctx, canary.Bench{
		Launcher: s.launcher, Null: s.builds[target.NullID], Placement: s.plan.Placement, Engine: s.plan.Engine, Dir: dir, Now: time.Now,
	}, canary.For(s.plan.Engine))
	if err != nil {
		s.printOutcomes(outcomes)
		return nil, fmt.Errorf("%w; nothing was measured (--no-canaries measures all the same, and the report says so)", err)
	}
	var records []trial.Canary
	for _, o := range outcomes {
		records = append(records, o.Records()...)
	}
	return records, nil
}

// findFaults returns what became of each canary; the error names those that failed.
func (c *console) findFaults(ctx context.Context, b canary.Bench, all []canary.Canary) ([]canary.Outcome, error) {
	var outcomes []canary.Outcome
	var failed []string
	for i, one := range all {
		fmt.Fprintf(c.stderr, "proving %d of %d: %s ...\n", i+1, len(all), one.ID)
		o := canary.Prove(ctx, b, one)
		if ctx.Err() != nil {
			return nil, context.Cause(ctx)
		}
		if outcomes = append(outcomes, o); !o.OK() {
			failed = append(failed, one.ID)
		}
	}
	if len(failed) > 0 {
		return outcomes, fmt.Errorf("the harness does not prove itself here (%s); what it measures on this host cannot be trusted",
			strings.Join(failed, ", "))
	}
	return outcomes, nil
}

// printOutcomes prints a table with a line for each prediction, and below it what the
// failures mean.
func (c *console) printOutcomes(outcomes []canary.Outcome) {
	var table bytes.Buffer
	levels := []string{"    "} // of the table's lines; the header has none
	w := tabwriter.NewWriter(&table, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "CANARY\tINJECTED\tWHAT\tPREDICTED\tMEASURED\tWITHIN")
	for _, o := range outcomes {
		id, injected := o.Canary.ID, o.Canary.Injected
		if o.Err != nil {
			fmt.Fprintf(w, "%s\t%s\tnot measured\t\t\t\n", id, injected)
			levels = append(levels, c.level(false))
			continue
		}
		for _, p := range o.Predictions {
			fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t%s\n", id, injected, p.What, p.Predicted, p.Measured, p.Limit)
			levels = append(levels, c.level(p.OK))
			id, injected = "", ""
		}
	}
	_ = w.Flush() // to memory
	for i, line := range strings.Split(strings.TrimSuffix(table.String(), "\n"), "\n") {
		fmt.Fprintf(c.stdout, "%s  %s\n", levels[i], strings.TrimRight(line, " "))
	}
	for _, o := range outcomes {
		c.printDoubt(o)
	}
}

// level is a prediction's, in the words and colours of a finding.
func (c *console) level(ok bool) string {
	l := probe.Bad
	if ok {
		l = probe.OK
	}
	text := fmt.Sprintf("%-4s", strings.ToUpper(l.String()))
	if colours(c.stdout) {
		return levelColour(l) + text + "\x1b[0m"
	}
	return text
}

// printDoubt says what a failure means, and that a canary had to be tried again.
func (c *console) printDoubt(o canary.Outcome) {
	switch {
	case o.Err != nil:
		fmt.Fprintf(c.stdout, "      %s could not be measured in %d attempts: %v\n", o.Canary.ID, o.Attempts, o.Err)
	case !o.OK():
		fmt.Fprintf(c.stdout, "      %s failed in %d attempts: %s\n", o.Canary.ID, o.Attempts, o.Canary.Means)
		fmt.Fprintln(c.stdout, "      -> End other programs and try again; if it fails on an idle host, it is a fault of assay.")
	case o.Attempts > 1:
		fmt.Fprintf(c.stdout, "      %s passed in attempt %d; before that this host was too busy, or measured wrong.\n",
			o.Canary.ID, o.Attempts)
	}
}
