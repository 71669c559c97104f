package limited

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os/exec"
	"sync/atomic"
	"syscall"
	"time"
)

const (
	mostOutput  = 1 << 20 // bytes kept of each stream
	watchPeriod = 50 * time.Millisecond
	drainTime   = time.Second // for the pipes of what was killed
)

// A Command is one process to run.
type Command struct {
	Dir    string
	Args   []string // the first is the program, a path or a name in PATH
	Env    []string
	Within time.Duration
	Memory int64 // bytes, resident, with its children; watched on Linux alone
}

// Ended is how a process came to its end.
type Ended struct {
	Exit           int // -1 where a signal ended it
	Signal         string
	Over           string // the limit that ended it, in words; "" for none
	OverMemory     bool   // it was that of memory
	Stdout, Stderr string // the first MiB of each
	Took           time.Duration
}

// Run runs a process in a group of its own and waits for it. Its group is gone when Run returns. The error is the
// harness's: it could not be started, or ctx ended.
func (c Command) Run(ctx context.Context) (Ended, error) {
	within, cancel := context.WithTimeout(ctx, c.Within)
	defer cancel()
	cmd := exec.CommandContext(within, c.Args[0], c.Args[1:]...)
	var stdout, stderr bounded
	cmd.Dir, cmd.Env, cmd.Stdout, cmd.Stderr = c.Dir, c.Env, &stdout, &stderr
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { return killGroup(cmd.Process.Pid) }
	cmd.WaitDelay = drainTime
	begun := time.Now()
	if err := cmd.Start(); err != nil {
		return Ended{}, err
	}
	tooLarge := watchMemory(within, cmd.Process.Pid, c.Memory, cancel)
	err := cmd.Wait()
	took := time.Since(begun)
	timedOut := errors.Is(within.Err(), context.DeadlineExceeded)
	cancel()
	large := tooLarge()
	_ = killGroup(cmd.Process.Pid) // what it left running, as a rule nothing
	if ctx.Err() != nil {
		return Ended{}, context.Cause(ctx)
	}
	if cmd.ProcessState == nil {
		return Ended{}, err
	}
	e := Ended{Exit: cmd.ProcessState.ExitCode(), Stdout: stdout.String(), Stderr: stderr.String(), Took: took}
	if status, ok := cmd.ProcessState.Sys().(syscall.WaitStatus); ok && status.Signaled() {
		e.Signal = status.Signal().String()
	}
	switch {
	case large:
		e.OverMemory = true
		e.Over = fmt.Sprintf("used more than %d MiB", c.Memory>>20)
	case timedOut:
		e.Over = fmt.Sprintf("did not end within %s", c.Within)
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
