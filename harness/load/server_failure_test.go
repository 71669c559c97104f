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

func TestWrongAnswersAreCounted(t *testing.T) {
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
	res := drive(t, jobFor(f))
	if wrong.Load() == 0 || res.Errors[classWrongBody] != wrong.Load() || res.Errors["status 503"] != refused.Load() {
		t.Errorf("errors %v; the server answered %d wrongly and %d with 503", res.Errors, wrong.Load(), refused.Load())
	}
	if res.Failure != "" || res.Closed != 0 || res.Reopened != 0 {
		t.Errorf("failure %q, closed %d, reopened %d", res.Failure, res.Closed, res.Reopened)
	}
}

func TestServerClosesIdleConnections(t *testing.T) {
	t.Parallel()
	var f *fakeTarget
	f = newFakeTarget(t, func(n int64, _ http.ResponseWriter, r *http.Request) bool {
		if n == 40 {
			for _, c := range f.idle()[:3] {
				_ = c.Close()
			}
		}
		return false
	})
	res := drive(t, jobFor(f))
	if res.Closed != 3 || res.Failure != "" {
		t.Errorf("closed %d, failure %q; the server closed 3", res.Closed, res.Failure)
	}
}

// "Connection: close" makes our transport close; it is the server's doing all the same.
func TestServerAsksToClose(t *testing.T) {
	t.Parallel()
	f := newFakeTarget(t, func(n int64, w http.ResponseWriter, _ *http.Request) bool {
		if n == 60 {
			w.Header().Set("Connection", "close")
		}
		return false
	})
	res := drive(t, jobFor(f))
	if res.Closed != 1 || res.Done != res.Scheduled {
		t.Errorf("closed %d, done %d of %d", res.Closed, res.Done, res.Scheduled)
	}
}

// net/http repeats a GET whose used connection dies. Here the lost request has to count.
func TestLostRequestIsNotRepeated(t *testing.T) {
	t.Parallel()
	f := newFakeTarget(t, func(n int64, w http.ResponseWriter, _ *http.Request) bool {
		if n > 0 && n <= 60 && n%20 == 0 {
			conn, _, err := w.(http.Hijacker).Hijack()
			if err == nil {
				_ = conn.Close()
			}
			return true
		}
		return false
	})
	res := drive(t, jobFor(f))
	if n := res.Errors[classEOF] + res.Errors[classReset]; n != 3 || res.Failed != 3 || res.Closed != 3 {
		t.Errorf("errors %v, failed %d, closed %d; the server dropped 3 requests", res.Errors, res.Failed, res.Closed)
	}
	if got := f.items.Load(); got != res.Scheduled {
		t.Errorf("the server saw %d requests; %d were scheduled", got, res.Scheduled)
	}
}

func TestTimeoutsFail(t *testing.T) {
	t.Parallel()
	f := newFakeTarget(t, func(n int64, _ http.ResponseWriter, r *http.Request) bool {
		if n == 100 || n == 200 {
			<-r.Context().Done() // until the client gives up
			return true
		}
		return false
	})
	job := jobFor(f)
	job.RequestTimeout = 400 * time.Millisecond
	res := drive(t, job)
	if res.Errors[classTimeout] < 2 || res.Pending != 0 {
		t.Errorf("failure %q, errors %v, pending %d", res.Failure, res.Errors, res.Pending)
	}
	if res.Closed != 0 {
		t.Errorf("closed %d: we gave these up, not the server", res.Closed)
	}
}

func TestOpenAtTheEndIsPending(t *testing.T) {
	t.Parallel()
	f := newFakeTarget(t, func(n int64, _ http.ResponseWriter, r *http.Request) bool {
		if n == 10 {
			<-r.Context().Done()
			return true
		}
		return false
	})
	job := jobFor(f)
	job.Window, job.Drain = 300*time.Millisecond, 300*time.Millisecond
	res := drive(t, job)
	if res.Pending < 1 || res.Failed != 0 || res.Failure != "" {
		t.Fatalf("pending %d, errors %v, failure %q", res.Pending, res.Errors, res.Failure)
	}
	if oldest := quantile(t, res.Intended, 1); oldest < job.Drain {
		t.Errorf("the longest intended-to-done is %v; a request was open for more than %v", oldest, job.Drain)
	}
	if longest := quantile(t, res.Service, 1); longest >= quantile(t, res.Intended, 1) {
		t.Errorf("a pending request has a service time of %v", longest)
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

func TestServerTakesTooFew(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		over func(net.Conn)
		want string
	}{
		"closes the others": {func(c net.Conn) { _ = c.Close() }, "of 10: "},
		"lets them wait":    {func(net.Conn) {}, "client 10, kernel " + kernelSays("10") + ", server 8"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := newFakeTarget(t, nil, limit(9, c.over))
			job := jobFor(f)
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

func TestNobodyListens(t *testing.T) {
	t.Parallel()
	f := newFakeTarget(t, nil)
	_ = f.server.Close()
	job := jobFor(f)
	job.ConnectTimeout = 200 * time.Millisecond
	res := drive(t, job)
	if res.FailureSide != sideServer || !strings.Contains(res.Failure, "did not answer") {
		t.Errorf("failure %q (%s)", res.Failure, res.FailureSide)
	}
}

func TestSomebodyElseIsConnected(t *testing.T) {
	t.Parallel()
	f := newFakeTarget(t, nil)
	stranger, err := net.Dial("tcp4", f.address)
	if err != nil {
		t.Fatal(err)
	}
	defer stranger.Close()
	job := jobFor(f)
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
