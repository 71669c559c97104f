package run

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/assay-bench/assay/harness/load"
	"github.com/assay-bench/assay/harness/plan"
	"github.com/assay-bench/assay/harness/scenario"
	"github.com/assay-bench/assay/harness/target"
)

// shortOfFiles is assay's binary, but that its agents may open fewer files than the servers beside them: of those whose job
// holds the word, only so many.
func shortOfFiles(t *testing.T, word string, files int) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "assay-with-few-files")
	script := fmt.Sprintf("#!/bin/sh\nif [ \"$1\" = agent ] && grep -q '%s' \"$3\"; then ulimit -n %d || exit 1; fi\nexec %s \"$@\"\n",
		word, files, assayBinary(t))
	if err := os.WriteFile(path, []byte(script), 0o755); err != nil {
		t.Fatal(err)
	}
	return path
}

// driveBy has so many agents of this binary hold 1,500 connections to a fresh go-server for two seconds.
func driveBy(t *testing.T, agentBinary string, agents int) load.Result {
	t.Helper()
	const connections = 1500
	l, server, b := realProcess(t, agentBinary)
	cpu := []int{firstCPU(t)}
	place := target.Placement{TargetCPUs: cpu, LoadCPUs: cpu, MemoryBytes: 1 << 30, OpenFiles: connections + 500, Port: freePort(t)}
	p := plan.Plan{Engine: load.Native, Agents: agents, Placement: place, Seed: 1}
	cell := plan.Cell{
		Mode: scenario.Hold, Request: "GET /item?id={id}", Connections: connections, RequestsPerSecond: connections / 2,
		Window: 2 * time.Second, SLOP99: time.Second,
	}
	inst, err := l.Launch(t.Context(), b, server, place)
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if _, err := inst.Stop(context.WithoutCancel(t.Context())); err != nil {
			t.Error(err)
		}
	}()
	c := crew{inst: inst, started: func(int, int, string) {}, progress: func(load.Progress) {}}
	res, err := c.drive(t.Context(), split(job(p, cell, inst.Address(), plan.Slot{}), p.AgentsOf(cell)))
	if err != nil {
		t.Fatal(err)
	}
	return res
}

// An agent that may open 1,000 files is refused 1,500 connections, which is no fault of the server's, and is told the way out.
// Two such agents hold them, each second by the word of client, kernel and server, and have every request answered.
func TestTwoAgentsHoldWhatOneMayNot(t *testing.T) {
	few := shortOfFiles(t, "", 1000)
	alone := driveBy(t, few, 1)
	t.Log(alone.Failure)
	if alone.FailureSide != "host" || !strings.Contains(alone.Failure, "may not open more files") || !strings.Contains(alone.Failure, "--agents N") {
		t.Errorf("one agent: failure %q (%s)", alone.Failure, alone.FailureSide)
	}
	both := driveBy(t, few, 2)
	if both.Failure != "" || both.Done != both.Scheduled || both.Done != 1500 || both.Closed != 0 || both.Reopened != 0 {
		t.Fatalf("two agents: failure %q (%s), done %d of %d, errors %v, closed %d, reopened %d",
			both.Failure, both.FailureSide, both.Done, both.Scheduled, both.Errors, both.Closed, both.Reopened)
	}
	if len(both.Samples) < 2 {
		t.Errorf("%d samples", len(both.Samples))
	}
	for _, s := range both.Samples {
		if s.Client != 1500 || s.Kernel != 1500 || s.Server != 1500 {
			t.Errorf("at %.2f s: %+v; want 1500 of each", s.AtSeconds, s)
		}
	}
}

// Where one of two agents can't open its share, the trial says so for its reason, at once: not that the server lacks connections,
// nor that the other one was left alone.
func TestOneOfTwoAgentsIsShortOfFiles(t *testing.T) {
	const second = `"index":1`
	began := time.Now()
	res := driveBy(t, shortOfFiles(t, second, 300), 2)
	t.Logf("after %v: %s", time.Since(began), res.Failure)
	if res.FailureSide != "host" || !strings.HasPrefix(res.Failure, "agent 2 of 2: ") || !strings.Contains(res.Failure, "may not open more files") {
		t.Errorf("failure %q (%s)", res.Failure, res.FailureSide)
	}
}
