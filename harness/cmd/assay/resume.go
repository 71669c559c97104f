package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"

	"github.com/assay-bench/assay/harness/launch"
	"github.com/assay-bench/assay/harness/plan"
	"github.com/assay-bench/assay/harness/run"
	"github.com/assay-bench/assay/harness/rundir"
	"github.com/assay-bench/assay/harness/trial"
	"github.com/assay-bench/assay/harness/verdict"
)

// resume goes on with a run where its records end.
//
// The port is not part of what was planned to be measured: it may be another one, since
// something else may listen on it by now.
func (c *console) resume(cmd *cobra.Command, f runFlags, args []string) error {
	if err := f.checkResumed(cmd.Flags().Changed); err != nil {
		return misuse{err}
	}
	ctx := cmd.Context()
	root, err := c.checkout()
	if err != nil {
		return err
	}
	dir, err := c.runDir(root, f.out, runName(args))
	if err != nil {
		return err
	}
	unlock, err := dir.Lock() // before anything is built: that would disturb the other's trials
	if err != nil {
		return err
	}
	defer unlock()
	p, env, err := unchanged(dir)
	if err != nil {
		return err
	}
	earlier, err := c.earlierRun(f.against)
	if err != nil {
		return misuse{err}
	}
	if err := c.foreseen(earlier, p); err != nil {
		return err
	}
	if err := summaryWritable(); err != nil {
		return err
	}
	if cmd.Flags().Changed("port") {
		p.Placement.Port = f.port
	}
	launcher, _, err := launch.Choose(ctx, p.Runtime, launch.Options{Root: root, AgentBinary: c.agentBinary, RunID: dir.Name()})
	if err != nil {
		return fmt.Errorf("this run used the %s runtime: %w", p.Runtime, err)
	}
	defer launcher.Close()
	c.sweep(ctx, launcher)
	records, err := dir.Records()
	if err != nil {
		return err
	}
	whole := verdict.Ended(p, records) // nothing is left behind a look at which the run ended
	fmt.Fprintf(c.stdout, "resuming %s: %d of %d trials are left\n", dir.Path(), run.Left(whole, records), len(whole.Slots))
	s := session{console: c, root: root, launcher: launcher, plan: p, earlier: earlier}
	defer s.stopDatabase(ctx)
	if err := s.freePort(ctx); err != nil {
		return s.goOn(err, dir)
	}
	if err := s.build(ctx); err != nil {
		return interruptedOr(ctx, err)
	}
	if err := s.sameBuilds(env); err != nil {
		return err
	}
	if err := s.startDatabase(ctx); err != nil {
		return interruptedOr(ctx, err)
	}
	if err := s.sameDatabase(env); err != nil {
		return err
	}
	closeHost, err := s.openHost(ctx)
	if err != nil {
		return interruptedOr(ctx, err)
	}
	defer closeHost()
	return s.execute(ctx, dir)
}

// checkResumed refuses flags that the plan of a run has settled.
func (f runFlags) checkResumed(changed func(flag string) bool) error {
	for _, other := range slices.Concat(flagsOfPlan(), flagsBesidePlan(), []string{"dry-run"}) {
		if changed(other) {
			return fmt.Errorf("--resume goes on with the run's own plan; leave --%s away or start a new run", other)
		}
	}
	return f.check()
}

// unchanged is what a run goes on from, as it was written.
func unchanged(dir *rundir.Dir) (p plan.Plan, env trial.Environment, err error) {
	changed, err := dir.CheckChain()
	if err != nil {
		return p, env, err
	}
	if len(changed) > 0 {
		return p, env, fmt.Errorf("%s: %s; a run cannot go on from what was changed (`assay verify` shows all of it)", dir.Path(), changed[0])
	}
	lost, trials, err := dir.Lost()
	if err != nil {
		return p, env, err
	}
	if trials > 1 { // one may be that in which the run was stopped
		return p, env, fmt.Errorf("%s %s", filepath.Join(dir.Path(), lost.File), lost.What)
	}
	if p, err = dir.Plan(); err != nil {
		return p, env, err
	}
	env, err = dir.Environment()
	return p, env, err
}

// sameBuilds refuses to mix trials of two versions of a server in one run.
func (s *session) sameBuilds(env trial.Environment) error {
	for id, b := range s.builds {
		if was := env.Builds[id].SHA256; was != b.SHA256 {
			return fmt.Errorf("%s was rebuilt since this run began (%.12s, now %.12s); a run cannot mix versions: restore the source or start a new run", id, was, b.SHA256)
		}
	}
	return nil
}

// runDir finds a run by its directory, its name under reports/, or latest.
func (c *console) runDir(root, out, name string) (*rundir.Dir, error) {
	if out == "" {
		out = filepath.Join(root, "reports")
	}
	if name == latest {
		d, err := rundir.Latest(out)
		if err != nil {
			return nil, misuse{err}
		}
		return d, nil
	}
	for _, path := range []string{name, filepath.Join(out, name)} {
		if _, err := os.Stat(path); err != nil {
			continue
		}
		d, err := rundir.Open(path)
		if err != nil {
			return nil, misuse{err}
		}
		return d, nil
	}
	return nil, misuse{fmt.Errorf("no run %q here or under %s", name, out)}
}

// latest stands for the run that was made last.
const latest = "latest"

// runName is the run that the arguments name, the latest by default.
func runName(args []string) string {
	if len(args) == 0 {
		return latest
	}
	return args[0]
}
