package measure

import (
	"encoding/base64"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/HdrHistogram/hdrhistogram-go"

	"github.com/assay-bench/assay/harness/load"
	"github.com/assay-bench/assay/harness/plan"
	"github.com/assay-bench/assay/harness/probe"
	"github.com/assay-bench/assay/harness/target"
	"github.com/assay-bench/assay/harness/trial"
)

// onePlan is the smallest plan.
func onePlan() plan.Plan {
	return plan.Plan{
		Schema: plan.Schema, Runtime: "process", Blocks: 1, Limits: plan.DefaultLimits(),
		Targets:   []target.Target{{ID: "go-server"}},
		Placement: target.Placement{TargetCPUs: []int{0}, LoadCPUs: []int{1}},
		Cells:     []plan.Cell{{ID: "hold/10", Scenario: "hold", Connections: 10, SLOP99: 100 * time.Millisecond, Window: time.Second}},
		Slots:     []plan.Slot{{Index: 0, Block: 1, Cell: "hold/10", Target: "go-server", Replica: 1}},
	}
}

// recorded takes an observation through its files to its record, as a run does.
func recorded(t *testing.T, p plan.Plan, o Observation) trial.Record {
	t.Helper()
	files, err := Encode(o)
	if err != nil {
		t.Fatal(err)
	}
	raw, err := Decode(files)
	if err != nil {
		t.Fatal(err)
	}
	rec, err := Record(Head(p.Slots[0], 1), p, raw)
	if err != nil {
		t.Fatal(err)
	}
	return rec
}

// stolen are the host's counters around a window in which that share of CPUs 0 and 1, in
// percent, went to others.
func stolen(percent int) []probe.HostSample {
	at := func(n int) probe.HostSample {
		t := probe.CPUTimes{User: time.Duration(n*(100-percent)) * time.Second, Steal: time.Duration(n*percent) * time.Second}
		return probe.HostSample{At: time.Unix(int64(n), 0), CPUs: map[int]probe.CPUTimes{0: t, 1: t}}
	}
	return []probe.HostSample{at(1), at(2)}
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

func TestNIsHeldOnlyWhenAllThreeSidesSaySo(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*load.Result)
		held   bool
		why    string
	}{
		"all three":      {func(*load.Result) {}, true, ""},
		"kernel differs": {func(r *load.Result) { r.Samples[1].Kernel = 9 }, false, "client 10, kernel 9, server 10 of 10"},
		"server unknown": {func(r *load.Result) { r.Samples[0].Server = -1 }, false, "server not known"},
		"one closed":     {func(r *load.Result) { r.Closed = 1 }, false, "1 connections were closed"},
		"never verified": {func(r *load.Result) { r.Samples = nil }, false, "never verified"},
	} {
		r := goodResult(t)
		c.change(&r)
		o := observation{Raw: Raw{Result: r}, cell: plan.Cell{Connections: 10}}
		got := connections(o)
		if got.Held != c.held || !strings.Contains(got.WhyNot, c.why) {
			t.Errorf("%s: held %v, %q", name, got.Held, got.WhyNot)
		}
	}
}

// An overflow is counted among the drops too, and once; where drops are not known, or say less, it counts all the same.
func TestOverflowsAndDrops(t *testing.T) {
	for _, c := range []struct {
		overflows, drops int64
		want             float64
	}{{0, 0, 0}, {3, 3, 3}, {3, 5, 5}, {0, 2, 2}, {4, 0, 4}, {4, -1, 4}} {
		result := goodResult(t)
		result.ListenOverflows, result.ListenDrops = c.overflows, c.drops
		rec := recorded(t, onePlan(), Observation{Result: &result, Seen: Seen{Host: stolen(0)}})
		i := slices.IndexFunc(rec.Checks, func(check trial.Check) bool { return check.ID == checkOverflow })
		if i < 0 || rec.Checks[i].Value != c.want || rec.Checks[i].OK != (c.want == 0) {
			t.Errorf("%d overflows, %d drops: %+v, want %v", c.overflows, c.drops, rec.Checks, c.want)
		}
	}
}

// Of what the server lost the kinds add up to the number: an answer with a wrong body was not lost.
func TestServerFailureCountsWhatItLists(t *testing.T) {
	got := serverFailure(load.Result{Failed: 5, Errors: map[string]int64{"wrong body": 2, "reset": 3}})
	if want := "3 requests failed (reset: 3)"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if got := serverFailure(load.Result{Failed: 2, Errors: map[string]int64{"wrong body": 2}}); got != "" {
		t.Errorf("%q for wrong bodies alone", got)
	}
}

