package run

import (
	"context"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/assay-bench/assay/harness/conform"
	"github.com/assay-bench/assay/harness/launch"
	"github.com/assay-bench/assay/harness/launch/launchtest"
	"github.com/assay-bench/assay/harness/probe"
	"github.com/assay-bench/assay/harness/target"
)

// tells is an agent that reports these events and then this.
func tells(t *testing.T, report conform.Report, events ...conform.Event) func(context.Context, string, launch.AgentRun) ([]byte, error) {
	return func(_ context.Context, _ string, run launch.AgentRun) ([]byte, error) {
		var task Task
		if err := json.Unmarshal(run.Job, &task); err != nil || task.Attended == nil {
			t.Errorf("job %s: %v", run.Job, err)
		}
		for _, e := range events {
			line, err := json.Marshal(e)
			if err != nil {
				return nil, err
			}
			run.Progress(line)
		}
		return json.Marshal(report)
	}
}

func TestTheEndIsJudged(t *testing.T) {
	resident := uint64(1 << 20)
	for name, c := range map[string]struct {
		exit launch.Exit
		want string // "": no difference
	}{
		"as the contract says": {launch.Exit{}, ""},
		"SIGTERM not handled":  {launch.Exit{Code: -1, Signal: "terminated"}, "ended by signal: terminated"},
		"killed":               {launch.Exit{Code: -1, Signal: "killed"}, "want exit status 0 within 10s, got ended by signal: killed"},
		"status":               {launch.Exit{Code: 3}, "exit status 3"},
	} {
		t.Run(name, func(t *testing.T) {
			l := &launchtest.Launcher{
				Stopped: func(string) launch.Exit { return c.exit },
				Answer: tells(t, conform.Report{Checked: 4}, conform.Event{What: conform.Resident, ResidentBytes: &resident},
					conform.Event{What: conform.Holding}, conform.Event{What: conform.Refused}),
			}
			inst, err := l.Launch(t.Context(), launch.Build{}, target.Target{ID: "x"}, target.Placement{})
			if err != nil {
				t.Fatal(err)
			}
			report, err := attend(t.Context(), inst)
			if err != nil {
				t.Fatal(err)
			}
			if l.Live() != 0 || report.Checked != 5 {
				t.Errorf("%d live, %d checked", l.Live(), report.Checked)
			}
			if c.want == "" && len(report.Differences) > 0 || !strings.Contains(report.String(), c.want) {
				t.Errorf("want %q in\n%s", c.want, report)
			}
			if !strings.Contains(report.String(), "not checked: resident_bytes of GET /stats: the process is out of this host's sight") {
				t.Errorf("memory out of reach is not said:\n%s", report)
			}
		})
	}
}

func TestALateRefusalIsADifference(t *testing.T) {
	late := &attendant{took: refuseWithin + time.Second}
	if got := late.drainDifferences(ending{}); len(got) != 1 || got[0].Got != "refused after 4s" {
		t.Errorf("%v", got)
	}
	if got := (&attendant{took: refuseWithin}).drainDifferences(ending{}); got != nil {
		t.Errorf("%v", got)
	}
}

func TestAnEndThatWasNotSeenIsAnError(t *testing.T) {
	l := &launchtest.Launcher{
		Stopped: func(string) launch.Exit { return launch.Exit{Err: launch.ErrEngine} },
		Answer:  tells(t, conform.Report{}), // nothing is told: it is stopped all the same
	}
	inst, err := l.Launch(t.Context(), launch.Build{}, target.Target{ID: "x"}, target.Placement{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := attend(t.Context(), inst); err == nil || !strings.Contains(err.Error(), launch.ErrEngine.Error()) || l.Live() != 0 {
		t.Errorf("error %v, %d live", err, l.Live())
	}
}

// fixed is a process of this resident size.
type fixed int64

func (f fixed) Sample() (probe.Sample, error) { return probe.Sample{ResidentBytes: int64(f)}, nil }
func (f fixed) Name() string                  { return "fixed" }

func TestResidentBytes(t *testing.T) {
	const seen = 5 << 20
	for name, c := range map[string]struct {
		said  []uint64 // 0: null
		right bool
	}{
		"the same":            {[]uint64{seen}, true},
		"a collection before": {[]uint64{seen + seen/2}, true},
		"once apart":          {[]uint64{3 * seen, seen}, true},
		"times 1024":          {[]uint64{seen << 10, seen << 10, seen << 10}, false},
		"in KiB":              {[]uint64{seen >> 10}, false},
		"in pages":            {[]uint64{seen >> 12}, false},
		"twice":               {[]uint64{2 * seen}, false},
		"null":                {[]uint64{0}, false},
		"the largest integer": {[]uint64{1<<64 - 1}, false},
	} {
		t.Run(name, func(t *testing.T) {
			m := &residence{source: fixed(seen)}
			for _, v := range c.said {
				if v == 0 {
					m.compare(nil)
					continue
				}
				m.compare(&v)
			}
			report := m.report()
			if right := len(report.Differences) == 0; right != c.right || len(report.NotChecked) > 0 {
				t.Errorf("%v", report.Lines())
			}
		})
	}
}
