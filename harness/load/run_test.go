package load

import (
	"context"
	"net/http"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/assay-bench/assay/harness/model"
	"github.com/assay-bench/assay/harness/scenario"
)

func TestRunHoldsWhatWasAsked(t *testing.T) { perEngine(t, testRunHoldsWhatWasAsked) }

func testRunHoldsWhatWasAsked(t *testing.T, engine string) {
	f := newFakeTarget(t, nil)
	job := engineJob(f, engine)
	job.Connections, job.WarmUp = 200, 200*time.Millisecond
	res := drive(t, job)
	if res.Failure != "" || len(res.Warnings) > 0 && runtime.GOOS == "linux" {
		t.Fatalf("failure %q (%s), warnings %q", res.Failure, res.FailureSide, res.Warnings)
	}
	if res.Scheduled != 330 || res.Done != 330 {
		t.Errorf("scheduled %d, done %d; want 330 of both", res.Scheduled, res.Done)
	}
	if got := f.accepted.Load(); got != 201 { // and the one for GET /stats
		t.Errorf("the server accepted %d connections, want 201", got)
	}
	if len(res.Samples) != 3 { // second 0, 1 and 1.1
		t.Errorf("%d samples, want 3", len(res.Samples))
	}
	for _, s := range res.Samples {
		if !s.held(200, 200) {
			t.Errorf("at %.2f s: %s; want 200 of each", s.AtSeconds, s)
		}
	}
	if res.Closed != 0 || res.Reopened != 0 {
		t.Errorf("closed %d, reopened %d", res.Closed, res.Reopened)
	}
	if n := counts(t, res.FirstByte); n != 200 {
		t.Errorf("%d connections were timed to their first answer, want 200", n)
	}
	if n := counts(t, res.Connect); n != 200 {
		t.Errorf("%d dial times, want 200", n)
	}
	if got := time.Duration(res.EndUnixNano - res.StartUnixNano); got != job.Window {
		t.Errorf("the window lasted %v, asked were %v", got, job.Window)
	}
	checkMetrics(t, res)
}

func checkMetrics(t *testing.T, res Result) {
	t.Helper()
	if !(res.AgentCPUSeconds >= res.AgentUserSeconds && res.AgentUserSeconds >= 0 && res.AgentMaxRSSBytes > 1<<20) {
		t.Errorf("cpu %v s, user %v s, memory %d", res.AgentCPUSeconds, res.AgentUserSeconds, res.AgentMaxRSSBytes)
	}
	if !(res.HeaderBytes > 50 && res.BytesPerAnswer > res.HeaderBytes+200) {
		t.Errorf("head %v, answer %v bytes", res.HeaderBytes, res.BytesPerAnswer)
	}
	for _, s := range []*Stats{res.ServerStatsStart, res.ServerStatsEnd} {
		if s == nil || s.OpenConnections != 201 || s.GCCount == nil || *s.GCCount != 7 || s.ResidentBytes != nil {
			t.Errorf("server's stats %+v", s)
		}
	}
	if runtime.GOOS == "linux" && (res.ListenOverflows < 0 || res.ListenDrops < 0 || res.RetransmitSegments < 0) {
		t.Errorf("counters %d %d %d", res.ListenOverflows, res.ListenDrops, res.RetransmitSegments)
	}
}

// Each request asks for the id and leaves on the connection that the schedule has for it, and carries nothing of the
// machinery. (Two that are overdue on one connection may leave in either order.)
func TestRunKeepsTheSchedule(t *testing.T) { perEngine(t, testRunKeepsTheSchedule) }

func testRunKeepsTheSchedule(t *testing.T, engine string) {
	var mu sync.Mutex
	byConn := map[string][]string{}
	f := newFakeTarget(t, func(_ int64, _ http.ResponseWriter, r *http.Request) bool {
		mu.Lock()
		defer mu.Unlock()
		byConn[r.RemoteAddr] = append(byConn[r.RemoteAddr], r.URL.RawQuery)
		if r.Header.Get("X-Vegeta-Seq") != "" || strings.Contains(r.Host, pseudoSuffix) || len(r.Header) != 1 {
			t.Errorf("host %q, header %v", r.Host, r.Header)
		}
		return false
	})
	job := engineJob(f, engine)
	job.Connections, job.RequestsPerSecond, job.Mode = 20, 500, scenario.Rate
	res := drive(t, job)
	if res.Done != res.Scheduled || res.Scheduled != 550 {
		t.Fatalf("done %d of %d (%v)", res.Done, res.Scheduled, res.Errors)
	}
	s := NewSchedule(job)
	want := map[string]bool{}
	for slot := range job.Connections {
		var ids []string
		for k := range s.Total() {
			if s.Conn(k) == slot {
				ids = append(ids, parsed(t, job.Request).RawQuery(s.ID(k)))
			}
		}
		slices.Sort(ids)
		want[strings.Join(ids, " ")] = true
	}
	mu.Lock()
	defer mu.Unlock()
	if len(byConn) != len(want) {
		t.Errorf("%d connections sent, want %d", len(byConn), len(want))
	}
	for conn, ids := range byConn {
		slices.Sort(ids)
		if !want[strings.Join(ids, " ")] {
			t.Errorf("%s was asked what no connection of the schedule is: %v", conn, ids)
		}
	}
}

