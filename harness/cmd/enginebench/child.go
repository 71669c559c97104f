package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// pipeGrace is for output that a dead child's pipe still holds.
const pipeGrace = time.Second

// A generator is where generator processes run.
type generator struct {
	self      string // path of this binary, which is the shim too
	cpu       int
	openFiles int
}

// A lived is what a child left behind.
type lived struct {
	stdout       string
	user, system time.Duration
	maxRSSBytes  int64 // -1 not known
	sleeps       int64 // times that it gave up its CPU to wait for something (voluntary context switches)
}

// live runs a program from its start to its end, bound to the generator's CPU, and kills it when ctx ends or limit has
// passed. CPU times are those that wait4(2) gives: the shim's few milliseconds before the program are part of them, for
// every program alike.
func (g generator) live(ctx context.Context, limit time.Duration, command ...string) (lived, error) {
	ctx, cancel := context.WithTimeoutCause(ctx, limit, fmt.Errorf("it did not end within %v", limit))
	defer cancel()
	args := append([]string{shimName, "--cpus", strconv.Itoa(g.cpu), "--nofile", strconv.Itoa(g.openFiles),
		"--parent", strconv.Itoa(os.Getpid()), "--"}, command...)
	cmd := exec.CommandContext(ctx, g.self, args...)
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr, cmd.WaitDelay = &stdout, &stderr, pipeGrace
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} // a terminal's Ctrl-C comes through ctx
	// The shim ties the child to the thread that starts it, so the thread has to stay.
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	if err := cmd.Start(); err != nil {
		return lived{}, err
	}
	memory := watchMemory(cmd.Process.Pid)
	err := cmd.Wait()
	l := lived{stdout: stdout.String(), maxRSSBytes: memory.stop()}
	if ctx.Err() != nil {
		return lived{}, context.Cause(ctx)
	}
	if err != nil {
		return lived{}, fmt.Errorf("%w: %s", err, strings.TrimSpace(stderr.String()))
	}
	used, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage)
	if !ok {
		return lived{}, errors.New("the system does not tell what the process used")
	}
	l.user, l.system = time.Duration(used.Utime.Nano()), time.Duration(used.Stime.Nano())
	l.sleeps = used.Nvcsw
	if l.user+l.system <= 0 {
		return lived{}, errors.New("the system says that the process used no CPU time")
	}
	return l, nil
}
