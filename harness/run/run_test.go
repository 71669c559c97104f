package run

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/HdrHistogram/hdrhistogram-go"

	"github.com/assay-bench/assay/harness/launch"
	"github.com/assay-bench/assay/harness/launch/launchtest"
	"github.com/assay-bench/assay/harness/load"
	"github.com/assay-bench/assay/harness/measure"
	"github.com/assay-bench/assay/harness/plan"
	"github.com/assay-bench/assay/harness/rundir"
	"github.com/assay-bench/assay/harness/target"
	"github.com/assay-bench/assay/harness/trial"
)

// twoSlots is the smallest plan with two targets.
func twoSlots() plan.Plan {
	return plan.Plan{
		Schema: plan.Schema, Runtime: "process", Blocks: 1, Limits: plan.DefaultLimits(),
		Targets:   []target.Target{{ID: "go-server"}, {ID: "rust-server"}},
		Placement: target.Placement{TargetCPUs: []int{0}, LoadCPUs: []int{1}},
		Cells:     []plan.Cell{{ID: "hold/10", Scenario: "hold", Connections: 10, SLOP99: 100 * time.Millisecond, Window: time.Second}},
		Slots: []plan.Slot{
			{Index: 0, Block: 1, Cell: "hold/10", Target: "go-server", Replica: 1},
			{Index: 1, Block: 1, Cell: "hold/10", Target: "rust-server", Replica: 1},
		},
	}
}

// goodResult is what an agent reports after a faultless window of one second.
func goodResult(t *testing.T) load.Result {
	t.Helper()
	return load.Result{
		StartUnixNano: 1e18, EndUnixNano: 1e18 + 1e9, Scheduled: 2000, Sent: 2000, Done: 2000,
		Samples:  []load.Sample{{AtSeconds: 0, Client: 10, Kernel: 10, Server: 10}, {AtSeconds: 1, Client: 10, Kernel: 10, Server: 10}},
		Intended: histogram(t, 500), Service: histogram(t, 480), Lateness: histogram(t, 20), Connect: histogram(t, 90), FirstByte: histogram(t, 150),
		AgentCPUSeconds: 0.1, ListenOverflows: 0, RetransmitSegments: 0,
		InFlight: 2000 * 480e-6,
	}
}

// histogram holds 2,000 values around one, in microseconds.
func histogram(t *testing.T, micros int64) []byte {
	t.Helper()
	h := hdrhistogram.New(1, 60_000_000, 3)
	if err := h.RecordValues(micros, 2000); err != nil {
		t.Fatal(err)
	}
	text, err := h.Encode(hdrhistogram.V2CompressedEncodingCookieBase)
	if err != nil {
		t.Fatal(err)
	}
	body, err := base64.StdEncoding.DecodeString(string(text))
	if err != nil {
		t.Fatal(err)
	}
	return body
}

type silent struct{ ended []trial.Record }

func (*silent) TrialStarted(plan.Slot, int, Remaining) {}
func (*silent) TrialProgress(plan.Slot, load.Progress) {}
func (s *silent) TrialEnded(r trial.Record)            { s.ended = append(s.ended, r) }
func answer(r load.Result) ([]byte, error)             { return json.Marshal(r) }
func ids(records []trial.Record) (all []string) {
	return collect(records, func(r trial.Record) string { return r.ID })
}
func statuses(records []trial.Record) (all []string) {
	return collect(records, func(r trial.Record) string { return string(r.Status) })
}
func collect(records []trial.Record, f func(trial.Record) string) (all []string) {
	for _, r := range records {
		all = append(all, f(r))
	}
	return all
}

func config(t *testing.T, l *launchtest.Launcher) Config {
	t.Helper()
	p := twoSlots()
	dir, err := rundir.Create(t.TempDir(), time.Unix(0, 0), p, trial.Environment{})
	if err != nil {
		t.Fatal(err)
	}
	now := time.Unix(1000, 0)
	return Config{Plan: p, Dir: dir, Launcher: l, Builds: map[string]launch.Build{}, Observer: &silent{},
		Now: func() time.Time { now = now.Add(time.Second); return now }}
}

