package load

import (
	"fmt"
	"math"
	"net/http"
	"strconv"
	"testing"
	"time"

	"github.com/assay-bench/assay/harness/load/histogram"
	"github.com/assay-bench/assay/harness/model"
	"github.com/assay-bench/assay/harness/scenario"
)

// The native engine makes system calls, which no bubble holds: what lost_test.go asks of vegeta's engine is asked of it
// here on real sockets.

func nativeJob(f *fakeTarget) Job {
	job := jobFor(f)
	job.Engine, job.CPUs = Native, 1
	return job
}

func TestNativeServerClosesIdleConnections(t *testing.T) {
	t.Parallel()
	var f *fakeTarget
	f = newFakeTarget(t, func(n int64, _ http.ResponseWriter, _ *http.Request) bool {
		if n == 40 {
			for _, c := range f.idle()[:3] {
				_ = c.Close()
			}
		}
		return false
	})
	res := drive(t, nativeJob(f))
	// A request that was on its way to one of the three has failed.
	if res.Closed != 3 || res.Reopened != 3 || res.Done+res.Errors[classEOF]+res.Errors[classReset] != res.Scheduled || res.Failed > 3 {
		t.Errorf("closed %d, reopened %d, done %d of %d (%v); the server closed 3 idle ones", res.Closed, res.Reopened, res.Done, res.Scheduled, res.Errors)
	}
}

// An answer that comes in pieces, its head cut as well as its body, is put together again, and is checked as a whole.
func TestNativeAnswersInPieces(t *testing.T) {
	t.Parallel()
	spoil := false
	f := newFakeTarget(t, func(_ int64, w http.ResponseWriter, r *http.Request) bool {
		id, err := strconv.ParseUint(r.URL.Query().Get("id"), 10, 64)
		conn, _, hijacked := w.(http.Hijacker).Hijack()
		if err != nil || hijacked != nil {
			return false
		}
		body := model.AppendItem(nil, id)
		if spoil {
			body[0] = 'x'
		}
		answer := fmt.Appendf(nil, "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s", len(body), body)
		for from := 0; from < len(answer); from += 50 {
			_, _ = conn.Write(answer[from:min(from+50, len(answer))])
			time.Sleep(time.Millisecond) // the next piece comes after this one was read
		}
		_ = conn.Close()
		return true
	})
	job := nativeJob(f)
	job.Connections, job.RequestsPerSecond = 20, 60
	if res := drive(t, job); res.Failure != "" || res.Done != res.Scheduled || res.Failed != 0 || res.Done == 0 {
		t.Errorf("failure %q, done %d of %d, errors %v", res.Failure, res.Done, res.Scheduled, res.Errors)
	}
	spoil = true
	if res := drive(t, job); res.Errors["wrong body"] != res.Scheduled {
		t.Errorf("%d of %d bodies were found wrong: %v", res.Errors["wrong body"], res.Scheduled, res.Errors)
	}
}

func TestNativeServerAsksToClose(t *testing.T) {
	t.Parallel()
	f := newFakeTarget(t, func(n int64, w http.ResponseWriter, _ *http.Request) bool {
		if n == 60 {
			w.Header().Set("Connection", "close")
		}
		return false
	})
	res := drive(t, nativeJob(f))
	if res.Closed != 1 || res.Reopened != 1 || res.Done != res.Scheduled {
		t.Errorf("closed %d, reopened %d, done %d of %d (%v)", res.Closed, res.Reopened, res.Done, res.Scheduled, res.Errors)
	}
}

func TestNativeLostRequestIsNotRepeated(t *testing.T) {
	t.Parallel()
	f := newFakeTarget(t, func(n int64, w http.ResponseWriter, _ *http.Request) bool {
		if n%100 != 0 {
			return false
		}
		if conn, _, err := w.(http.Hijacker).Hijack(); err == nil {
			_ = conn.Close()
		}
		return true
	})
	res := drive(t, nativeJob(f))
	if res.Errors[classEOF] != 3 || res.Failed != 3 || res.Closed != 3 || res.Done != res.Scheduled-3 {
		t.Errorf("errors %v, failed %d, closed %d; the server dropped 3 requests", res.Errors, res.Failed, res.Closed)
	}
	if got := f.items.Load(); got != res.Scheduled {
		t.Errorf("the server saw %d requests; %d were scheduled", got, res.Scheduled)
	}
}

func TestNativeTimeoutsFail(t *testing.T) {
	t.Parallel()
	f := newFakeTarget(t, func(n int64, _ http.ResponseWriter, r *http.Request) bool {
		if n == 100 || n == 200 {
			<-r.Context().Done() // until the client gives up
			return true
		}
		return false
	})
	job := nativeJob(f)
	job.RequestTimeout = 600 * time.Millisecond
	res := drive(t, job)
	if res.Errors[classTimeout] != 2 || res.Failed != 2 || res.Pending != 0 || res.Done != res.Scheduled-2 {
		t.Errorf("errors %v, done %d of %d, pending %d", res.Errors, res.Done, res.Scheduled, res.Pending)
	}
	if res.Closed != 0 || res.Reopened == 0 {
		t.Errorf("closed %d, reopened %d: we gave two up, the server none", res.Closed, res.Reopened)
	}
	// A request that waited in line behind one that timed out has its wait in its latency, and none in its service time.
	if slowest := quantile(t, res.Service, 1); slowest >= job.RequestTimeout {
		t.Errorf("a failed request is among the service times: %v", slowest)
	}
}