func parsed(t *testing.T, request string) model.Request {
	t.Helper()
	p, err := model.ParseRequest(request)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestRunLeavesNothingBehind(t *testing.T) { perEngine(t, testRunLeavesNothingBehind) }

func testRunLeavesNothingBehind(t *testing.T, engine string) {
	f := newFakeTarget(t, nil)
	before := runtime.NumGoroutine()
	drive(t, engineJob(f, engine))
	eventually(t, "the server's connections closed", func() bool { return f.open.Load() == 0 })
	eventually(t, "the goroutines ended", func() bool { return runtime.NumGoroutine() <= before })
}

func TestRunReportsPhasesInOrder(t *testing.T) { perEngine(t, testRunReportsPhasesInOrder) }

func testRunReportsPhasesInOrder(t *testing.T, engine string) {
	f := newFakeTarget(t, nil)
	var phases []Phase
	var last Progress
	_, err := Run(context.Background(), engineJob(f, engine), func(p Progress) {
		if len(phases) == 0 || phases[len(phases)-1] != p.Phase {
			phases = append(phases, p.Phase)
		}
		if p.Fraction < last.Fraction || p.Done < last.Done {
			t.Errorf("progress went back from %+v to %+v", last, p)
		}
		last = p
	})
	if err != nil {
		t.Fatal(err)
	}
	if want := []Phase{Connecting, Verified, Measuring, Draining, Finished}; !slices.Equal(phases, want) {
		t.Errorf("phases %v, want %v", phases, want)
	}
	if last.Fraction != 1 || last.Done != 330 {
		t.Errorf("the end: %+v", last)
	}
}

func TestRunStopsWhenAsked(t *testing.T) { perEngine(t, testRunStopsWhenAsked) }

func testRunStopsWhenAsked(t *testing.T, engine string) {
	ctx, cancel := context.WithCancel(context.Background())
	f := newFakeTarget(t, func(n int64, _ http.ResponseWriter, _ *http.Request) bool {
		if n == 100 {
			cancel()
		}
		return false
	})
	res, err := Run(ctx, engineJob(f, engine), nil)
	if err != nil {
		t.Fatal(err)
	}
	checkBooks(t, res)
	if !strings.HasPrefix(res.Failure, "stopped") || res.FailureSide != sideHost || res.AgentCPUSeconds != -1 {
		t.Errorf("failure %q (%s), cpu %v", res.Failure, res.FailureSide, res.AgentCPUSeconds)
	}
	if res.Sent < 100 || res.Sent > 330 {
		t.Errorf("sent %d: what was measured before is kept", res.Sent)
	}
}

func TestRunRefusesAnUnusableJob(t *testing.T) {
	sound := func() Job { return jobFor(&fakeTarget{address: "127.0.0.1:1"}) }
	for name, spoil := range map[string]func(*Job){
		"engine":            func(j *Job) { j.Engine = "wrk" },
		"mode":              func(j *Job) { j.Mode = "constant" },
		"closed by vegeta":  func(j *Job) { j.Engine, j.Mode, j.RequestsPerSecond = Vegeta, scenario.Saturate, 0 },
		"closed with rate":  func(j *Job) { j.Engine, j.Mode = Native, scenario.Saturate },
		"spread":            func(j *Job) { j.Spread = j.WarmUp + 1 },
		"not loopback":      func(j *Job) { j.Address = "192.0.2.1:80" },
		"name":              func(j *Job) { j.Address = "localhost:80" },
		"no port":           func(j *Job) { j.Address = "127.0.0.1:0" },
		"ipv6":              func(j *Job) { j.Address = "[::1]:80" },
		"path":              func(j *Job) { j.Request = "GET /elsewhere" },
		"connections":       func(j *Job) { j.Connections = 0 },
		"rate":              func(j *Job) { j.RequestsPerSecond = 0 },
		"connect rate":      func(j *Job) { j.ConnectPerSecond = 0 },
		"connect too long":  func(j *Job) { j.ConnectPerSecond, j.ConnectTimeout = 10, 5*time.Second },
		"window":            func(j *Job) { j.Window = 0 },
		"nothing in it":     func(j *Job) { j.RequestsPerSecond, j.Window = 0.1, time.Second },
		"request timeout":   func(j *Job) { j.RequestTimeout = 0 },
		"drain":             func(j *Job) { j.Drain = -1 },
		"cpus":              func(j *Job) { j.CPUs = 0 },
		"too many requests": func(j *Job) { j.RequestsPerSecond, j.Window = 1e6, time.Hour },
	} {
		job := sound()
		spoil(&job)
		if _, err := Run(context.Background(), job, nil); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
	job := sound()
	if _, err := check(job); err != nil {
		t.Errorf("a sound job: %v", err)
	}
}