func records(t *testing.T, cfg Config) []trial.Record {
	t.Helper()
	all, err := cfg.Dir.Records()
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestEverySlotIsRunOnceAndRecorded(t *testing.T) {
	l := &launchtest.Launcher{Answer: func(context.Context, string, launch.AgentRun) ([]byte, error) { return answer(goodResult(t)) }}
	cfg := config(t, l)
	if err := Execute(context.Background(), cfg); err != nil {
		t.Fatal(err)
	}
	got := records(t, cfg)
	if s := strings.Join(ids(got), " "); s != "000-hold-10-go-server-r1-a1 001-hold-10-rust-server-r1-a1" {
		t.Errorf("records %s", s)
	}
	for _, r := range got {
		if r.Status != trial.OK || !r.Connections.Held || r.Metrics["p99_ms"] < 0.49 || r.Metrics["p99_ms"] > 0.51 {
			t.Errorf("%s: %s %s, held %v, p99 %v", r.ID, r.Status, r.Failure, r.Connections.Held, r.Metrics["p99_ms"])
		}
		if _, ok := r.Metrics["p999_ms"]; ok {
			t.Errorf("%s: p99.9 from 2,000 samples", r.ID)
		}
		if _, ok := r.Metrics["cpu_us_per_request"]; ok {
			t.Errorf("%s: CPU per request without a sample of CPU time", r.ID)
		}
		log, err := cfg.Dir.ReadRaw(r, measure.RawLatencies)
		if err != nil {
			t.Fatal(err)
		}
		if h, err := measure.ReadHistogram(log, measure.TagLateness); err != nil || h.TotalCount() != 2000 || h.Max() != 20 {
			t.Errorf("lateness from the raw log: %v, %v", h, err)
		}
		if len(r.Raw) != 4 {
			t.Errorf("%s: %d raw files", r.ID, len(r.Raw))
		}
	}
	if l.Live() != 0 {
		t.Errorf("%d instances are left", l.Live())
	}
	if err := Execute(context.Background(), cfg); err != nil || l.Started() != 2 {
		t.Errorf("a complete run was run again: %v, %d starts", err, l.Started())
	}
}

func TestAnInvalidTrialIsTriedTwiceMoreInItsSlot(t *testing.T) {
	bad := func() load.Result { r := goodResult(t); r.AgentCPUSeconds = 0.95; return r }
	l := &launchtest.Launcher{Answer: func(_ context.Context, id string, _ launch.AgentRun) ([]byte, error) {
		if id == "go-server" {
			return answer(bad())
		}
		return answer(goodResult(t))
	}}
	cfg := config(t, l)
	if err := Execute(context.Background(), cfg); err != nil {
		t.Fatal(err)
	}
	got := records(t, cfg)
	if s := strings.Join(statuses(got), " "); s != "invalid invalid invalid ok" {
		t.Fatalf("statuses %s", s)
	}
	if !strings.Contains(got[0].Failure, "agent-cpu: 0.95 share, limit 0.8") {
		t.Errorf("failure %q", got[0].Failure)
	}
	if n := Left(cfg.Plan, got); n != 0 {
		t.Errorf("%d slots left after the attempts are used up", n)
	}
}

func TestAFailureOfTheServerIsAResult(t *testing.T) {
	for name, c := range map[string]struct {
		launcher *launchtest.Launcher
		want     string
	}{
		"errors": {&launchtest.Launcher{Answer: func(context.Context, string, launch.AgentRun) ([]byte, error) {
			r := goodResult(t)
			r.Done, r.Failed, r.Errors = 1990, 10, map[string]int64{"reset": 8, "status 500": 2}
			return answer(r)
		}}, "10 requests failed (reset: 8, status 500: 2)"},
		"lost connections": {&launchtest.Launcher{Answer: func(context.Context, string, launch.AgentRun) ([]byte, error) {
			r := goodResult(t)
			r.Closed = 3
			return answer(r)
		}}, "3 connections were closed"},
		"refused": {&launchtest.Launcher{Answer: func(context.Context, string, launch.AgentRun) ([]byte, error) {
			return answer(load.Result{Failure: "5 of 10 connections were refused", FailureSide: "server"})
		}}, "5 of 10 connections were refused"},
		"killed": {&launchtest.Launcher{
			Exit:   func(string) *launch.Exit { return &launch.Exit{Code: -1, Signal: "killed", OOMKilled: true} },
			Answer: func(context.Context, string, launch.AgentRun) ([]byte, error) { return answer(goodResult(t)) },
		}, "by signal: killed (out of memory)"},
		"dies at start": {&launchtest.Launcher{LaunchError: func(id string) error {
			return &launch.ExitError{Who: id, When: "while starting", Exit: launch.Exit{Code: 3}}
		}}, "while starting: exit status 3"},
	} {
		t.Run(name, func(t *testing.T) {
			cfg := config(t, c.launcher)
			if err := Execute(context.Background(), cfg); err != nil {
				t.Fatal(err)
			}
			for _, r := range records(t, cfg) {
				if r.Status != trial.ServerFailed || !strings.Contains(r.Failure, c.want) {
					t.Errorf("%s: %s: %s; want %q", r.ID, r.Status, r.Failure, c.want)
				}
			}
		})
	}
}

func TestWhatIsNotTheServersFaultIsNoResult(t *testing.T) {
	for name, result := range map[string]func() ([]byte, error){
		"agent killed": func() ([]byte, error) {
			return nil, &launch.ExitError{Who: "load agent", Exit: launch.Exit{Code: -1, Signal: "killed"}}
		},
		"host's files": func() ([]byte, error) {
			return answer(load.Result{Failure: "too many open files", FailureSide: "host"})
		},
		"unreadable":      func() ([]byte, error) { return []byte("{"), nil },
		"empty histogram": func() ([]byte, error) { r := goodResult(t); r.Intended = nil; return answer(r) },
	} {
		t.Run(name, func(t *testing.T) {
			l := &launchtest.Launcher{Answer: func(context.Context, string, launch.AgentRun) ([]byte, error) { return result() }}
			cfg := config(t, l)
			err := Execute(context.Background(), cfg)
			if err == nil || !strings.Contains(err.Error(), "3 trials in a row could not be measured") {
				t.Errorf("error %v", err)
			}
			if s := strings.Join(statuses(records(t, cfg)), " "); s != "broken broken broken" {
				t.Errorf("statuses %s", s)
			}
			// A resumed run may try the slot again: nothing was learnt of it.
			if n := Left(cfg.Plan, records(t, cfg)); n != 2 {
				t.Errorf("%d slots left, want 2", n)
			}
		})
	}
}

func TestALostEngineEndsTheRunAtOnce(t *testing.T) {
	l := &launchtest.Launcher{Answer: func(context.Context, string, launch.AgentRun) ([]byte, error) { return nil, launch.ErrEngine },
		Exit: func(string) *launch.Exit { return &launch.Exit{Code: 0} }}
	cfg := config(t, l)
	if err := Execute(context.Background(), cfg); !errors.Is(err, launch.ErrEngine) {
		t.Errorf("error %v", err)
	}
	if s := strings.Join(statuses(records(t, cfg)), " "); s != "broken" {
		t.Errorf("statuses %s: an engine that takes its containers down is no failure of the server", s)
	}
}

func TestAnInterruptedTrialIsNotRecordedAndTheRunGoesOn(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	calls := 0
	l := &launchtest.Launcher{}
	l.Answer = func(context.Context, string, launch.AgentRun) ([]byte, error) {
		if calls++; calls == 2 {
			cancel()
			return nil, context.Canceled
		}
		return answer(goodResult(t))
	}
	cfg := config(t, l)
	if err := Execute(ctx, cfg); !errors.Is(err, ErrInterrupted) {
		t.Fatalf("error %v", err)
	}
	if n := len(records(t, cfg)); n != 1 || l.Live() != 0 {
		t.Fatalf("%d records, %d instances left", n, l.Live())
	}
	if err := Execute(context.Background(), cfg); err != nil {
		t.Fatal(err)
	}
	if s := strings.Join(ids(records(t, cfg)), " "); s != "000-hold-10-go-server-r1-a1 001-hold-10-rust-server-r1-a1" {
		t.Errorf("after resuming: %s", s)
	}
}

// A saturated server under an agent at its own limit: rate and latencies say nothing, CPU time per request does, and
// another attempt would not help.
func TestSaturationByABusyAgentRejectsTheRateAlone(t *testing.T) {
	l := &launchtest.Launcher{Answer: func(context.Context, string, launch.AgentRun) ([]byte, error) {
		r := goodResult(t)
		r.AgentCPUSeconds = 0.97
		return answer(r)
	}}
	cfg := config(t, l)
	cfg.Plan.Budget = time.Hour
	cfg.Plan.Cells[0].Mode = "saturate"
	if err := Execute(context.Background(), cfg); err != nil {
		t.Fatal(err)
	}
	got := records(t, cfg)
	if len(got) != 2 {
		t.Fatalf("attempts %v, want one a slot", ids(got))
	}
	for _, r := range got {
		_, kept := r.Metrics["requests_per_second"]
		if r.Status != trial.OK || kept || r.Rejected["requests_per_second"] != 2000 || r.Rejected["p99_ms"] == 0 || r.Metrics[trial.AgentCPUShare] != 0.97 {
			t.Errorf("%s: %s, metrics %v, rejected %v", r.ID, r.Status, r.Metrics, r.Rejected)
		}
	}
}

// Late sends reject the latencies alone, and the slot is tried again while the budget has
// room.
func TestLateSendsRejectLatenciesAlone(t *testing.T) {
	for name, c := range map[string]struct {
		budget time.Duration
		want   int // attempts of the first slot
	}{
		"room":    {time.Hour, 3},
		"no room": {0, 1},
	} {
		l := &launchtest.Launcher{Answer: func(_ context.Context, id string, _ launch.AgentRun) ([]byte, error) {
			r := goodResult(t)
			if id == "go-server" {
				r.Lateness = histogram(t, 1100)
			}
			return answer(r)
		}}
		cfg := config(t, l)
		cfg.Plan.Budget = c.budget
		if err := Execute(context.Background(), cfg); err != nil {
			t.Fatal(err)
		}
		got := records(t, cfg)
		if len(got) != c.want+1 {
			t.Errorf("%s: %v", name, ids(got))
		}
		_, kept := got[0].Metrics["p99_ms"]
		if got[0].Status != trial.OK || kept || got[0].Rejected["p99_ms"] == 0 || len(got[0].Metrics) == 0 {
			t.Errorf("%s: %s, metrics %v, rejected %v", name, got[0].Status, got[0].Metrics, got[0].Rejected)
		}
		if last := got[len(got)-1]; len(last.Rejected) != 0 || last.Metrics["p99_ms"] == 0 {
			t.Errorf("%s: a faultless trial lost its latencies: %v", name, last.Rejected)
		}
	}
}

// A starved load side loses requests that the server would have answered.
func TestAStarvedLoadSideDoesNotBlameTheServer(t *testing.T) {
	l := &launchtest.Launcher{Answer: func(context.Context, string, launch.AgentRun) ([]byte, error) {
		r := goodResult(t)
		r.Done, r.Failed, r.Errors, r.AgentCPUSeconds = 1990, 10, map[string]int64{"timeout": 10}, 0.99
		return answer(r)
	}}
	cfg := config(t, l)
	if err := Execute(context.Background(), cfg); err != nil {
		t.Fatal(err)
	}
	for _, r := range records(t, cfg) {
		if r.Status != trial.Invalid || !strings.Contains(r.Failure, "agent-cpu") {
			t.Errorf("%s: %s: %s", r.ID, r.Status, r.Failure)
		}
	}
}

// A run with a look is asked once, between the block of the look and the next one, and ends there when all is decided; gone on
// with, it is asked again, and no more once a trial behind the look was made.
func TestRunEndsAtItsLookWhenAllIsDecided(t *testing.T) {
	l := &launchtest.Launcher{Answer: func(context.Context, string, launch.AgentRun) ([]byte, error) { return answer(goodResult(t)) }}
	cfg := config(t, l)
	cfg.Plan.Blocks, cfg.Plan.FirstLook, cfg.Plan.Slots[1].Block = 2, 1, 2
	decided, asked := true, 0
	cfg.Decided = func() (bool, error) {
		asked++
		if n := len(records(t, cfg)); n != 1 {
			t.Errorf("asked with %d records, want those of the first block", n)
		}
		return decided, nil
	}
	for _, step := range []struct {
		decided        bool
		records, asked int
	}{{true, 1, 1}, {false, 2, 2}, {true, 2, 2}} {
		decided = step.decided
		if err := Execute(context.Background(), cfg); err != nil {
			t.Fatal(err)
		}
		if n := len(records(t, cfg)); n != step.records || asked != step.asked {
			t.Errorf("decided %v: %d records after being asked %d times, want %d and %d", step.decided, n, asked, step.records, step.asked)
		}
	}
}