func TestNativeOpenAtTheEndIsPending(t *testing.T) {
	t.Parallel()
	f := newFakeTarget(t, func(n int64, _ http.ResponseWriter, r *http.Request) bool {
		if n == 31 { // meant at 0.1 s
			<-r.Context().Done()
			return true
		}
		return false
	})
	job := nativeJob(f)
	job.Window, job.Drain = 300*time.Millisecond, 500*time.Millisecond
	res := drive(t, job)
	if res.Pending != 1 || res.Failed != 0 || res.Done != 89 {
		t.Fatalf("done %d, pending %d, errors %v", res.Done, res.Pending, res.Errors)
	}
	if oldest := quantile(t, res.Intended, 1); oldest < 650*time.Millisecond {
		t.Errorf("the longest intended-to-done is %v; a request was open for about 700 ms", oldest)
	}
}

// A server that stalls: requests wait in line, which is no lateness of the load side, and Little's law holds throughout.
func TestNativeStallShows(t *testing.T) {
	t.Parallel()
	const stall = time.Second
	f := newFakeTarget(t, stalling(50, stall))
	job := nativeJob(f)
	job.Connections, job.Window = 50, 2*time.Second
	res := drive(t, job)
	if res.Failure != "" || res.Done != res.Scheduled {
		t.Fatalf("failure %q, done %d of %d", res.Failure, res.Done, res.Scheduled)
	}
	if got := quantile(t, res.Intended, 0.99); got < (stall-20*time.Millisecond)*95/100 {
		t.Errorf("p99 of intended-to-done is %v", got)
	}
	if late, served := quantile(t, res.Lateness, 0.99), quantile(t, res.Service, 1); late > stall/2 || served > 2*stall {
		t.Errorf("p99 lateness %v, longest service %v", late, served)
	}
	service, err := histogram.Decode(res.Service)
	if err != nil {
		t.Fatal(err)
	}
	want := float64(res.Done)/job.Window.Seconds()*service.Mean()/1e6 + res.InFlightEdges
	if math.Abs(res.InFlight/want-1) > 0.01 {
		t.Errorf("%.3f in flight, rate times service time is %.3f", res.InFlight, want)
	}
}

// Thousands of requests a second over few connections, checked to the byte.
func TestNativeAtARate(t *testing.T) {
	t.Parallel()
	f := newFakeTarget(t, nil)
	job := nativeJob(f)
	job.Mode, job.Connections, job.RequestsPerSecond = scenario.Rate, 64, 4000
	res := drive(t, job)
	if res.Failure != "" || res.Done != 4400 || res.Scheduled != 4400 || res.Closed != 0 {
		t.Errorf("failure %q, done %d of %d, errors %v", res.Failure, res.Done, res.Scheduled, res.Errors)
	}
	if n := counts(t, res.Connect); n != 64 {
		t.Errorf("%d connect times", n)
	}
}

// At a server's limit an agent that is to be awake never sleeps, counts what it waited for apart from its work, and still ends in time.
func TestNativeIsAwakeAtALimit(t *testing.T) {
	t.Parallel()
	for _, awake := range []time.Duration{0, time.Microsecond} {
		job := nativeJob(newFakeTarget(t, nil))
		job.Mode, job.Connections, job.RequestsPerSecond, job.Awake = scenario.Saturate, 4, 0, awake
		res := drive(t, job)
		if res.Failure != "" || res.Failed != 0 || res.Done == 0 || res.Sent != res.Done+res.Pending {
			t.Errorf("failure %q, %d sent, %d done, %d pending, errors %v", res.Failure, res.Sent, res.Done, res.Pending, res.Errors)
		}
		window := job.Window.Seconds()
		if idle := res.AgentAwakeSeconds; (idle > 0) != (awake > 0) || idle > window {
			t.Errorf("awake %v: %.3f s of %.3f s awake with nothing to do", awake, idle, window)
		}
		if res.AgentCPUSeconds <= 0 {
			t.Errorf("awake %v: %.3f s of work in %.3f s", awake, res.AgentCPUSeconds, window)
		}
	}
}

// An agent that is to be awake before a send is, for most of a window with little to do, and does not count that as work; one that
// may sleep has no such time. What is sent and answered is the same.
func TestNativeIsAwakeBeforeASend(t *testing.T) {
	t.Parallel()
	for _, awake := range []time.Duration{0, time.Hour} { // an hour: at all times
		job := nativeJob(newFakeTarget(t, nil))
		job.Mode, job.Connections, job.RequestsPerSecond, job.Awake = scenario.Rate, 8, 200, awake
		res := drive(t, job)
		if res.Failure != "" || res.Done != res.Scheduled || res.Done == 0 {
			t.Errorf("failure %q, done %d of %d, errors %v", res.Failure, res.Done, res.Scheduled, res.Errors)
		}
		window := job.Window.Seconds()
		// CPU time, of which a busy host leaves this thread a part; an agent that does not count it has none at all.
		if idle := res.AgentAwakeSeconds; awake == 0 && idle != 0 || awake > 0 && (idle < window/50 || idle > window) {
			t.Errorf("awake %v: %.3f s of %.3f s awake with nothing to do", awake, idle, window)
		}
		if res.AgentCPUSeconds < 0 || awake > 0 && res.AgentCPUSeconds > window {
			t.Errorf("awake %v: %.3f s of work in %.3f s", awake, res.AgentCPUSeconds, window)
		}
	}
}