// What failed while the native engine did not send its schedule is not held against the server; vegeta may wait for the server itself.
func TestWhatIsNotSentComesBeforeTheServersFailures(t *testing.T) {
	for engine, want := range map[string]trial.Status{load.Native: trial.Invalid, load.Vegeta: trial.ServerFailed} {
		result, p := goodResult(t), onePlan()
		result.Sent, result.Done, result.Failed, result.Errors = 1900, 1890, 10, map[string]int64{"timeout": 10}
		p.Engine = engine
		if rec := recorded(t, p, Observation{Result: &result, Seen: Seen{Host: stolen(0)}}); rec.Status != want || LoadFit(rec) {
			t.Errorf("%s: status %s, %q", engine, rec.Status, rec.Failure)
		}
	}
}

// Each check fires, and only that one.
func TestChecksFire(t *testing.T) {
	troubled := map[string]map[string][]probe.Sample{
		checkThrottled: troubledBy(func(s *probe.Sample) { s.Throttled = 30 * time.Millisecond }),
		checkPressure:  troubledBy(func(s *probe.Sample) { s.PressureStalled = 30 * time.Millisecond }),
	}
	for id, change := range map[string]func(*load.Result, *Seen){
		checkThrottled: func(*load.Result, *Seen) {},
		checkPressure:  func(*load.Result, *Seen) {},
		checkConformance: func(r *load.Result, _ *Seen) {
			r.Done, r.Failed, r.Errors = 1999, 1, map[string]int64{"wrong body": 1}
		},
		checkVerified:   func(r *load.Result, _ *Seen) { r.Samples[0].Kernel = -1 },
		checkAgentCPU:   func(r *load.Result, _ *Seen) { r.AgentCPUSeconds = -1 }, // not known
		checkLateness:   func(r *load.Result, _ *Seen) { r.Lateness = histogram(t, 1100) },
		checkSent:       func(r *load.Result, _ *Seen) { r.Sent, r.Done, r.InFlight = 1900, 1900, 1900*480e-6 },
		checkLittle:     func(r *load.Result, _ *Seen) { r.InFlight *= 1.06 },
		checkSteal:      func(_ *load.Result, s *Seen) { s.Host = stolen(3) },
		checkOverflow:   func(r *load.Result, _ *Seen) { r.ListenDrops = 1 },
		checkRetransmit: func(r *load.Result, _ *Seen) { r.RetransmitSegments = 2 },
	} {
		result, seen := goodResult(t), Seen{Host: stolen(0)}
		change(&result, &seen)
		rec := recorded(t, onePlan(), Observation{Result: &result, Seen: seen, Samples: troubled[id]})
		var fired []string
		for _, c := range rec.Checks {
			if !c.OK {
				fired = append(fired, c.ID)
			}
		}
		want := trial.Invalid
		if id == checkLateness {
			want = trial.OK // with its latencies rejected, see below
		}
		if strings.Join(fired, " ") != id || rec.Status != want {
			t.Errorf("%s: fired %v, status %s", id, fired, rec.Status)
		}
	}
}

// A stall at an edge of the window is in the one count wholly and in the other in part: no miscount, as long as the edges say so.
func TestStallsAtTheEdgesAreNoMiscount(t *testing.T) {
	result := goodResult(t)
	result.InFlightEdges = 0.2 * result.InFlight
	result.InFlight += result.InFlightEdges
	rec := recorded(t, onePlan(), Observation{Result: &result, Seen: Seen{Host: stolen(0)}})
	i := slices.IndexFunc(rec.Checks, func(c trial.Check) bool { return c.ID == checkLittle })
	if i < 0 || !rec.Checks[i].OK || rec.Checks[i].Value > 0.02 {
		t.Errorf("checks: %+v", rec.Checks)
	}
}

