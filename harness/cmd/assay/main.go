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
	"github.com/assay-bench/assay/harness/run"
)

// Exit codes, documented in README.md.
const (
	exitOK          = 0
	exitFailed      = 1
	exitMisuse      = 2
	exitChanged     = 3
	exitInterrupted = 130
	exitTerminated  = 143
)

func main() {
	if len(os.Args) > 1 && os.Args[1] == "shim" {
		// Before anything else starts threads: the shim becomes the target.
		fmt.Fprintln(os.Stderr, "assay shim:", launch.Shim(os.Args[2:]))
		os.Exit(exitFailed)
	}
	if len(os.Args) > 1 && os.Args[1] == nullServerName {
		os.Exit(serveRun(os.Args[1:], os.Stdout, os.Stderr))
	}
	os.Exit(mainRun(os.Args[1:], os.Stdout, os.Stderr))
}

// mainRun runs assay under a context that ends with Ctrl-C or SIGTERM. A second signal
// ends the process at once; what it leaves behind, the next start sweeps.
func mainRun(args []string, stdout, stderr io.Writer) int {
	ctx, cancel := context.WithCancelCause(context.Background())
	defer cancel(nil)
	signals := make(chan os.Signal, 2)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	defer signal.Stop(signals)
	go func() {
		s, ok := <-signals
		if !ok {
			return
		}
		cancel(caught{s})
		signal.Stop(signals) // the next one has its default effect
	}()
	code := runCommand(ctx, args, stdout, stderr)
	var c caught
	if errors.As(context.Cause(ctx), &c) {
		if c.signal == syscall.SIGTERM || c.signal == syscall.SIGHUP {
			return exitTerminated
		}
		return exitInterrupted
	}
	return code
}

// caught is the cause of a context that a signal ended.
type caught struct{ signal os.Signal }

func (c caught) Error() string { return "caught " + c.signal.String() }

// misuse marks an error of the caller: exit status 2.
type misuse struct{ error }

func (m misuse) Unwrap() error { return m.error }

// runCommand is the program: arguments and streams in, exit status out. stdout carries
// results, stderr the log.
func runCommand(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	root := newRoot(stdout, stderr)
	root.SetArgs(args)
	err := root.ExecuteContext(ctx)
	var m misuse
	var verdicts changed
	switch {
	case err == nil:
		return exitOK
	case errors.Is(err, run.ErrInterrupted), ctx.Err() != nil:
		fmt.Fprintln(stderr, "assay:", err)
		return exitInterrupted
	case errors.As(err, &m):
		fmt.Fprintln(stderr, "assay:", err)
		return exitMisuse
	case errors.As(err, &verdicts):
		fmt.Fprintln(stderr, "assay:", err)
		return exitChanged
	default:
		fmt.Fprintln(stderr, "assay:", err)
		return exitFailed
	}
}
