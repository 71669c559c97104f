package load

import (
	"math"
	"net"
	"net/http"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/assay-bench/assay/harness/load/conns"
	"github.com/assay-bench/assay/harness/load/histogram"
	"github.com/assay-bench/assay/harness/scenario"
)

func closedJob(f *fakeTarget, mode scenario.Mode, connections int) Job {
	job := nativeJob(f)
	job.Mode, job.RequestsPerSecond, job.Connections = mode, 0, connections
	return job
}

// In flight: every connection has a request outstanding all the time, and by Little's law that many are under way.
func TestInFlightKeepsEveryConnectionBusy(t *testing.T) {
	t.Parallel()
	const wait = 200 * time.Millisecond
	f := newFakeTarget(t, func(_ int64, _ http.ResponseWriter, _ *http.Request) bool {
		time.Sleep(wait)
		return false
	})
	job := closedJob(f, scenario.InFlight, 100)
	job.WarmUp, job.Spread, job.Window = wait, wait, time.Second
	res := drive(t, job)
	if res.Failure != "" || res.Done != res.Sent || res.Scheduled != res.Sent || res.Closed != 0 {
		t.Fatalf("failure %q, done %d of %d sent, %d scheduled, closed %d", res.Failure, res.Done, res.Sent, res.Scheduled, res.Closed)
	}
	if res.InFlight < 95 || res.InFlight > 100 {
		t.Errorf("%.2f requests in flight on 100 connections", res.InFlight)
	}
	service, err := histogram.Decode(res.Service)
	if err != nil {
		t.Fatal(err)
	}
	if want := float64(res.Done)/job.Window.Seconds()*service.Mean()/1e6 + res.InFlightEdges; math.Abs(res.InFlight/want-1) > 0.01 {
		t.Errorf("%.2f in flight, rate times service time is %.2f", res.InFlight, want)
	}
}

// Saturate: as many requests as the server answers, each with an id of its own, all of them counted.
func TestSaturateAsksAsFastAsAnswersCome(t *testing.T) {
	t.Parallel()
	var first atomic.Value
	f := newFakeTarget(t, func(n int64, _ http.ResponseWriter, r *http.Request) bool {
		if n == 1 {
			first.Store(r.URL.RawQuery)
		} else if r.URL.RawQuery == first.Load() {
			t.Errorf("request %d asks for the id of the first one", n)
		}
		return false
	})
	job := closedJob(f, scenario.Saturate, 8)
	job.Window = 500 * time.Millisecond
	res := drive(t, job)
	if res.Failure != "" || res.Done != res.Sent || res.Failed != 0 || res.Pending != 0 {
		t.Fatalf("failure %q, sent %d, done %d, failed %d, pending %d", res.Failure, res.Sent, res.Done, res.Failed, res.Pending)
	}
	if res.Done <= int64(job.Connections) {
		t.Errorf("%d answers in %v: no connection sent a second request", res.Done, job.Window)
	}
	if n := counts(t, res.Lateness); n != 0 {
		t.Errorf("a closed loop has no lateness, and %d are counted", n)
	}
	if intended, service := counts(t, res.Intended), counts(t, res.Service); intended != res.Done || service != res.Done {
		t.Errorf("%d latencies from the intended send and %d from the send; %d are done", intended, service, res.Done)
	}
}

// A closed loop goes on after failures: a wrong status, a wrong body, and a connection that the server ends.
func TestSaturateGoesOnAfterFailures(t *testing.T) {
	t.Parallel()
	f := newFakeTarget(t, func(n int64, w http.ResponseWriter, _ *http.Request) bool {
		switch n {
		case 20:
			w.WriteHeader(http.StatusServiceUnavailable)
			return true
		case 25:
			_, _ = w.Write([]byte(`{"id":1}`))
			return true
		case 30:
			if conn, _, err := w.(http.Hijacker).Hijack(); err == nil {
				_ = conn.Close()
			}
			return true
		}
		return false
	})
	job := closedJob(f, scenario.Saturate, 4)
	job.WarmUp, job.Window = 0, 500*time.Millisecond
	res := drive(t, job)
	if res.Errors["status 503"] != 1 || res.Errors[conns.WrongBody] != 1 || res.Errors[classEOF] != 1 || res.Failed != 3 || res.Closed != 1 || res.Reopened != 1 {
		t.Errorf("errors %v, closed %d, reopened %d", res.Errors, res.Closed, res.Reopened)
	}
	if res.Done < 27 || res.Sent != res.Done+res.Failed+res.Pending {
		t.Errorf("sent %d, done %d, failed %d, pending %d", res.Sent, res.Done, res.Failed, res.Pending)
	}
}

