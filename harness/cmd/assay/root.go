package main

import (
	"io"

	"github.com/spf13/cobra"
)

// version is what `assay --version` prints, and what plans and reports name.
const version = "0.1.0"

// A console is what subcommands print to and where they look for files.
type console struct {
	stdout, stderr io.Writer
	root           string // --root; "" means look upward from the working directory
}

func newRoot(stdout, stderr io.Writer) *cobra.Command {
	c := &console{stdout: stdout, stderr: stderr}
	cmd := &cobra.Command{
		Use:   "assay",
		Short: "Put the claims of a published article to the test",
		Long: `assay starts equivalent servers, drives them with verified concurrent connections, and
writes a report that gives each claim of an article a verdict.

Start with "assay run"; "assay doctor" says what this host can do.

Exit status: 0 done, 1 failed, 2 misuse, 130 and 143 interrupted (what was measured is kept).`,
		Version:       version,
		SilenceUsage:  true,
		SilenceErrors: true,
	}
	cmd.SetOut(stdout)
	cmd.SetErr(stderr)
	cmd.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return misuse{err} })
	cmd.PersistentFlags().StringVar(&c.root, "root", "", "directory that holds scenarios/ and targets/ (default: found upward from here)")
	cmd.AddCommand(c.runCmd(), c.judgeCmd(), c.reportCmd(), c.verifyCmd(), c.targetCmd(), c.claimsCmd(), c.doctorCmd(), c.agentCmd())
	return cmd
}

// exactArgs is cobra's check with our exit status.
func exactArgs(n int) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if err := cobra.ExactArgs(n)(cmd, args); err != nil {
			return misuse{err}
		}
		return nil
	}
}

// atMostArgs likewise.
func atMostArgs(n int) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if err := cobra.MaximumNArgs(n)(cmd, args); err != nil {
			return misuse{err}
		}
		return nil
	}
}