// Somebody else's work on the server's CPUs is a doubt beside the whole trial; on CPUs that the load side has too, it is not told apart.
func TestOthersOnTheServersCPUs(t *testing.T) {
	for name, c := range map[string]struct {
		limit float64
		load  []int
		share float64 // -1 for no metric
		doubt bool
	}{
		"others use two thirds": {0.1, []int{1}, 2.0 / 3, true},
		"as much as is allowed": {0.7, []int{1}, 2.0 / 3, false},
		"an older plan":         {0, []int{1}, -1, false},
		"one CPU for all":       {0.1, []int{0}, -1, false},
	} {
		p, result := onePlan(), goodResult(t)
		p.Limits.ForeignCPU, p.Placement.LoadCPUs = c.limit, c.load
		rec := recorded(t, p, Observation{Result: &result, Seen: Seen{Host: stolen(0)}, Samples: troubledBy(func(*probe.Sample) {})})
		share, ok := rec.Metrics[trial.ForeignCPUShare]
		doubt := slices.ContainsFunc(rec.Warnings, func(w trial.Warning) bool { return w.Code == "foreign-cpu" })
		if ok != (c.share >= 0) || ok && (share < c.share-0.01 || share > c.share+0.01) || doubt != c.doubt {
			t.Errorf("%s: share %v (%v), doubt %v: %v", name, share, ok, doubt, rec.Warnings)
		}
	}
}

// troubledBy are samples of a target around the window of goodResult, the last of them changed.
func troubledBy(change func(*probe.Sample)) map[string][]probe.Sample {
	last := probe.Sample{At: time.Unix(1e9+2, 0), CPU: time.Second}
	change(&last)
	return map[string][]probe.Sample{TargetSource: {{At: time.Unix(1e9-1, 0)}, last}}
}

// A malformed answer is not what the contract says either.
func TestMalformedAnswersDifferFromTheContract(t *testing.T) {
	result := goodResult(t)
	result.Done, result.Failed, result.Errors = 1999, 1, map[string]int64{"malformed answer": 1}
	rec := recorded(t, onePlan(), Observation{Result: &result, Seen: Seen{Host: stolen(0)}})
	for _, c := range rec.Checks {
		if c.ID == checkConformance && (c.OK || c.Value != 1) {
			t.Errorf("%+v", c)
		}
	}
}

// Mode in-flight: every connection has a request outstanding, or the load side was too slow.
func TestAnIdleConnectionIsSeenInModeInFlight(t *testing.T) {
	for name, c := range map[string]struct {
		connections int
		want        string
	}{"all of them": {1, ""}, "one in ten idle": {10, checkInFlight}} {
		p, result := onePlan(), goodResult(t)
		p.Cells[0].Mode, p.Cells[0].Connections = "in-flight", c.connections
		rec := recorded(t, p, Observation{Result: &result})
		fired := ""
		for _, check := range rec.Checks {
			if !check.OK && check.ID != checkVerified {
				fired += check.ID
			}
		}
		if fired != c.want {
			t.Errorf("%s: fired %q, want %q", name, fired, c.want)
		}
	}
}

// Mode in-flight: an answer that does not wait as it was asked to is none.
func TestAnEarlyAnswerIsSeenInModeInFlight(t *testing.T) {
	for _, c := range []struct {
		wait  time.Duration
		limit float64
		early bool
	}{{400 * time.Microsecond, 0.01, false}, {900 * time.Microsecond, 0.01, true}, {900 * time.Microsecond, 0, false}} {
		p, result := onePlan(), goodResult(t)
		p.Cells[0].Mode, p.Cells[0].Connections, p.Cells[0].Spread, p.Limits.EarlyAnswers = "in-flight", 1, c.wait, c.limit
		rec := recorded(t, p, Observation{Result: &result})
		made, fired := false, false
		for _, check := range rec.Checks {
			made = made || check.ID == checkEarly
			fired = fired || check.ID == checkEarly && !check.OK
		}
		if fired != c.early || made != (c.limit > 0) || c.early && rec.Status != trial.Invalid {
			t.Errorf("answers after some 480 us of %s (limit %g): made %t, fired %t, status %s", c.wait, c.limit, made, fired, rec.Status)
		}
	}
}

// The null server shows the agent's limit: that is not held against it.
func TestTheNullServerMaySaturateTheAgent(t *testing.T) {
	t.Parallel()
	c := checks(trial.Record{Target: target.NullID, Metrics: map[string]float64{trial.AgentCPUShare: 1}},
		observation{cell: plan.Cell{Mode: "saturate"}, limits: plan.DefaultLimits()})
	if slices.ContainsFunc(c, func(c trial.Check) bool { return c.ID == checkAgentCPU }) {
		t.Errorf("%+v", c)
	}
}

