package main

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"time"

	"github.com/spf13/cobra"

	"github.com/assay-bench/assay/harness/digits"
	"github.com/assay-bench/assay/harness/launch"
	"github.com/assay-bench/assay/harness/load"
	"github.com/assay-bench/assay/harness/plan"
	"github.com/assay-bench/assay/harness/run"
	"github.com/assay-bench/assay/harness/rundir"
)

// runFlags are what `assay run` is asked for.
type runFlags struct {
	article, profile, runtime, engine, only, out string
	against                                      string
	targetCPUs, loadCPUs                         string
	budget                                       time.Duration
	seed                                         uint64
	blocks, port, memoryMiB, agents              int
	dryRun, resume, noCanaries                   bool
}

// maxAgents bounds what a host's loopback could use.
const maxAgents = 16

// minMemoryMiB is what the smallest server starts with.
const minMemoryMiB = 16

// check finds numbers that no run can have.
func (f runFlags) check() error {
	switch {
	case f.blocks > plan.MaxBlocks:
		return fmt.Errorf("--blocks %d: at most %d", f.blocks, plan.MaxBlocks)
	case f.port < 1 || f.port > 65535:
		return fmt.Errorf("--port %d: a TCP port is a number from 1 to 65535", f.port)
	case f.engine != load.Native && f.engine != load.Vegeta:
		return fmt.Errorf("--engine %s: no such load engine; use %s or %s", f.engine, load.Native, load.Vegeta)
	case f.engine == load.Native && runtime.GOOS != "linux":
		return fmt.Errorf("--engine %s: it needs Linux's epoll; use %s here", load.Native, load.Vegeta)
	case f.agents < 0 || f.agents > maxAgents:
		return fmt.Errorf("--agents %d: from 1 to %d share a trial's connections; leave it out for one", f.agents, maxAgents)
	case f.agents > 1 && f.engine != load.Native:
		return fmt.Errorf("--agents %d: only the %s engine splits its connections", f.agents, load.Native)
	case f.memoryMiB < minMemoryMiB:
		return fmt.Errorf("--memory %d: a server needs at least %d MiB, and 2048 to hold thousands of connections", f.memoryMiB, minMemoryMiB)
	}
	return nil
}

// checkGiven finds flags that were given a value that says nothing. Left away, they take
// the profile's; given, they must not do so in silence.
func (f runFlags) checkGiven(given func(flag string) bool) error {
	switch {
	case given("blocks") && f.blocks < 1:
		return fmt.Errorf("--blocks %d: a run has at least one block, and gives verdicts from 5", f.blocks)
	case given("budget") && f.budget <= 0:
		return fmt.Errorf("--budget %s: the trials need some time, such as 15m", digits.Duration(f.budget))
	case given("agents") && f.agents < 1:
		return fmt.Errorf("--agents %d: from 1 to %d share a trial's connections; leave it out for one", f.agents, maxAgents)
	case given("only") && f.only == "":
		return errors.New("--only is empty: name a claim, a scenario or a cell; `assay claims` lists the claims")
	}
	return nil
}

func (c *console) runCmd() *cobra.Command {
	var f runFlags
	cmd := &cobra.Command{
		Use:   "run [--resume [RUN]]",
		Short: "Measure an article's claims and write the report",
		Long: `run plans the trials, prints the plan, builds the servers, proves that they answer alike,
measures, judges, and writes reports/<run>/report.md with its plots.

Ctrl-C stops cleanly: servers are gone, records kept, and the line that resumes the run is printed.

Exit status 1: no trial gave a usable number, or --against names a run that this one cannot be
compared with. 3: a verdict is another one than in the run of --against; what one of the two plans
does not measure is no change. Verdicts alone are no failure.`,
		Example: `  assay run
  assay run --profile quick --only hold
  assay run --runtime process --budget 10m
  assay run --resume`,
		Args: atMostArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if f.resume {
				return c.resume(cmd, f, args)
			}
			if len(args) > 0 {
				return misuse{fmt.Errorf("unexpected argument %q; `assay run --resume %s` would go on with that run", args[0], args[0])}
			}
			if err := f.checkGiven(cmd.Flags().Changed); err != nil {
				return misuse{err}
			}
			if !cmd.Flags().Changed("seed") {
				f.seed = rand.Uint64()
			}
			return c.start(cmd.Context(), f, given(cmd.Flags()))
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&f.article, "article", defaultArticle, articleUsage)
	flags.StringVar(&f.profile, "profile", "standard", "size of the run: quick, standard, nightly, ladders or builds (scenarios/profiles.toml)")
	flags.DurationVar(&f.budget, "budget", 0, "time the trials may take, such as 15m (default: the profile's)")
	flags.IntVar(&f.blocks, "blocks", 0, "blocks, at least 5 for a verdict (default: the profile's)")
	flags.StringVar(&f.runtime, "runtime", "auto", "what runs the servers: docker, process, or auto (docker when an engine answers)")
	flags.StringVar(&f.engine, "engine", defaultEngine(), "what drives the load: native (Linux) or vegeta")
	flags.StringVar(&f.only, "only", "", "measure only what this claim, scenario or cell needs; the profile need not have the cell")
	flags.BoolVar(&f.resume, "resume", false, "go on with RUN, a run directory or its name (default: the latest)")
	flags.StringVar(&f.against, "against", "", "hold the verdicts against those of an earlier run, and exit with status 3 when one changed")
	flags.StringVar(&f.out, "out", "", "directory for run directories (default: reports/ of the checkout)")
	flags.Uint64Var(&f.seed, "seed", 0, "seed of the trial order and of the requests (default: drawn)")
	flags.IntVar(&f.port, "port", 18080, "TCP port the servers listen on, on loopback")
	flags.IntVar(&f.memoryMiB, "memory", 2048, "memory limit of a server in MiB")
	flags.StringVar(&f.targetCPUs, "target-cpus", "", "CPUs for the server, such as 0-1 (default: chosen)")
	flags.StringVar(&f.loadCPUs, "load-cpus", "", "CPUs for the load agent (default: chosen)")
	c.agentFlag(cmd)
	flags.IntVar(&f.agents, "agents", 0, "load agents that share each trial's connections, up to 20,000 for each (default: one)")
	flags.BoolVar(&f.noCanaries, "no-canaries", false, "do not prove the load side on known faults before the first trial")
	flags.BoolVar(&f.dryRun, "dry-run", false, "print the plan and stop")
	return cmd
}

