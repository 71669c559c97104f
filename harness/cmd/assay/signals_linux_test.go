package main

import (
	"os/exec"
	"strings"
	"syscall"
	"testing"
)

func TestSignalsEndARunCleanly(t *testing.T) {
	t.Parallel()
	for s, status := range map[syscall.Signal]int{
		syscall.SIGINT: exitInterrupted, syscall.SIGTERM: exitTerminated, syscall.SIGHUP: exitTerminated,
	} {
		t.Run(s.String(), func(t *testing.T) {
			t.Parallel()
			l := newLab(t)
			p := l.run(1)
			l.midTrial(p, 0)
			p.signal(s)
			text := lastError(p.fails(status, "interrupted", "what was measured is kept"))
			l.nothingLeft()
			_, line, ok := strings.Cut(text, "\n  ")
			if !ok || strings.Contains(line, "\n") || !strings.Contains(line, l.dir()) {
				t.Fatalf("no line to resume with:\n%s", text)
			}
			if s != syscall.SIGINT {
				return // one of them does what it was told
			}
			before := l.lines()
			l.startCommand(exec.Command("sh", "-c", line)).finishes()
			l.settled(before)
		})
	}
}

func TestSignalWhileBuilding(t *testing.T) {
	t.Parallel()
	l := newLab(t)
	l.root = slowBuild(t)
	p := l.run(1)
	l.eventually(p, "the build", func() bool { return len(l.processes()) > 1 })
	p.signal(syscall.SIGINT)
	p.fails(exitInterrupted, "interrupted before the first trial; nothing was measured")
	l.nothingLeft()
	if dirs := l.dirs(); len(dirs) > 0 {
		t.Errorf("a run directory of nothing: %q", dirs)
	}
}
