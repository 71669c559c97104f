package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/assay-bench/assay/harness/probe"
	"github.com/assay-bench/assay/harness/target"
)

// patience ends a test that would hang; passing does not depend on it.
const patience = 60 * time.Second

// testBench measures the fake server by this test binary and by a script in wrk's place.
func testBench(t *testing.T, f *fakeServer, ids ...string) (*bench, *bytes.Buffer) {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cpus := probe.ReadHost().UsableCPUs
	var stdout bytes.Buffer
	b := &bench{
		options: options{pairs: 2, window: 100 * time.Millisecond, quick: true},
		stdout:  &stdout, log: t.Output(), results: &results{},
		generator: generator{self: self, cpu: cpus[len(cpus)-1], openFiles: 4096},
		wrkPath:   fakeWrk(t),
	}
	for _, id := range ids {
		place := target.Placement{Port: f.port}
		b.servers = append(b.servers, &server{id: id, constant: f.constant, place: place, launcher: f})
	}
	return b, &stdout
}

// fakeWrk prints a summary after it has used a little CPU time.
func fakeWrk(t *testing.T) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "wrk")
	const script = "#!/bin/sh\ni=0; while [ $i -lt 20000 ]; do i=$((i+1)); done\n" +
		"printf 'Requests/sec: 5000.00\\n{\"answers\":500,\"microseconds\":100000,\"errors\":{\"read\":0}}\\n'\n"
	if err := os.WriteFile(name, []byte(script), 0o755); err != nil {
		t.Fatal(err)
	}
	return name
}

func patient(t *testing.T) context.Context {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	t.Cleanup(cancel)
	return ctx
}

// Every answer that an engine claims was given by the server, and the other way round.
func TestMeasurementsCountWhatTheServerAnswered(t *testing.T) {
	t.Parallel()
	for _, constant := range []bool{false, true} {
		f := newFakeServer(t, constant)
		b, _ := testBench(t, f, goServer)
		for _, e := range []engine{native, awake, vegeta} {
			items, greeted := f.items.Load(), f.greet.Load()
			m, err := b.closedRun(patient(t), b.servers[0], 16, e)
			if err != nil {
				t.Fatalf("%s: %v", e, err)
			}
			items, greeted = f.items.Load()-items, f.greet.Load()-greeted
			if m.Answers != items+greeted || items == 0 {
				t.Errorf("%s claims %d answers; the server gave %d items and %d greetings", e, m.Answers, items, greeted)
			}
			if e != vegeta && greeted != 16 {
				t.Errorf("%d connections were greeted, of 16", greeted)
			}
			if m.Sleeps <= 0 && e != awake {
				t.Errorf("%s never waited, with %d answers", e, m.Answers)
			}
			if (m.Idle > 0) != (e == awake) || !(m.work() > 0) {
				t.Errorf("%s: %.3f s of work, %.3f s awake with nothing to do", e, m.work(), m.Idle)
			}
			if !(m.User+m.System > 0) || !(m.Rate > 0) || !(m.Seconds > 0) {
				t.Errorf("%s: %+v", e, m)
			}
		}
	}
}

// A whole level: rounds and turns as planned, every row shown.
func TestClosedLevel(t *testing.T) {
	t.Parallel()
	f := newFakeServer(t, false)
	b, stdout := testBench(t, f, goServer, rustServer)
	if err := b.closedLevel(patient(t), fewConnections); err != nil {
		t.Fatal(err)
	}
	var order []string
	for _, m := range b.results.Closed {
		order = append(order, fmt.Sprintf("%d %s %s", m.Round, m.Server, m.Engine))
	}
	want := []string{
		"0 go-server native", "0 go-server wrk", "0 go-server native, awake", "0 go-server vegeta",
		"0 rust-server native", "0 rust-server wrk", "0 rust-server native, awake", "0 rust-server vegeta",
		"1 rust-server wrk", "1 rust-server native, awake", "1 rust-server vegeta", "1 rust-server native",
		"1 go-server wrk", "1 go-server native, awake", "1 go-server vegeta", "1 go-server native",
	}
	if !slices.Equal(order, want) || len(b.results.Failed) > 0 {
		t.Errorf("order %q, failed %q", order, b.results.Failed)
	}
	if n := strings.Count(stdout.String(), "-server "); n != len(want) {
		t.Errorf("%d rows:\n%s", n, stdout)
	}
	for _, e := range []engine{wrk, vegeta} {
		q, err := costRatio(b.results, goServer, fewConnections, native, e)
		if err != nil || q.N != 2 || !(q.Low <= q.Mean && q.Mean <= q.High) {
			t.Errorf("over %s: %+v, %v", e, q, err)
		}
	}
}

