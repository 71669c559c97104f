package run

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/assay-bench/assay/harness/launch"
	"github.com/assay-bench/assay/harness/launch/launchtest"
	"github.com/assay-bench/assay/harness/load"
	"github.com/assay-bench/assay/harness/plan"
	"github.com/assay-bench/assay/harness/scenario"
	"github.com/assay-bench/assay/harness/target"
)

// sharesOf is a plan with two cells that are shares of capacity.
func sharesOf(t *testing.T) Config {
	cfg := config(t, nil)
	cell := plan.Cell{Scenario: "load", Mode: scenario.Rate, Connections: 10, SLOP99: time.Second, Window: time.Second}
	low, high := cell, cell
	low.ID, low.PercentOfCapacity, high.ID, high.PercentOfCapacity = "load/30", 30, "load/60", 60
	null := target.Null()
	cfg.Plan.Cells, cfg.Plan.Slots, cfg.Plan.Null = []plan.Cell{low, high}, nil, &null
	return cfg
}

// capable are servers that answer so many requests/s at most. change doctors a result.
func capable(t *testing.T, perSecond map[string]int64, change func(target string, job load.Job, r *load.Result)) *launchtest.Launcher {
	return &launchtest.Launcher{Answer: func(_ context.Context, id string, a launch.AgentRun) ([]byte, error) {
		var task Task
		if err := json.Unmarshal(a.Job, &task); err != nil {
			return nil, err
		}
		r, n := goodResult(t), perSecond[id]
		if task.Load.Mode == scenario.Rate {
			n = int64(task.Load.RequestsPerSecond)
		}
		r.Scheduled, r.Sent, r.Done, r.InFlight = n, n, n, float64(n)*480e-6
		if change != nil {
			change(id, *task.Load, &r)
		}
		return answer(r)
	}}
}

// Rates are shares of what the slowest server was seen to do, and no trial is kept of the drives.
func TestCalibrateSetsRates(t *testing.T) {
	capacities := map[string]int64{"go-server": 20_000, "rust-server": 40_000, target.NullID: 100_000}
	for name, c := range map[string]struct {
		change          func(string, load.Job, *load.Result)
		low, high       float64
		proofs, doubts  int
		trialsMoreOften int
	}{
		"undisturbed": {nil, 6000, 12_000, 1, 0, 0},
		"a load side that is short of CPU above 10,000/s": {func(_ string, j load.Job, r *load.Result) {
			if j.RequestsPerSecond > 10_000 {
				r.AgentCPUSeconds = 0.9
			}
		}, 6000, 9600, 2, 0, 0},
		"a load side that is short of CPU in drives of rust-server": {func(id string, j load.Job, r *load.Result) {
			if id == "rust-server" && j.Mode == scenario.Saturate {
				r.AgentCPUSeconds = 0.95
			}
		}, 6000, 12_000, 1, 0, 0},
		"an accept queue that overflows in every drive of rust-server": {func(id string, j load.Job, r *load.Result) {
			if id == "rust-server" && j.Mode == scenario.Saturate {
				r.ListenDrops = 1
			}
		}, 6000, 12_000, 1, 3, 6},
	} {
		cfg := sharesOf(t)
		l := capable(t, capacities, c.change)
		cfg.Launcher = l
		got, err := Calibrate(t.Context(), cfg)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		made := got.Calibrations[0]
		if got.Cells[0].RequestsPerSecond != c.low || got.Cells[1].RequestsPerSecond != c.high || made.Slowest != "go-server" {
			t.Errorf("%s: rates %g and %g, slowest %s", name, got.Cells[0].RequestsPerSecond, got.Cells[1].RequestsPerSecond, made.Slowest)
		}
		if len(made.Proofs) != c.proofs || !made.Proofs[c.proofs-1].Fit || len(made.Doubts) != c.doubts {
			t.Errorf("%s: proofs %+v, doubts %+v", name, made.Proofs, made.Doubts)
		}
		if want := 9 + c.proofs + c.trialsMoreOften; l.Started() != want || l.Live() != 0 {
			t.Errorf("%s: %d servers were started, %d live; want %d and none", name, l.Started(), l.Live(), want)
		}
		if err := got.CheckRates(); err != nil || len(records(t, cfg)) != 0 {
			t.Errorf("%s: %v, %d records", name, err, len(records(t, cfg)))
		}
	}
}

func TestCalibrateFails(t *testing.T) {
	capacities := map[string]int64{"go-server": 20_000, "rust-server": 40_000, target.NullID: 100_000}
	for want, change := range map[string]func(string, load.Job, *load.Result){
		"the load side is fit for no rate of scenario load": func(_ string, j load.Job, r *load.Result) {
			if j.Mode == scenario.Rate {
				r.AgentCPUSeconds = 0.9
			}
		},
		"no capacity of rust-server was found, of which the rates of scenario load are shares": func(id string, _ load.Job, r *load.Result) {
			if id == "rust-server" {
				r.Failure, r.FailureSide = "the server did not answer", "server"
			}
		},
	} {
		cfg := sharesOf(t)
		cfg.Launcher = capable(t, capacities, change)
		if _, err := Calibrate(t.Context(), cfg); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %s", err, want)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	cfg := sharesOf(t)
	cfg.Launcher = capable(t, capacities, nil)
	if _, err := Calibrate(ctx, cfg); !errors.Is(err, ErrInterrupted) {
		t.Errorf("interrupted: %v", err)
	}
}

// A plan without shares of capacity comes back as it is, and no server is started.
func TestNothingToCalibrate(t *testing.T) {
	l := capable(t, nil, nil)
	cfg := config(t, l)
	if got, err := Calibrate(t.Context(), cfg); err != nil || len(got.Calibrations) != 0 || l.Started() != 0 {
		t.Errorf("%v, %+v, %d servers", err, got.Calibrations, l.Started())
	}
}
