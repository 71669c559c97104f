package main

import (
	"github.com/spf13/cobra"

	"github.com/assay-bench/assay/harness/run"
)

// agentCmd is the load agent: launchers start it beside the target. Hidden, since a
// person has no use for it.
func (c *console) agentCmd() *cobra.Command {
	var job, result string
	cmd := &cobra.Command{
		Use:    "agent --job FILE --result FILE",
		Short:  "Run one job beside a target (started by assay itself)",
		Hidden: true,
		Args:   exactArgs(0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			return run.ServeAgent(cmd.Context(), job, result, c.stdout)
		},
	}
	cmd.Flags().StringVar(&job, "job", "", "file that holds the job")
	cmd.Flags().StringVar(&result, "result", "", "file to write the result to")
	for _, name := range []string{"job", "result"} {
		if err := cmd.MarkFlagRequired(name); err != nil {
			panic(err)
		}
	}
	return cmd
}
