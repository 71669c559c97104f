package main

import (
	"context"
	"errors"
	"fmt"
	"os/exec"
	"strings"

	"github.com/spf13/cobra"

	"github.com/assay-bench/assay/harness/launch"
	"github.com/assay-bench/assay/harness/probe"
)

func (c *console) doctorCmd() *cobra.Command {
	var prove bool
	var port int
	cmd := &cobra.Command{
		Use:   "doctor",
		Short: "Say what this host can do, what it means for a run, and what to do",
		Long: `doctor looks at the engine, the toolchains, CPUs, limits, clock and virtualisation.
It changes nothing. Exit status 1: no runtime can work here.

With --prove the harness then proves itself, in less than a minute: it starts a server of its own
with a known fault (a stall, a delay, a cap on connections, wrong answers, lost connections,
connections of others), measures it as in a run, and compares what comes back with what
arithmetic predicts. Exit status 1: a prediction failed.`,
		Args: exactArgs(0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			findings, runtimes := c.runtimeFindings(cmd.Context())
			findings = append(findings, probe.Findings(probe.ReadHost())...)
			for _, f := range findings {
				c.printFinding(f)
			}
			if runtimes == 0 {
				return errors.New("neither Docker nor the toolchains are here; install Docker, or Go and Rust")
			}
			if prove {
				return c.runCanaries(cmd.Context(), port)
			}
			return nil
		},
	}
	c.agentFlag(cmd)
	cmd.Flags().BoolVar(&prove, "prove", false, "inject known faults and check that they are measured right")
	cmd.Flags().IntVar(&port, "port", 18080, "TCP port of the server that --prove loads, on loopback")
	return cmd
}

func (c *console) printFinding(f probe.Finding) {
	level := strings.ToUpper(f.Level.String())
	if colours(c.stdout) {
		level = levelColour(f.Level) + level + "\x1b[0m"
	}
	fmt.Fprintf(c.stdout, "%-4s  %s: %s\n", level, f.Name, f.Value)
	fmt.Fprintf(c.stdout, "      %s\n", f.Means)
	if f.Do != "" {
		fmt.Fprintf(c.stdout, "      -> %s\n", f.Do)
	}
}

func levelColour(l probe.Level) string {
	switch l {
	case probe.OK:
		return "\x1b[32m"
	case probe.Note:
		return "\x1b[36m"
	case probe.Warn:
		return "\x1b[33m"
	}
	return "\x1b[31m"
}

// runtimeFindings asks for an engine and for the compilers. runtimes counts those of the
// two runtimes that can work.
func (c *console) runtimeFindings(ctx context.Context) (findings []probe.Finding, runtimes int) {
	d, err := launch.NewDocker(ctx, launch.Options{AgentBinary: c.agentBinary})
	if err == nil {
		runtimes++
		findings = append(findings, probe.Finding{ID: "engine", Name: "Docker", Value: d.Describe(), Level: probe.OK,
			Means: "Servers run in containers: limits are enforced and the load never leaves their network namespace."})
		d.Close()
	} else {
		findings = append(findings, probe.Finding{ID: "engine", Name: "Docker", Value: err.Error(), Level: probe.Note,
			Means: "Servers run as plain processes. The memory limit is watched, not enforced.",
			Do:    "Start a Docker engine to run in containers."})
	}
	missing := missingTools("go", "cargo")
	f := probe.Finding{ID: "toolchains", Name: "toolchains", Value: "go and cargo are here", Level: probe.OK,
		Means: "The process runtime can build both servers."}
	if len(missing) > 0 {
		f.Value, f.Level = "missing: "+strings.Join(missing, ", "), probe.Warn
		f.Means = "The process runtime cannot build every server; the Docker runtime builds in its own images."
		f.Do = "Install them, or use --runtime docker."
	} else {
		runtimes++
	}
	return append(findings, f, c.databaseFinding()), runtimes
}

// databaseFinding says whether the process runtime has a database for the one claim that needs it.
func (c *console) databaseFinding() probe.Finding {
	f := probe.Finding{ID: "postgresql", Name: "PostgreSQL", Level: probe.OK, Means: "The process runtime can run a database beside the servers."}
	var err error
	if f.Value, err = launch.FindPostgres(); err != nil {
		f.Value, f.Level = "not found on PATH or in /usr/lib/postgresql", probe.Note
		f.Means = "The process runtime leaves the claim about database queries unmeasured; the Docker runtime takes an image."
		f.Do = "Install PostgreSQL's server (Debian: postgresql), or use --runtime docker."
	}
	return f
}

func missingTools(names ...string) []string {
	var missing []string
	for _, name := range names {
		if _, err := exec.LookPath(name); err != nil {
			missing = append(missing, name)
		}
	}
	return missing
}
