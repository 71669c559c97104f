package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"
)

// newCommand is the command line. Its hidden commands are the generator processes that it starts itself.
func newCommand(stdout, stderr io.Writer) *cobra.Command {
	o := defaultOptions()
	cmd := &cobra.Command{
		Use:   "enginebench",
		Short: "Compare the native load engine with wrk and vegeta",
		Long: `enginebench drives go-server, rust-server and nginx with the native load engine, with wrk and
with vegeta's library, in turns, and compares what a CPU-second of each generator buys. It
measures the lateness of sends, the time to open and verify connections and the memory a
connection takes, and writes docs/engine-bench.md. The whole takes about nine minutes.

Exit status: 0 measured (whether or not a figure is met), 1 something could not be measured,
2 misuse, 130 interrupted.`,
		Args:          cobra.ArbitraryArgs, // else cobra answers in words of its own
		SilenceUsage:  true,
		SilenceErrors: true,
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) > 0 {
				return misuse{fmt.Errorf("unexpected argument %q; `enginebench --help` lists the flags", args[0])}
			}
			settled, err := o.settle(cmd.Flags().Changed)
			if err != nil {
				return misuse{err}
			}
			if err := settled.publishes(revision(), cmd.Flags().Changed("out")); err != nil {
				return misuse{err}
			}
			return benchmark(cmd.Context(), settled, stdout, stderr)
		},
	}
	cmd.CompletionOptions.DisableDefaultCmd = true
	cmd.SetOut(stdout)
	cmd.SetErr(stderr)
	cmd.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		return misuse{fmt.Errorf("%w; `%s --help` lists the flags", err, cmd.CommandPath())}
	})
	o.flags(cmd.Flags())
	cmd.AddCommand(driveCommand(stdout), rateCommand(stdout))
	return cmd
}

// oneLine is an error's text with its lines joined.
func oneLine(err error) string {
	return strings.Join(strings.FieldsFunc(err.Error(), func(r rune) bool { return r == '\n' || r == '\r' }), "; ")
}