// Jobs at a rate, by the load agent's own code.
func TestScheduled(t *testing.T) {
	t.Parallel()
	f := newFakeServer(t, false)
	b, _ := testBench(t, f, goServer)
	for _, e := range []engine{native, vegeta} {
		asked := job{connections: 20, rate: 200, warmUp: 100 * time.Millisecond, window: 300 * time.Millisecond}
		came, err := b.scheduledOne(patient(t), b.servers[0], e, 0, asked)
		if err != nil {
			t.Fatalf("%s: %v", e, err)
		}
		if came.Scheduled != 60 || came.Done != 60 || !(came.ConnectSeconds > 0) || came.LateP99Micros < came.LateP50Micros {
			t.Errorf("%s: %+v; want 60 requests", e, came)
		}
	}
}

// What cannot be measured is noted, and the rest goes on.
func TestFailuresAreNoted(t *testing.T) {
	t.Parallel()
	f := newFakeServer(t, false)
	b, _ := testBench(t, f, goServer)
	f.broken.Store(true)
	for _, e := range []engine{native, vegeta} {
		if err := b.closedOne(patient(t), b.servers[0], 4, e, 0); err != nil {
			t.Fatal(err)
		}
	}
	if len(b.results.Failed) != 2 || len(b.results.Closed) != 0 {
		t.Fatalf("failed %q, measured %+v", b.results.Failed, b.results.Closed)
	}
	for _, text := range b.results.Failed {
		if !strings.Contains(text, "status 500") || strings.Contains(text, "\n") {
			t.Errorf("%q does not say why in one line", text)
		}
	}
	if err := b.tell(); err == nil || !strings.Contains(err.Error(), "2 measurements could not be made") {
		t.Errorf("the end says %v", err)
	}
}

func TestLimitOfOpenFiles(t *testing.T) {
	t.Parallel()
	f := newFakeServer(t, false)
	b, _ := testBench(t, f, goServer)
	ctx := patient(t)
	if err := errors.Join(b.closedLevel(ctx, manyConnections), b.lateness(ctx), b.connecting(ctx)); err != nil {
		t.Fatal(err)
	}
	if len(b.results.Left) != 3 || len(b.results.Closed)+len(b.results.Late)+len(b.results.Connects) != 0 {
		t.Errorf("left out %q; 4,096 files are too few for all of it", b.results.Left)
	}
}

func TestChildren(t *testing.T) {
	t.Parallel()
	b, _ := testBench(t, newFakeServer(t, false))
	g := b.generator
	l, err := g.live(patient(t), patience, "/bin/sh", "-c", "echo out; ulimit -n")
	if err != nil || l.stdout != "out\n4096\n" {
		t.Errorf("%+v, %v", l, err)
	}
	_, err = g.live(patient(t), patience, "/bin/sh", "-c", "echo broken >&2; exit 3")
	if err == nil || !strings.Contains(err.Error(), "broken") {
		t.Errorf("%v does not say why", err)
	}
	_, err = g.live(patient(t), 50*time.Millisecond, "/bin/sleep", "600")
	if err == nil || !strings.Contains(err.Error(), "did not end within") {
		t.Errorf("%v of a program that hangs", err)
	}
	ctx, cancel := context.WithCancelCause(context.Background())
	why := errors.New("why")
	time.AfterFunc(50*time.Millisecond, func() { cancel(why) })
	if _, err := g.live(ctx, patience, "/bin/sleep", "600"); !errors.Is(err, why) {
		t.Errorf("%v of a program that was stopped", err)
	}
	if err := b.fail(ctx, "it", why); !errors.Is(err, why) || len(b.results.Failed) > 0 {
		t.Errorf("%v, %q: an interrupted measurement is no failed one", err, b.results.Failed)
	}
}
