package load

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"runtime"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/assay-bench/assay/harness/model"
	"github.com/assay-bench/assay/harness/scenario"

	"github.com/assay-bench/assay/harness/load/histogram"
)

// A fakeTarget is a conforming server whose behaviour a test can spoil.
type fakeTarget struct {
	address  string
	server   *http.Server
	listener net.Listener
	open     atomic.Int64
	peak     atomic.Int64 // most connections at once
	accepted atomic.Int64
	items    atomic.Int64 // requests to /item so far, but for those of the agent's own connection

	mu    sync.Mutex
	agent map[string]bool // addresses that asked for /stats
	conns map[net.Conn]http.ConnState
	// item answers request number n (from 1) of the load to /item when it returns true.
	item func(n int64, w http.ResponseWriter, r *http.Request) bool
	// orders answers POST /db/orders; nil: there is no such path.
	orders http.HandlerFunc
}

// newFakeTarget starts a server on a free port of 127.0.0.1; it ends with the test. wrap, if given, changes the listener.
func newFakeTarget(t testing.TB, item func(int64, http.ResponseWriter, *http.Request) bool, wrap ...func(net.Listener) net.Listener) *fakeTarget {
	t.Helper()
	if item == nil {
		item = func(int64, http.ResponseWriter, *http.Request) bool { return false }
	}
	l, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	f := &fakeTarget{address: l.Addr().String(), listener: l, item: item}
	for _, w := range wrap {
		l = w(l)
	}
	f.serve(t, l)
	return f
}

// serve answers on l until the test ends or close is called.
func (f *fakeTarget) serve(t testing.TB, l net.Listener) (shut func()) {
	f.conns, f.agent = map[net.Conn]http.ConnState{}, map[string]bool{}
	f.server = &http.Server{Handler: f, ConnState: f.track}
	served := make(chan struct{})
	go func() { defer close(served); _ = f.server.Serve(l) }()
	shut = sync.OnceFunc(func() { _ = f.server.Close(); <-served })
	t.Cleanup(shut)
	return shut
}

func (f *fakeTarget) track(c net.Conn, state http.ConnState) {
	f.mu.Lock()
	defer f.mu.Unlock()
	switch state {
	case http.StateNew:
		f.accepted.Add(1)
		if n := f.open.Add(1); n > f.peak.Load() {
			f.peak.Store(n)
		}
	case http.StateClosed, http.StateHijacked:
		f.open.Add(-1)
		delete(f.conns, c)
		return
	}
	f.conns[c] = state
}

// idle lists connections of the load that have been used and are not in use.
func (f *fakeTarget) idle() []net.Conn {
	f.mu.Lock()
	defer f.mu.Unlock()
	var all []net.Conn
	for c, state := range f.conns {
		if state == http.StateIdle && !f.agent[c.RemoteAddr().String()] {
			all = append(all, c)
		}
	}
	return all
}

func (f *fakeTarget) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	switch r.URL.Path {
	case "/healthz":
		fmt.Fprint(w, "ok\n")
	case "/stats":
		f.mu.Lock()
		f.agent[r.RemoteAddr] = true
		f.mu.Unlock()
		fmt.Fprintf(w, `{"open_connections":%d,"worker_threads":1,"gc_count":7,"gc_pause_total_ns":null,"resident_bytes":null}`, f.open.Load())
	case "/item":
		f.mu.Lock()
		weighing := f.agent[r.RemoteAddr]
		f.mu.Unlock()
		if !weighing && f.item(f.items.Add(1), w, r) {
			return
		}
		id, err := strconv.ParseUint(r.URL.Query().Get("id"), 10, 64)
		if err != nil {
			w.WriteHeader(http.StatusBadRequest)
			return
		}
		w.Header().Set("Content-Type", "application/json")
		_, _ = w.Write(model.AppendItem(nil, id))
	case "/db/orders":
		if f.orders != nil {
			f.orders(w, r)
			return
		}
		w.WriteHeader(http.StatusNotFound)
	default:
		w.WriteHeader(http.StatusNotFound)
	}
}