// defaultEngine is the better one of those that this system has.
func defaultEngine() string {
	if runtime.GOOS == "linux" {
		return load.Native
	}
	return load.Vegeta
}

// start makes a new run. flags are what its environment keeps of those given.
func (c *console) start(ctx context.Context, f runFlags, flags map[string]string) error {
	if err := f.check(); err != nil {
		return misuse{err}
	}
	root, err := c.checkout()
	if err != nil {
		return err
	}
	in, err := loadInputs(root, f.article)
	if err != nil {
		return err
	}
	earlier, err := c.earlierRun(f.against)
	if err != nil {
		return misuse{err}
	}
	launcher, reason, err := launch.Choose(ctx, f.runtime, launch.Options{Root: root, AgentBinary: c.agentBinary})
	if err != nil {
		return chooseError(f, err)
	}
	defer launcher.Close()
	in.noDatabase = findDatabase(ctx, launcher, in.scenarios)
	p, err := makePlan(in, f, launcher.Name())
	if err != nil {
		return misuse{err}
	}
	if err := c.foreseen(earlier, p); err != nil {
		return err
	}
	fmt.Fprintf(c.stdout, "runtime: %s (%s)\n%s\n", launcher.Name(), reason, launcher.Describe())
	printPlan(c.stdout, p)
	if f.dryRun {
		return nil
	}
	out := f.out
	if out == "" {
		out = filepath.Join(root, "reports")
	}
	if err := writable(out); err != nil {
		return err
	}
	if err := summaryWritable(); err != nil {
		return err
	}
	c.sweep(ctx, launcher)
	s := session{console: c, root: root, launcher: launcher, plan: p, earlier: earlier}
	defer s.stopDatabase(ctx)
	env, err := s.prepare(ctx, reason)
	if err != nil {
		return interruptedOr(ctx, err)
	}
	if err := s.calibrate(ctx); err != nil {
		return interruptedOr(ctx, err)
	}
	env.Flags = flags
	closeHost, err := s.openHost(ctx)
	if err != nil {
		return interruptedOr(ctx, err)
	}
	defer closeHost()
	dir, err := rundir.Create(out, env.StartedAt, s.plan, env)
	if err != nil {
		return fmt.Errorf("no run directory was made in %s: %w; make room or name another place by --out", out, err)
	}
	unlock, err := dir.Lock()
	if err != nil {
		return err
	}
	defer unlock()
	return s.execute(ctx, dir)
}

// writable finds out before anything is built whether run directories can be made in out.
func writable(out string) error {
	err := os.MkdirAll(out, 0o755)
	if err == nil {
		var f *os.File
		if f, err = os.CreateTemp(out, ".assay-"); err == nil {
			err = errors.Join(f.Close(), os.Remove(f.Name()))
		}
	}
	if err != nil {
		return fmt.Errorf("no run directory can be made in %s: %w; name another place by --out", out, err)
	}
	return nil
}

func chooseError(f runFlags, err error) error {
	if f.runtime != "auto" && f.runtime != "docker" && f.runtime != "process" {
		return misuse{err}
	}
	return err
}

// interruptedOr turns an error of a step that Ctrl-C cut short into ErrInterrupted.
func interruptedOr(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return fmt.Errorf("%w before the first trial; nothing was measured", run.ErrInterrupted)
	}
	return err
}

// sweep removes what runs that were killed left behind.
func (c *console) sweep(ctx context.Context, l launch.Launcher) {
	removed, err := l.Sweep(ctx)
	for _, what := range removed {
		fmt.Fprintln(c.stderr, "removed what an earlier run left behind:", what)
	}
	if err != nil {
		fmt.Fprintln(c.stderr, "warning: could not look for leftovers of earlier runs:", err)
	}
}

var errNothingUsable = errors.New("no trial gave a usable number; the report says why under \"Rejected trials\"")
