package load

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"net"
	"net/http"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"
)

// The whole of Run, with real sockets and clocks: the stall can't read shorter than it was. (That it reads exactly so,
// and becomes no lateness, is TestPitfallClockAndStall's.)
func TestStallShows(t *testing.T) {
	t.Parallel()
	const stall = time.Second
	f := newFakeTarget(t, stalling(50, stall))
	job := jobFor(f)
	job.Connections, job.Window = 50, 2*time.Second
	res := drive(t, job)
	if res.Failure != "" || res.Done != res.Scheduled {
		t.Fatalf("failure %q, done %d of %d", res.Failure, res.Done, res.Scheduled)
	}
	for _, q := range []float64{0.99, 0.75} {
		want := stall - time.Duration((1-q)*float64(job.Window))
		if got := quantile(t, res.Intended, q); got < want*95/100 {
			t.Errorf("quantile %v of intended-to-done is %v, predicted %v", q, got, want)
		}
	}
	if got := f.peak.Load(); got != 51 {
		t.Errorf("%d connections at once during the stall, want 51", got)
	}
}

func TestWrongAnswersAreCounted(t *testing.T) { perEngine(t, testWrongAnswersAreCounted) }

func testWrongAnswersAreCounted(t *testing.T, engine string) {
	t.Parallel()
	var wrong, refused atomic.Int64
	f := newFakeTarget(t, func(n int64, w http.ResponseWriter, _ *http.Request) bool {
		switch {
		case n%100 == 0:
			wrong.Add(1)
			_, _ = w.Write([]byte(`{"id":1}`))
			return true
		case n%100 == 50:
			refused.Add(1)
			w.WriteHeader(http.StatusServiceUnavailable)
			return true
		}
		return false
	})
	res := drive(t, engineJob(f, engine))
	if wrong.Load() == 0 || res.Errors[classWrongBody] != wrong.Load() || res.Errors["status 503"] != refused.Load() {
		t.Errorf("errors %v; the server answered %d wrongly and %d with 503", res.Errors, wrong.Load(), refused.Load())
	}
	if res.Failure != "" || res.Closed != 0 || res.Reopened != 0 {
		t.Errorf("failure %q, closed %d, reopened %d", res.Failure, res.Closed, res.Reopened)
	}
}

// kernelSays is what a failure tells of the kernel's count, which can be had on Linux alone.
func kernelSays(count string) string {
	if runtime.GOOS == "linux" {
		return count
	}
	return "not known"
}

// A limited listener hands out the first n connections and then does over with the others.
type limited struct {
	net.Listener
	left atomic.Int64
	over func(net.Conn)
}

func (l *limited) Accept() (net.Conn, error) {
	for {
		c, err := l.Listener.Accept()
		if err != nil || l.left.Add(-1) >= 0 {
			return c, err
		}
		l.over(c)
	}
}

func limit(n int64, over func(net.Conn)) func(net.Listener) net.Listener {
	return func(inner net.Listener) net.Listener {
		l := &limited{Listener: inner, over: over}
		l.left.Store(n)
		return l
	}
}

func TestServerTakesTooFew(t *testing.T) { perEngine(t, testServerTakesTooFew) }

func testServerTakesTooFew(t *testing.T, engine string) {
	t.Parallel()
	var kept []net.Conn // out of the collector's reach, which would close them
	keep := func(c net.Conn) { kept = append(kept, c) }
	for name, c := range map[string]struct {
		over func(net.Conn)
		want string
	}{
		"closes the others": {func(c net.Conn) { _ = c.Close() }, "of 10: "},
		"lets them wait":    {keep, "client 10, kernel " + kernelSays("10") + ", server 8"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := newFakeTarget(t, nil, limit(9, c.over))
			job := engineJob(f, engine)
			job.Connections, job.ConnectTimeout = 10, 1500*time.Millisecond
			res := drive(t, job)
			if res.FailureSide != sideServer || !strings.Contains(res.Failure, c.want) {
				t.Errorf("failure %q (%s), want %q in it", res.Failure, res.FailureSide, c.want)
			}
			if res.Sent != 0 || counts(t, res.Connect) < 8 {
				t.Errorf("sent %d, %d dial times", res.Sent, counts(t, res.Connect))
			}
		})
	}
}

func TestNobodyListens(t *testing.T) { perEngine(t, testNobodyListens) }

func testNobodyListens(t *testing.T, engine string) {
	t.Parallel()
	f := newFakeTarget(t, nil)
	_ = f.server.Close()
	job := engineJob(f, engine)
	job.ConnectTimeout = 200 * time.Millisecond
	res := drive(t, job)
	if res.FailureSide != sideServer || !strings.Contains(res.Failure, "did not answer") {
		t.Errorf("failure %q (%s)", res.Failure, res.FailureSide)
	}
}

func TestSomebodyElseIsConnected(t *testing.T) { perEngine(t, testSomebodyElseIsConnected) }

func testSomebodyElseIsConnected(t *testing.T, engine string) {
	t.Parallel()
	f := newFakeTarget(t, nil)
	stranger, err := net.Dial("tcp4", f.address)
	if err != nil {
		t.Fatal(err)
	}
	defer stranger.Close()
	job := engineJob(f, engine)
	job.Connections, job.ConnectTimeout = 10, 1500*time.Millisecond
	res := drive(t, job)
	if res.FailureSide != sideHost || !strings.Contains(res.Failure, "client 10, kernel "+kernelSays("11")+", server 11") {
		t.Errorf("failure %q (%s)", res.Failure, res.FailureSide)
	}
}

// The host's own limit must not be blamed on the server. It is a limit of the process, hence a process of its own.
func TestOpenFileLimitIsTheHosts(t *testing.T) {
	const env = "ASSAY_TEST_FEW_FILES"
	if address := os.Getenv(env); address != "" {
		if err := syscall.Setrlimit(syscall.RLIMIT_NOFILE, &syscall.Rlimit{Cur: 60, Max: 60}); err != nil {
			t.Fatal(err)
		}
		res, err := Run(context.Background(), jobFor(&fakeTarget{address: address}), nil)
		if err = errors.Join(err, json.NewEncoder(os.Stdout).Encode(res)); err != nil {
			t.Fatal(err)
		}
		return
	}
	t.Parallel()
	f := newFakeTarget(t, nil)
	cmd := exec.Command(os.Args[0], "-test.run=^TestOpenFileLimitIsTheHosts$")
	cmd.Env = append(os.Environ(), env+"="+f.address)
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	line, _, err := bufio.NewReader(strings.NewReader(string(out))).ReadLine()
	var res Result
	if err = errors.Join(err, json.Unmarshal(line, &res)); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	checkBooks(t, res)
	if res.FailureSide != sideHost || !strings.Contains(res.Failure, "open-file limit") {
		t.Errorf("failure %q (%s)", res.Failure, res.FailureSide)
	}
}
