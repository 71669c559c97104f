package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/assay-bench/assay/harness/compare"
	"github.com/assay-bench/assay/harness/launch"
	"github.com/assay-bench/assay/harness/plan"
	"github.com/assay-bench/assay/harness/run"
	"github.com/assay-bench/assay/harness/rundir"
	"github.com/assay-bench/assay/harness/trial"
)

// A session is one `assay run` from the plan to the report.
type session struct {
	*console
	root     string
	launcher launch.Launcher
	host     launch.Launcher // of mode build; nil in plans without it
	plan     plan.Plan
	builds   map[string]launch.Build
	earlier  *compare.Run  // that this run's verdicts are held against; nil for none
	database *run.Database // beside the targets; nil where no cell wants one
}

// prepare builds the targets, proves that they answer alike, and describes the host. Where no claim takes a server, studies are all that
// is made.
func (s *session) prepare(ctx context.Context, reason string) (trial.Environment, error) {
	if s.plan.Untried() {
		env := environment(s, reason)
		var err error
		env.Studies, err = s.studies(ctx, trial.Conformance{})
		return env, err
	}
	if err := s.freePort(ctx); err != nil {
		return trial.Environment{}, err
	}
	if err := s.build(ctx); err != nil {
		return trial.Environment{}, err
	}
	golden, err := loadGolden(s.root)
	if err != nil {
		return trial.Environment{}, err
	}
	if err := s.startDatabase(ctx); err != nil {
		return trial.Environment{}, err
	}
	env := environment(s, reason)
	conformance := trial.Conformance{}
	for _, t := range s.plan.AllTargets() {
		if t.Of != "" { // the same server: its paths are checked with the others
			env.Conformance[t.ID], conformance[t.ID] = env.Conformance[t.Of], conformance[t.Of]
			continue
		}
		fmt.Fprintf(s.stderr, "checking %s against the contract ... ", t.ID)
		checked, err := run.Preflight(ctx, s.launcher, s.builds[t.ID], t, s.plan.Placement, golden, s.plan.Seed, s.database)
		if err != nil {
			fmt.Fprintln(s.stderr, "failed")
			return env, fmt.Errorf("check %s against the contract: %w", t.ID, err)
		}
		if n := len(checked.Report.Differences); n > 0 {
			fmt.Fprintf(s.stderr, "%d differences\n%s", n, checked.Report)
			return env, fmt.Errorf("%s does not answer as targets/CONTRACT.md says; nothing was measured (`assay target verify %s` shows this again)", t.ID, t.ID)
		}
		fmt.Fprintf(s.stderr, "%d checks as the contract says\n", checked.Report.Checked)
		env.Conformance[t.ID] = fmt.Sprintf("%d of %d checks as the contract says", checked.Report.Checked, checked.Report.Checked)
		for _, what := range checked.Report.NotChecked {
			fmt.Fprintf(s.stderr, "not checked: %s\n", what)
			env.Conformance[t.ID] += "; not checked: " + what
		}
		env.ProbeCost = checked.ProbeCost
		conformance[t.ID] = trial.Conformity{Checked: checked.Report.Checked}
	}
	if env.Database, err = s.proveRoundTrips(ctx); err != nil {
		return env, err
	}
	if s.plan.Canaries {
		if env.Canaries, err = s.canariesFirst(ctx); err != nil {
			return env, err
		}
	}
	env.Studies, err = s.studies(ctx, conformance)
	return env, err
}

// freePort fails where something listens on the port of the targets: better known before the builds than behind them. A container has
// ports of its own.
func (s *session) freePort(ctx context.Context) error {
	if s.plan.Runtime != "process" {
		return nil
	}
	return launch.CheckPort(ctx, s.plan.Placement.Port)
}

// build makes every target ready to start. A compiler's output appears when it fails;
// on success one line says how long it took.
func (s *session) build(ctx context.Context) error {
	s.builds = map[string]launch.Build{}
	for _, t := range s.plan.AllTargets() {
		if t.Of != "" { // what it is a variant of stands before it
			s.builds[t.ID] = s.builds[t.Of]
			continue
		}
		b, err := s.buildOne(ctx, t.ID)
		if err != nil {
			return err
		}
		s.builds[t.ID] = b
	}
	return s.buildNull(ctx)
}

// buildNull makes the null server ready, a part of this program, where the plan has one.
func (s *session) buildNull(ctx context.Context) error {
	null := s.plan.Null
	if null == nil {
		return nil
	}
	b, err := s.launcher.Prepare(ctx, *null, indent{s.stderr})
	if err != nil {
		return err
	}
	s.builds[null.ID] = b
	return nil
}

