package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime"
	"strconv"
	"syscall"

	"github.com/spf13/cobra"

	"github.com/assay-bench/assay/harness/null"
)

// nullServerName is the subcommand that main runs under signals of its own.
const nullServerName = "null-server"

// nullServerCmd is the null server: the harness starts it as it starts a target. Hidden,
// since a person has no use for it.
func (c *console) nullServerCmd() *cobra.Command {
	var o null.Options
	cmd := &cobra.Command{
		Use:    nullServerName,
		Short:  "Answer a constant, with faults if asked (started by assay itself)",
		Hidden: true,
		Args:   exactArgs(0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			port, err := portOf(os.Getenv("PORT"))
			if err != nil {
				return misuse{err}
			}
			if err := o.Check(); err != nil {
				return misuse{err}
			}
			l, err := null.Listen(cmd.Context(), "0.0.0.0:"+port)
			if err != nil {
				return err
			}
			// Each thread of the server keeps a processor of Go's busy. One more, and the runtime
			// need not take one away from a thread that sleeps, which costs half the throughput.
			runtime.GOMAXPROCS(runtime.GOMAXPROCS(0) + 1)
			return null.Serve(cmd.Context(), l, o)
		},
	}
	flags := cmd.Flags()
	flags.DurationVar(&o.Delay, "delay", 0, "time between a request and its answer")
	flags.DurationVar(&o.StallAt, "stall-at", 0, "when a stall begins, after the first request for /null")
	flags.DurationVar(&o.StallFor, "stall-for", 0, "how long it lasts (0: no stall)")
	flags.IntVar(&o.MaxConnections, "max-connections", 0, "connections that may be open; further ones are closed at once (0: no limit)")
	flags.IntVar(&o.WrongEvery, "wrong-every", 0, "one in this many answers to /null is wrong (0: none)")
	flags.IntVar(&o.StatusEvery, "status-every", 0, "one in this many answers to /null has status 500 (0: none)")
	flags.IntVar(&o.Guests, "guests", 0, "connections that the server opens to itself with its first answer to /null (0: none)")
	flags.IntVar(&o.CloseEvery, "close-every", 0, fmt.Sprintf("one in this many connections is closed after %d answers to /null (0: none)", null.CloseAfter))
	flags.Uint64Var(&o.Seed, "seed", 0, "which answers and connections those are")
	return cmd
}

// portOf reads the variable PORT as targets/CONTRACT.md has it.
func portOf(text string) (string, error) {
	if text == "" {
		return "8080", nil
	}
	if n, err := strconv.Atoi(text); err != nil || n < 1 || n > 65535 {
		return "", fmt.Errorf("PORT=%s: want a number from 1 to 65535", text)
	}
	return text, nil
}

// serveRun runs the null server. To a server SIGTERM is how it ends, and no interruption.
func serveRun(args []string, stdout, stderr io.Writer) int {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, os.Interrupt)
	defer stop()
	return runCommand(ctx, args, stdout, stderr)
}
