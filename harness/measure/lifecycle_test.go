package measure

import (
	"strings"
	"testing"
	"time"

	"github.com/assay-bench/assay/harness/coldstart"
	"github.com/assay-bench/assay/harness/plan"
	"github.com/assay-bench/assay/harness/probe"
	"github.com/assay-bench/assay/harness/trial"
)

// unloaded is the smallest plan of a mode without load.
func unloaded(mode string) plan.Plan {
	p := onePlan()
	p.Cells = []plan.Cell{{ID: mode + "/x", Scenario: mode, Starts: 3, Idle: time.Second}}
	p.Cells[0].Mode = "start"
	if mode == "build" {
		p.Cells[0].Mode = "build"
	}
	p.Slots[0].Cell = mode + "/x"
	return p
}

// started are three starts, the slowest first, and an idle server.
func started() Observation {
	start := func(ms int64) coldstart.Start {
		return coldstart.Start{ExecNano: 5e9, AnswerNano: 5e9 + ms*1e6, Questions: 9, GapNano: 250_000}
	}
	samples := []probe.Sample{
		{At: time.Unix(10, 0), ResidentBytes: 9e6, CPU: -1}, // before the idle time is over
		{At: time.Unix(11, 0), ResidentBytes: 4e6, CPU: -1},
		{At: time.Unix(12, 0), ResidentBytes: 5e6, CPU: -1},
		{At: time.Unix(13, 0), ResidentBytes: 6e6, CPU: -1},
	}
	return Observation{
		Starts: &Starts{Asked: 3, Starts: []coldstart.Start{start(9), start(3), start(4)}, IdleFromUnixNano: 11e9, IdleToUnixNano: 13e9,
			Artifact: Artifact{Bytes: 8_000_000}, Source: &Source{Counter: "assay/1", Files: 2, Lines: 500, Modules: 7}},
		Samples: map[string][]probe.Sample{TargetSource: samples},
		Seen:    Seen{Host: stolen(0)},
	}
}

func TestAStartTrialIsTheMedianOfItsStarts(t *testing.T) {
	t.Parallel()
	p := unloaded("start")
	rec := recorded(t, p, started())
	if rec.Status != trial.OK || len(rec.Checks) != 2 || len(rec.Warnings) != 0 {
		t.Errorf("%s %s, checks %+v, warnings %+v", rec.Status, rec.Failure, rec.Checks, rec.Warnings)
	}
	want := map[string]float64{firstAnswer: 4, idleMemory: 5e6, binaryBytes: 8e6, sourceLines: 500, modules: 7, trial.StealShare: 0}
	for id, v := range want {
		if rec.Metrics[id] != v {
			t.Errorf("%s: %v, want %v", id, rec.Metrics[id], v)
		}
	}
	if len(rec.Metrics) != len(want) {
		t.Errorf("metrics %v", rec.Metrics)
	}
	p.Runtime = "docker"
	rec = recorded(t, p, started())
	if _, ok := rec.Metrics[binaryBytes]; ok || rec.Metrics[imageBytes] != 8e6 || len(rec.Warnings) != 1 || rec.Warnings[0].Code != "no-binary" {
		t.Errorf("in Docker, with a program that was not found: %v, %+v", rec.Metrics, rec.Warnings)
	}
	o := started()
	o.Starts.Artifact.Binary = 7_000_000
	rec = recorded(t, p, o)
	if rec.Metrics[binaryBytes] != 7e6 || rec.Metrics[imageBytes] != 8e6 || len(rec.Warnings) != 0 {
		t.Errorf("in Docker: %v, %+v", rec.Metrics, rec.Warnings)
	}
}

// What a manifest leaves out of the lines is a number of its own; without it there is none.
func TestLinesLeftOut(t *testing.T) {
	t.Parallel()
	o := started()
	o.Starts.Source.LeftOut = []LeftOut{{Path: "src/a.rs", Lines: 140}, {Path: "src/b.rs", Lines: 9}}
	rec := recorded(t, unloaded("start"), o)
	if rec.Metrics[sourceLines] != 500 || rec.Metrics[trial.UncountedLines] != 149 {
		t.Errorf("%v", rec.Metrics)
	}
}

