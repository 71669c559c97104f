package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"github.com/assay-bench/assay/harness/launch"
)

// Exit statuses. A figure that is missed is a result: it leaves the status at 0.
const (
	exitOK          = 0
	exitFailed      = 1 // something could not be measured
	exitMisuse      = 2
	exitInterrupted = 130
)

// shimName is the command by which package launch calls this binary to confine a child.
const shimName = "shim"

func main() { os.Exit(program(os.Args[1:], os.Stdout, os.Stderr)) }

// program is all of main but the exit.
func program(args []string, stdout, stderr io.Writer) int {
	if len(args) > 0 && args[0] == shimName {
		fmt.Fprintln(stderr, "enginebench shim:", launch.Shim(args[1:])) // it returns only when it failed
		return exitFailed
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	defer stop()
	return run(ctx, args, stdout, stderr)
}

// misuse marks an error of the caller.
type misuse struct{ error }

func (m misuse) Unwrap() error { return m.error }

// run carries out one command. stdout gets results, stderr the log; a failure is one line.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	cmd := newCommand(stdout, stderr)
	cmd.SetArgs(args)
	err := cmd.ExecuteContext(ctx)
	var m misuse
	switch {
	case ctx.Err() != nil:
		fmt.Fprintln(stderr, "enginebench: interrupted")
		return exitInterrupted
	case err == nil:
		return exitOK
	case errors.As(err, &m):
		fmt.Fprintln(stderr, "enginebench:", oneLine(err))
		return exitMisuse
	}
	fmt.Fprintln(stderr, "enginebench:", oneLine(err))
	return exitFailed
}
