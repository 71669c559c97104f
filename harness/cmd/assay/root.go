package main

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"
)

// version is what `assay --version` prints, and what plans and reports name.
const version = "0.1.0"

// A console is what subcommands print to and where they look for files.
type console struct {
	stdout, stderr io.Writer
	root           string // --root; "" means look upward from the working directory
	agentBinary    string // --agent-binary; "" is the running one
}

func newRoot(stdout, stderr io.Writer) *cobra.Command {
	c := &console{stdout: stdout, stderr: stderr}
	cmd := &cobra.Command{
		Use:   "assay",
		Short: "Put the claims of a published article to the test",
		Long: `assay starts equivalent servers, drives them with verified concurrent connections, and
writes a report that gives each claim of an article a verdict.

Start with "assay run"; "assay doctor" says what this host can do.

Exit status: 0 done, whatever the verdicts; 1 failed; 2 misuse, such as an unknown flag or a bad
file; 3 a verdict changed (compare --fail-on-change, run --against); 130 interrupted by Ctrl-C and
143 by SIGTERM or SIGHUP (what was measured is kept).`,
		Version:       version + revision(),
		SilenceUsage:  true,
		SilenceErrors: true,
		Args:          cobra.ArbitraryArgs, // else cobra answers an unknown command itself, in its words
		RunE:          needsSubcommand,
	}
	cmd.CompletionOptions.DisableDefaultCmd = true
	cmd.SetOut(stdout)
	cmd.SetErr(stderr)
	cmd.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		return misuse{fmt.Errorf("%w; `%s --help` lists the flags", err, cmd.CommandPath())}
	})
	cmd.PersistentFlags().StringVar(&c.root, "root", "", "directory that holds scenarios/ and targets/ (default: found upward from here)")
	cmd.AddCommand(c.runCmd(), c.judgeCmd(), c.reportCmd(), c.verifyCmd(), c.compareCmd(), c.costCmd(), c.proveCmd(), c.defectsCmd(), c.demoCmd(), c.targetCmd(), c.claimsCmd(), c.doctorCmd(), c.agentCmd(),
		c.nullServerCmd())
	return cmd
}

// agentFlag lets a command take another binary for the load agent.
func (c *console) agentFlag(cmd *cobra.Command) {
	cmd.Flags().StringVar(&c.agentBinary, "agent-binary", "", "static Linux build of assay to be the load agent in containers (default: the running one)")
}

// exactArgs, with our exit status and words.
func exactArgs(n int) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) < n {
			return misuse{fmt.Errorf("an argument is missing; write `%s`", cmd.UseLine())}
		}
		return atMostArgs(n)(cmd, args)
	}
}

// atMostArgs likewise.
func atMostArgs(n int) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) > n {
			return misuse{fmt.Errorf("unexpected argument %q; `%s --help` says what it takes", args[n], cmd.CommandPath())}
		}
		return nil
	}
}

// needsSubcommand makes a command that only groups others fail on a name that it doesn't
// have, and show its help without one.
func needsSubcommand(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return cmd.Help()
	}
	return misuse{fmt.Errorf("unknown command %q; `%s --help` lists the commands", args[0], cmd.CommandPath())}
}
