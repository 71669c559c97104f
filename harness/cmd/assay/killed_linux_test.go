package main

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/assay-bench/assay/harness/trial"
)

func TestTargetKilledInMidTrial(t *testing.T) {
	t.Parallel()
	l := newLab(t)
	p := l.run(1)
	l.midTrial(p, 0)
	l.kill(l.target())
	p.finishes()
	first := l.records()[0]
	if first.Status != trial.ServerFailed || !strings.Contains(first.Failure, "signal: killed") {
		t.Errorf("record: %s: %s; want server-failed, by signal: killed", first.Status, first.Failure)
	}
	l.settled(nil)
	l.nothingLeft()
}

func TestLoadAgentKilledInMidTrial(t *testing.T) {
	t.Parallel()
	l := newLab(t)
	p := l.run(1)
	l.midTrial(p, 0)
	l.kill(l.agent())
	p.finishes()
	all := l.records()
	if first := all[0]; first.Status != trial.Broken || !strings.Contains(first.Failure, "load agent ended") || !strings.Contains(first.Failure, "killed") {
		t.Errorf("record: %s: %s; want broken, with the agent's end", first.Status, first.Failure)
	}
	if second := all[1]; second.Slot != all[0].Slot || second.Attempt != 2 {
		t.Errorf("then slot %d, attempt %d; want slot %d tried again", second.Slot, second.Attempt, all[0].Slot)
	}
	l.settled(nil)
	l.nothingLeft()
}

func TestAssayKilledInMidTrial(t *testing.T) {
	t.Parallel()
	l := newLab(t)
	p := l.run(2)
	l.midTrial(p, 1)
	p.signal(syscall.SIGKILL)
	p.wait()
	l.nothingLeft()
	before := l.lines()
	if len(l.records()) != len(before) || len(before) == 0 {
		t.Fatalf("records after the kill: %q", before)
	}
	again := l.resume()
	if !strings.Contains(again.stderr.String(), "removed what an earlier run left behind: notes of process") {
		t.Errorf("the next start says nothing of what it swept:\n%s", &again.stderr)
	}
	l.settled(before)
	// The flags of the run's start are those of a new one, whatever it was resumed with.
	if report, err := os.ReadFile(filepath.Join(l.dir(), "report.md")); err != nil || !strings.Contains(string(report), "with the same plan, which will give other numbers:\n\n```\nbin/assay run --article tiny --profile quick --runtime process --engine native --seed 1 --blocks 2\n") {
		t.Errorf("the report does not have the run's flags: %v", err)
	}
	notes, err := filepath.Glob(filepath.Join(l.tmp, "assay-*", "*"))
	if err != nil || len(notes) > 0 {
		t.Errorf("left in the directory for temporary files: %q, %v", notes, err)
	}
}

// A crash of the Go runtime, as a panic is, ends assay without any clean-up of its own.
func TestAssayCrashes(t *testing.T) {
	t.Parallel()
	l := newLab(t)
	p := l.run(1)
	l.midTrial(p, 0)
	p.signal(syscall.SIGQUIT)
	if status := p.wait(); status != 2 || !strings.Contains(p.stderr.String(), "SIGQUIT") {
		t.Errorf("exit status %d:\n%s", status, &p.stderr)
	}
	l.nothingLeft()
}
