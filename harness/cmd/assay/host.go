package main

import (
	"context"
	"fmt"
	"os/exec"
	"runtime"
	"slices"

	"github.com/assay-bench/assay/harness/launch"
	"github.com/assay-bench/assay/harness/plan"
	"github.com/assay-bench/assay/harness/scenario"
	"github.com/assay-bench/assay/harness/target"
)

// unmeasured says which modes this system and runtime cannot measure, and why. Builds take the compilers of this host in both
// runtimes; find tells whether a command is installed.
func unmeasured(runtimeName string, targets []target.Target, find func(command string) error) map[scenario.Mode]string {
	why := map[scenario.Mode]string{}
	for _, t := range targets {
		commands := [][]string{t.Build.Command}
		if d := t.Build.Development; d != nil {
			commands = append(commands, d.Command)
		}
		for _, c := range commands {
			if len(c) > 0 && find(c[0]) != nil && why[scenario.Build] == "" {
				why[scenario.Build] = fmt.Sprintf("builds are measured with this host's compilers, and %s, which builds %s, is not installed", c[0], t.ID)
			}
		}
	}
	if runtime.GOOS != "linux" {
		if runtimeName != "docker" { // else in the engine's Linux
			why[scenario.Start] = "cold starts are measured on Linux alone"
		}
		why[scenario.Build] = "builds end with a cold start, which is measured on Linux alone"
	}
	return why
}

// installed is nil for a command that this host has.
func installed(command string) error {
	_, err := exec.LookPath(command)
	return err
}

// openHost makes the launcher ready that measures builds, where the plan has any: the run's own when it starts plain
// processes, else one beside it. close is to be called at the end.
func (s *session) openHost(ctx context.Context) (close func(), err error) {
	nothing := func() {}
	if !slices.ContainsFunc(s.plan.Cells, func(c plan.Cell) bool { return c.Mode == scenario.Build }) {
		return nothing, nil
	}
	if s.plan.Runtime == "process" {
		s.host = s.launcher
		return nothing, nil
	}
	p, err := launch.NewProcess(launch.Options{Root: s.root, AgentBinary: s.agentBinary})
	if err != nil {
		return nothing, fmt.Errorf("measure builds on this host: %w", err)
	}
	s.host, close = p, func() { _ = p.Close() }
	for _, t := range s.plan.TargetsIn(plan.Cell{}) { // which downloads what they depend on: the measured builds have no network
		fmt.Fprintf(s.stderr, "building %s on this host as well, for the cells of mode build ...\n", t.ID)
		if _, err := p.Prepare(ctx, t, indent{s.stderr}); err != nil {
			close()
			return nothing, outputAbove(err)
		}
	}
	return close, nil
}