// Every way a trial can end is in its raw data: the record is the same when it is taken
// again from the files alone.
func TestStatusFollowsFromRawData(t *testing.T) {
	t.Parallel()
	good := goodResult(t)
	refused := load.Result{Failure: "5 of 10 connections were refused", FailureSide: "server"}
	files := load.Result{Failure: "too many open files", FailureSide: "host"}
	for name, c := range map[string]struct {
		seen Observation
		want trial.Status
		why  string
	}{
		"measured":      {Observation{Result: &good}, trial.OK, ""},
		"refused":       {Observation{Result: &refused}, trial.ServerFailed, "refused"},
		"host":          {Observation{Result: &files}, trial.Broken, "open files"},
		"killed":        {Observation{Result: &good, Seen: Seen{Exit: &Exit{Code: -1, Signal: "killed", OOMKilled: true}}}, trial.ServerFailed, "by signal: killed (out of memory)"},
		"engine lost":   {Observation{Result: &good, Seen: Seen{Failure: "no engine", Exit: &Exit{}}}, trial.Broken, "no engine"},
		"dies at start": {Observation{Seen: Seen{Failure: "ended while starting", DiedAtStart: true}}, trial.ServerFailed, "while starting"},
		"agent killed":  {Observation{Seen: Seen{Failure: "load agent ended"}}, trial.Broken, "agent ended"},
	} {
		rec := recorded(t, onePlan(), c.seen)
		if rec.Status != c.want || !strings.Contains(rec.Failure, c.why) {
			t.Errorf("%s: %s: %s; want %s", name, rec.Status, rec.Failure, c.want)
		}
	}
}

// Whether a server had too little memory: an engine tells of a container, the samples of a plain process; nothing tells why one
// was killed, and what it printed does not either.
func TestOutOfMemory(t *testing.T) {
	t.Parallel()
	killed := &Exit{Code: -1, Signal: "killed", LogTail: "out of memory"}
	used := func(resident int64) map[string][]probe.Sample {
		return map[string][]probe.Sample{TargetSource: {{ResidentBytes: resident}}}
	}
	for name, c := range map[string]struct {
		runtime string
		raw     Raw
		want    string
	}{
		"a container":                     {"docker", Raw{}, "false"},
		"one that ended by itself":        {"docker", Raw{Seen: Seen{Exit: killed}}, "false"},
		"one that the kernel killed":      {"docker", Raw{Seen: Seen{Exit: &Exit{OOMKilled: true}}}, "true"},
		"one that never came up":          {"docker", Raw{Seen: Seen{Failure: "out of memory", DiedAtStart: true}}, "nobody knows"},
		"a process":                       {"process", Raw{Samples: used(1 << 20)}, "false"},
		"one that overran":                {"process", Raw{Samples: used(3 << 20)}, "true"},
		"one that overran and was killed": {"process", Raw{Samples: used(3 << 20), Seen: Seen{Exit: killed}}, "true"},
		"one that was killed":             {"process", Raw{Samples: used(1 << 20), Seen: Seen{Exit: killed}}, "nobody knows"},
		"one that was not sampled":        {"process", Raw{}, "nobody knows"},
	} {
		o := observation{Raw: c.raw, place: placed{memoryBytes: 2 << 20, runtime: c.runtime}}
		got := "nobody knows"
		if short := o.outOfMemory(); short != nil {
			got = fmt.Sprint(*short)
		}
		if got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
	if rec := recorded(t, onePlan(), Observation{Seen: Seen{Exit: &Exit{OOMKilled: true}}}); rec.OutOfMemory == nil || !*rec.OutOfMemory {
		t.Error("a record does not hold it")
	}
}

// A histogram that the agent did not bring cannot be kept: the trial is broken, not empty.
func TestEncodeRefusesAResultWithoutAHistogram(t *testing.T) {
	t.Parallel()
	r := goodResult(t)
	r.Service = nil
	if _, err := Encode(Observation{Result: &r}); err == nil || !strings.Contains(err.Error(), "service") {
		t.Errorf("error %v", err)
	}
}

// FuzzDecode: raw files that somebody else may have written never panic, nor does what is
// computed from them.
func FuzzDecode(f *testing.F) {
	f.Add([]byte(`{"start_unix_ns":1,"end_unix_ns":2,"done":1}`), []byte("Tag=intended,0.000,0.000,0.000,HISTFAAAAA\n"), []byte(`{"host":[{"cpus":{"0":{}}},{}]}`))
	f.Fuzz(func(t *testing.T, result, latencies, seen []byte) {
		raw, err := Decode([]File{{RawResult, result}, {RawLatencies, latencies}, {RawSeen, seen}})
		if err != nil {
			return
		}
		p := onePlan()
		if rec, err := Record(Head(p.Slots[0], 1), p, raw); err == nil && rec.Status == "" {
			t.Error("a record without a status")
		}
	})
}