func TestHowAStartTrialFails(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		change func(*Observation)
		want   trial.Status
		why    string
	}{
		"no answer": {func(o *Observation) {
			o.Starts.Starts[1] = coldstart.Start{ExecNano: 1, Failure: "no answer with status 200 within 10s"}
		}, trial.ServerFailed, "start 2 of 3: no answer"},
		"slow agent": {func(o *Observation) {
			for i := range o.Starts.Starts {
				o.Starts.Starts[i].GapNano = 1_100_000
			}
		}, trial.Invalid, "poll-gap: 1100 us, limit 1000"},
		"one slow question": {func(o *Observation) { o.Starts.Starts[0].GapNano = 9e6 }, trial.OK, ""},
		"stolen time":       {func(o *Observation) { o.Seen.Host = stolen(3) }, trial.Invalid, "steal"},
		"died":              {func(o *Observation) { o.Seen.Exit = &Exit{Code: 3} }, trial.ServerFailed, "with code 3"},
		"harness":           {func(o *Observation) { o.Starts, o.Seen.Failure = nil, "no shim" }, trial.Broken, "no shim"},
	} {
		o := started()
		c.change(&o)
		rec := recorded(t, unloaded("start"), o)
		if rec.Status != c.want || !strings.Contains(rec.Failure, c.why) {
			t.Errorf("%s: %s: %s; want %s", name, rec.Status, rec.Failure, c.want)
		}
		if _, ok := rec.Metrics[firstAnswer]; ok && name == "no answer" {
			t.Errorf("%s: a median of the starts that were answered alone", name)
		}
	}
}

func TestABuildTrial(t *testing.T) {
	t.Parallel()
	o := Observation{Builds: &Builds{CleanNano: 30e9, EditNano: 1e6, RebuildNano: 12e9, First: coldstart.Start{ExecNano: 1e9, AnswerNano: 1e9 + 4e6}}}
	rec := recorded(t, unloaded("build"), o)
	if rec.Status != trial.OK || rec.Metrics[cleanBuild] != 30 || rec.Metrics[rebuild] != 12 || rec.Metrics[editToAnswer] != 12.005 {
		t.Errorf("%s %s %v", rec.Status, rec.Failure, rec.Metrics)
	}
	o.Builds.First = coldstart.Start{ExecNano: 1, Failure: "refused"}
	rec = recorded(t, unloaded("build"), o)
	if _, ok := rec.Metrics[editToAnswer]; ok || rec.Status != trial.ServerFailed {
		t.Errorf("%s %v", rec.Status, rec.Metrics)
	}
}

// A trial without its file has no record: nothing of it is known.
func TestALifecycleTrialNeedsItsFile(t *testing.T) {
	t.Parallel()
	p := unloaded("start")
	for _, raw := range []Raw{{}, {Builds: &Builds{}}} {
		if _, err := Record(Head(p.Slots[0], 1), p, raw); err == nil || !strings.Contains(err.Error(), RawStarts) {
			t.Errorf("error %v", err)
		}
	}
}

// FuzzDecodeLifecycle does for starts.json and builds.json what FuzzDecode does for the rest.
func FuzzDecodeLifecycle(f *testing.F) {
	f.Add([]byte(`{"asked":2,"starts":[{"exec_ns":1,"answer_ns":5},{"exec_ns":-1,"failure":"x"}],"idle_to_unix_ns":1}`), []byte(`{"clean_ns":1}`))
	f.Add([]byte(`null`), []byte(`{"first":{"failure":"a\nb"}}`))
	f.Fuzz(func(t *testing.T, starts, builds []byte) {
		raw, err := Decode([]File{{RawStarts, starts}, {RawBuilds, builds}})
		if err != nil {
			return
		}
		for _, mode := range []string{"start", "build"} {
			p := unloaded(mode)
			if rec, err := Record(Head(p.Slots[0], 1), p, raw); err == nil && rec.Status == "" {
				t.Error("a record without a status")
			}
		}
	})
}
