package defect

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"github.com/assay-bench/assay/harness/mistake"
	"os/exec"
	"sync/atomic"
	"syscall"
	"time"
)

// StandardLimits are those of `assay defects`. Ten seconds are many times what a program takes that ends at all. A Go
// program whose recursion does not end fills a stack of 1 GB before the runtime stops it, and copies it as it grows, hence
// 3 GiB. The tools' limits are against a tool that hangs; a tool that meets one is an error, not an outcome.
func StandardLimits() mistake.Limits {
	return mistake.Limits{ToolSeconds: 180, ProgramSeconds: 10, ToolMemoryBytes: 4 << 30, ProgramMemoryBytes: 3 << 30}
}

const (
	mostOutput  = 1 << 20 // bytes kept of each stream
	watchPeriod = 50 * time.Millisecond
	drainTime   = time.Second // for the pipes of what was killed
)

// A command is one process to run.
type command struct {
	dir    string
	args   []string
	env    []string
	within time.Duration
	memory int64 // bytes, resident, with its children
}

// An ended is how a process came to its end.
type ended struct {
	exit           int // -1 where a signal ended it
	signal         string
	over           string // the limit that ended it, in words; "" for none
	stdout, stderr string
}

// run runs a process in a group of its own and waits for it. Its group is gone when run returns. The error is the
// harness's: it could not be started, or ctx ended.
func (c command) run(ctx context.Context) (ended, error) {
	within, cancel := context.WithTimeout(ctx, c.within)
	defer cancel()
	cmd := exec.CommandContext(within, c.args[0], c.args[1:]...)
	var stdout, stderr bounded
	cmd.Dir, cmd.Env, cmd.Stdout, cmd.Stderr = c.dir, c.env, &stdout, &stderr
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { return killGroup(cmd.Process.Pid) }
	cmd.WaitDelay = drainTime
	if err := cmd.Start(); err != nil {
		return ended{}, err
	}
	tooLarge := watchMemory(within, cmd.Process.Pid, c.memory, cancel)
	err := cmd.Wait()
	timedOut := errors.Is(within.Err(), context.DeadlineExceeded)
	cancel()
	large := tooLarge()
	_ = killGroup(cmd.Process.Pid) // what it left running, as a rule nothing
	if ctx.Err() != nil {
		return ended{}, context.Cause(ctx)
	}
	if cmd.ProcessState == nil {
		return ended{}, err
	}
	e := ended{exit: cmd.ProcessState.ExitCode(), stdout: stdout.String(), stderr: stderr.String()}
	if status, ok := cmd.ProcessState.Sys().(syscall.WaitStatus); ok && status.Signaled() {
		e.signal = status.Signal().String()
	}
	switch {
	case large:
		e.over = fmt.Sprintf("used more than %d MiB", c.memory>>20)
	case timedOut:
		e.over = fmt.Sprintf("did not end within %s", c.within)
	}
	return e, nil
}

func killGroup(leader int) error { return syscall.Kill(-leader, syscall.SIGKILL) }

// watchMemory ends ctx by cancel when the group uses more than most bytes. The function that it returns waits for the
// watch, which ends with ctx, and says whether it was so.
func watchMemory(ctx context.Context, leader int, most int64, cancel func()) func() bool {
	var over atomic.Bool
	done := make(chan struct{})
	go func() {
		defer close(done)
		tick := time.NewTicker(watchPeriod)
		defer tick.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-tick.C:
			}
			if groupResident(leader) > most {
				over.Store(true)
				cancel()
				return
			}
		}
	}()
	return func() bool {
		<-done
		return over.Load()
	}
}

// bounded keeps the beginning of a stream and drops the rest.
type bounded struct{ bytes.Buffer }

func (b *bounded) Write(p []byte) (int, error) {
	if room := mostOutput - b.Len(); room > 0 {
		b.Buffer.Write(p[:min(room, len(p))])
	}
	return len(p), nil
}