// A server that falls silent leaves nothing to wake up for; requests time out all the same, and the drain ends.
func TestSaturateEndsOnASilentServer(t *testing.T) {
	t.Parallel()
	f := newFakeTarget(t, func(n int64, _ http.ResponseWriter, r *http.Request) bool {
		if n <= 20 {
			return false
		}
		<-r.Context().Done()
		return true
	})
	job := closedJob(f, scenario.Saturate, 4)
	job.WarmUp, job.Window, job.Drain, job.RequestTimeout = 0, 1800*time.Millisecond, 50*time.Millisecond, time.Second
	res := drive(t, job)
	if res.Done != 20 || res.Errors[classTimeout] != 4 || res.Pending != 4 {
		t.Errorf("done %d, errors %v, pending %d; want 20, 4 timeouts and 4", res.Done, res.Errors, res.Pending)
	}
}

// A server that ends a connection behind each fifth answer, as one with a limit of requests a connection does, is asked on.
func TestClosedLoopsGoOnBehindAClose(t *testing.T) {
	t.Parallel()
	for _, mode := range []scenario.Mode{scenario.Saturate, scenario.InFlight} {
		f := newFakeTarget(t, func(n int64, w http.ResponseWriter, _ *http.Request) bool {
			if n%5 == 0 {
				w.Header().Set("Connection", "close")
			}
			return false
		})
		job := closedJob(f, mode, 8)
		job.WarmUp, job.Window, job.Spread = 10*time.Millisecond, 500*time.Millisecond, 10*time.Millisecond
		res := drive(t, job)
		if res.Closed < 16 || res.Reopened < res.Closed-8 || res.Done < 5*16 {
			t.Errorf("%s: closed %d, reopened %d, done %d; errors %v", mode, res.Closed, res.Reopened, res.Done, res.Errors)
		}
	}
}

// Two CPUs, two shards: the same books.
func TestShardsShareAJob(t *testing.T) {
	t.Parallel()
	cpus, err := affinity()
	if err != nil {
		t.Fatal(err)
	}
	f := newFakeTarget(t, nil)
	job := nativeJob(f)
	job.CPUs, job.Connections = min(2, len(cpus)), 99
	res := drive(t, job)
	if res.Failure != "" || res.Done != res.Scheduled || res.Scheduled != 330 || counts(t, res.Connect) != 99 {
		t.Errorf("failure %q, done %d of %d, %d connect times", res.Failure, res.Done, res.Scheduled, counts(t, res.Connect))
	}
}

// Two agents, one job: each holds its share, both see the whole, and together they have sent every request once.
func TestTwoAgentsShareAJob(t *testing.T) {
	t.Parallel()
	f := newFakeTarget(t, nil)
	parts := make([]Result, 2)
	var both sync.WaitGroup
	for i := range parts {
		job := nativeJob(f)
		job.Connections, job.Part = 99, Part{Index: i, Of: 2}
		both.Go(func() { parts[i] = drive(t, job) })
	}
	both.Wait()
	res, err := Merge(parts)
	if err != nil {
		t.Fatal(err)
	}
	if res.Failure != "" || res.Scheduled != 330 || res.Done != 330 || counts(t, res.Connect) != 99 || res.Closed != 0 {
		t.Errorf("failure %q, done %d of %d, %d connect times, closed %d", res.Failure, res.Done, res.Scheduled, counts(t, res.Connect), res.Closed)
	}
	for _, s := range res.Samples {
		if !s.held(99, 99) {
			t.Errorf("at %.2f s: %s; want 99 of each", s.AtSeconds, s)
		}
	}
	if got := f.items.Load(); got != 330 {
		t.Errorf("the server saw %d requests, want 330", got)
	}
}

// A server that is away for a while is asked on every connection again when it is back.
func TestAClosedLoopOutlivesARestart(t *testing.T) {
	t.Parallel()
	l, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	slow := func(int64, http.ResponseWriter, *http.Request) bool {
		time.Sleep(2 * time.Millisecond)
		return false
	}
	f := &fakeTarget{address: l.Addr().String(), listener: l, item: slow}
	shut := f.serve(t, l)
	restarted := make(chan error, 1)
	go func() {
		for f.items.Load() < 40 {
			time.Sleep(time.Millisecond)
		}
		shut()
		time.Sleep(100 * time.Millisecond)
		again, err := net.Listen("tcp4", f.address)
		if err == nil {
			(&fakeTarget{address: f.address, listener: again, item: slow}).serve(t, again)
		}
		restarted <- err
	}()
	job := closedJob(f, scenario.Saturate, 8)
	job.WarmUp, job.Window = 0, 1500*time.Millisecond
	res := drive(t, job)
	if err := <-restarted; err != nil {
		t.Fatal(err)
	}
	if res.Errors[conns.Refused] == 0 || res.Reopened < 8 || res.Done < 150 || res.Sent != res.Done+res.Failed+res.Pending {
		t.Errorf("errors %v, reopened %d, sent %d, done %d, failed %d, pending %d", res.Errors, res.Reopened, res.Sent, res.Done, res.Failed, res.Pending)
	}
}