func (s *session) buildOne(ctx context.Context, id string) (launch.Build, error) {
	t, ok := s.plan.Target(id)
	if !ok {
		return launch.Build{}, fmt.Errorf("the plan has no target %s", id)
	}
	fmt.Fprintf(s.stderr, "building %s ...\n", id)
	b, err := s.launcher.Prepare(ctx, t, indent{s.stderr})
	if err != nil {
		return b, outputAbove(err)
	}
	how := "built in " + b.Took.Round(100*time.Millisecond).String()
	if b.Cached {
		how = "unchanged"
	}
	fmt.Fprintf(s.stderr, "%s %s, %.1f MB\n", id, how, float64(b.Bytes)/1e6)
	return b, nil
}

// outputAbove shortens the error of a build, whose whole output was just shown.
func outputAbove(err error) error {
	line, _, quotes := strings.Cut(err.Error(), "; its last output:\n")
	if !quotes {
		return err
	}
	return errors.New(line + "; the output above says why")
}

// execute runs the trials of a directory that this process has locked, then judges and
// reports them.
func (s *session) execute(ctx context.Context, dir *rundir.Dir) error {
	if cut, err := dir.Repair(); err != nil {
		return err
	} else if cut > 0 {
		fmt.Fprintf(s.stderr, "removed %d bytes of a record that a crash cut short\n", cut)
	}
	fmt.Fprintf(s.stdout, "run directory: %s\n", dir.Path())
	restore := pinToLoadCPUs(s.plan.Placement, s.stderr)
	watcher := newWatcher(s.stderr, s.plan)
	runErr := run.Execute(ctx, run.Config{
		Plan: s.plan, Dir: dir, Launcher: s.launcher, Host: s.host, Builds: s.builds, Database: s.database, Observer: watcher, Now: time.Now,
		Decided: func() (bool, error) { return s.look(dir, watcher) },
	})
	watcher.done()
	restore()
	if errors.Is(runErr, launch.ErrEngine) {
		// The record of the trial has the engine's words; here counts what to do.
		return fmt.Errorf("%w any more; what was measured is kept, start it again, then go on with\n  %s", launch.ErrEngine, s.commandLine("run --resume", dir))
	}
	if runErr != nil {
		return s.goOn(runErr, dir)
	}
	return s.conclude(dir)
}

// goOn adds to an error what a person types to go on with the run.
func (s *session) goOn(err error, dir *rundir.Dir) error {
	return fmt.Errorf("%w; what was measured is kept, go on with\n  %s", err, s.commandLine("run --resume", dir))
}

// commandLine is what a person types to do more with a run.
func (s *session) commandLine(what string, dir *rundir.Dir) string {
	line := invokedAs(os.Args[0]) + " " + what + " " + quoted(dir.Path())
	if s.console.root != "" {
		line += " --root " + quoted(s.console.root)
	}
	if s.agentBinary != "" && what != "report" {
		line += " --agent-binary " + quoted(s.agentBinary)
	}
	return line
}

// invokedAs is the name that the program was started by: a path where one was given, else
// the bare name, which the shell found.
func invokedAs(arg0 string) string {
	if strings.ContainsRune(arg0, filepath.Separator) {
		return quoted(arg0)
	}
	return "assay"
}

// quoted is a file name as a shell takes it.
func quoted(name string) string {
	if name != "" && !strings.ContainsFunc(name, func(r rune) bool { return !strings.ContainsRune("/._-+=:,@%", r) && !isAlphanumeric(r) }) {
		return name
	}
	return "'" + strings.ReplaceAll(name, "'", `'\''`) + "'"
}

func isAlphanumeric(r rune) bool {
	return '0' <= r && r <= '9' || 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z'
}

// conclude judges the records, writes the report and prints the verdict table.
func (s *session) conclude(dir *rundir.Dir) error {
	c, err := derive(dir)
	if err != nil {
		return err
	}
	if err := c.write(dir); err != nil {
		return fmt.Errorf("write the report: %w; every record is kept, write it again with\n  %s", err, s.commandLine("report", dir))
	}
	if err := c.print(s.stdout); err != nil {
		return err
	}
	fmt.Fprintf(s.stdout, "\nreport: %s\n", filepath.Join(dir.Path(), "report.md"))
	versus, changes := s.tellVersus(s.earlier, dir)
	if err := appendSummary(c.document, versus); err != nil {
		return err
	}
	if c.input.Judgement.Trials.Usable == 0 && !s.plan.Untried() {
		return errNothingUsable
	}
	return changes
}