// jobFor is a small job that a sound server passes.
func jobFor(f *fakeTarget) Job {
	return Job{
		Engine: Vegeta, Address: f.address, Mode: scenario.Hold, Request: "GET /item?id={id}",
		Connections: 100, RequestsPerSecond: 300, Seed: 42, ConnectPerSecond: 2000, ConnectTimeout: 20 * time.Second,
		Window: 1100 * time.Millisecond, Drain: 20 * time.Second, RequestTimeout: 10 * time.Second,
		SLOP99: 100 * time.Millisecond, CPUs: runtime.NumCPU(),
	}
}

// perEngine runs a test with each engine of this system.
func perEngine(t *testing.T, test func(t *testing.T, engine string)) {
	engines := []string{Vegeta}
	if runtime.GOOS == "linux" {
		engines = append(engines, Native)
	}
	for _, engine := range engines {
		t.Run(engine, func(t *testing.T) { test(t, engine) })
	}
}

// engineJob is jobFor with another engine.
func engineJob(f *fakeTarget, engine string) Job {
	job := jobFor(f)
	job.Engine = engine
	return job
}

// drive runs a job and checks what must hold of every result.
func drive(t *testing.T, job Job) Result {
	t.Helper()
	res, err := Run(context.Background(), job, nil)
	if err != nil {
		t.Fatal(err)
	}
	if checkSums(t, res); !job.Mode.Closed() {
		checkBooks(t, res)
	}
	return res
}

// checkBooks asserts the sums that hold whatever happened in an open loop.
func checkBooks(t *testing.T, res Result) {
	t.Helper()
	checkSums(t, res)
	if n := counts(t, res.Lateness); n != res.Sent {
		t.Errorf("lateness holds %d values for %d sent", n, res.Sent)
	}
}

// checkSums asserts those that hold in a closed loop as well, which has no lateness.
func checkSums(t *testing.T, res Result) {
	t.Helper()
	if res.Sent != res.Done+res.Failed+res.Pending {
		t.Errorf("sent %d is not done %d + failed %d + pending %d", res.Sent, res.Done, res.Failed, res.Pending)
	}
	if res.Sent > res.Scheduled {
		t.Errorf("sent %d of %d scheduled", res.Sent, res.Scheduled)
	}
	var failed int64
	for _, n := range res.Errors {
		failed += n
	}
	if failed != res.Failed {
		t.Errorf("errors %v sum up to %d, failed are %d", res.Errors, failed, res.Failed)
	}
	if n := counts(t, res.Service); n != res.Done {
		t.Errorf("service times hold %d values for %d done", n, res.Done)
	}
	if n := counts(t, res.Intended); res.Sent > 0 && res.Failure == "" && n != res.Scheduled-res.Failed {
		t.Errorf("intended-to-done holds %d values; %d are scheduled and %d failed", n, res.Scheduled, res.Failed)
	}
}

func counts(t *testing.T, encoded []byte) int64 {
	t.Helper()
	h, err := histogram.Decode(encoded)
	if err != nil {
		t.Fatal(err)
	}
	return h.TotalCount()
}

// quantile reads a quantile (0 to 1) of a result's histogram.
func quantile(t *testing.T, encoded []byte, q float64) time.Duration {
	t.Helper()
	h, err := histogram.Decode(encoded)
	if err != nil {
		t.Fatal(err)
	}
	return time.Duration(h.ValueAtQuantile(100*q)) * time.Microsecond
}

// eventually waits for what other goroutines do; the limit only ends a test that would hang.
func eventually(t *testing.T, what string, cond func() bool) {
	t.Helper()
	for deadline := time.Now().Add(20 * time.Second); !cond(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("never came: %s", what)
		}
	}
}
