package load

import (
	"net"
	"net/http"
	"testing"
	"time"
)

func TestServerClosesIdleConnections(t *testing.T) {
	var f *fakeTarget
	inBubble(t, func(n int64, _ http.ResponseWriter, _ *http.Request) bool {
		if n == 40 {
			for _, c := range f.idle()[:3] {
				_ = c.Close()
			}
		}
		return false
	}, func(t *testing.T, target *fakeTarget, m *memory) {
		f = target
		res := driveInBubble(t, jobFor(f), m)
		if res.Closed != 3 || res.Reopened != 3 || res.Done != res.Scheduled {
			t.Errorf("closed %d, reopened %d, done %d of %d; the server closed 3 idle ones", res.Closed, res.Reopened, res.Done, res.Scheduled)
		}
	})
}

// "Connection: close" makes our transport close; it is the server's doing all the same.
func TestServerAsksToClose(t *testing.T) {
	inBubble(t, func(n int64, w http.ResponseWriter, _ *http.Request) bool {
		if n == 60 {
			w.Header().Set("Connection", "close")
		}
		return false
	}, func(t *testing.T, f *fakeTarget, m *memory) {
		res := driveInBubble(t, jobFor(f), m)
		if res.Closed != 1 || res.Done != res.Scheduled {
			t.Errorf("closed %d, done %d of %d", res.Closed, res.Done, res.Scheduled)
		}
	})
}

// net/http repeats a GET whose used connection dies. Here the lost request has to count, and no other.
func TestLostRequestIsNotRepeated(t *testing.T) {
	inBubble(t, func(n int64, w http.ResponseWriter, _ *http.Request) bool {
		if n%100 != 0 {
			return false
		}
		if conn, _, err := w.(http.Hijacker).Hijack(); err == nil {
			_ = conn.Close()
		}
		return true
	}, func(t *testing.T, f *fakeTarget, m *memory) {
		res := driveInBubble(t, jobFor(f), m)
		if res.Errors[classEOF] != 3 || res.Failed != 3 || res.Closed != 3 || res.Done != res.Scheduled-3 {
			t.Errorf("errors %v, failed %d, closed %d; the server dropped 3 requests", res.Errors, res.Failed, res.Closed)
		}
		if got := f.items.Load(); got != res.Scheduled {
			t.Errorf("the server saw %d requests; %d were scheduled", got, res.Scheduled)
		}
	})
}

func TestTimeoutsFail(t *testing.T) {
	inBubble(t, func(n int64, _ http.ResponseWriter, r *http.Request) bool {
		if n == 100 || n == 200 {
			<-r.Context().Done() // until the client gives up
			return true
		}
		return false
	}, func(t *testing.T, f *fakeTarget, m *memory) {
		job := jobFor(f)
		job.RequestTimeout = 200 * time.Millisecond
		res := driveInBubble(t, job, m)
		if res.Errors[classTimeout] != 2 || res.Failed != 2 || res.Pending != 0 {
			t.Errorf("errors %v, pending %d", res.Errors, res.Pending)
		}
		if res.Closed != 0 || res.Reopened != 2 {
			t.Errorf("closed %d, reopened %d: we gave two up, the server none", res.Closed, res.Reopened)
		}
		if slowest := quantile(t, res.Intended, 1); slowest >= job.RequestTimeout {
			t.Errorf("a failed request is among the latencies: %v", slowest)
		}
	})
}

func TestOpenAtTheEndIsPending(t *testing.T) {
	inBubble(t, func(n int64, _ http.ResponseWriter, r *http.Request) bool {
		if n == 31 { // meant at 0.1 s
			<-r.Context().Done()
			return true
		}
		return false
	}, func(t *testing.T, f *fakeTarget, m *memory) {
		job := jobFor(f)
		job.Window, job.Drain = 300*time.Millisecond, 500*time.Millisecond
		res := driveInBubble(t, job, m)
		if res.Pending != 1 || res.Failed != 0 || res.Done != 89 {
			t.Fatalf("done %d, pending %d, errors %v", res.Done, res.Pending, res.Errors)
		}
		if oldest := quantile(t, res.Intended, 1); !near(oldest, 700*time.Millisecond) {
			t.Errorf("the longest intended-to-done is %v; a request was open for 700 ms at least", oldest)
		}
		if slowest := quantile(t, res.Service, 1); slowest > time.Millisecond {
			t.Errorf("a pending request has a service time of %v", slowest)
		}
	})
}

// The server hangs for longer than the drain: everything is abandoned, the books balance, and no goroutine stays.
func TestEverythingOpenIsAbandoned(t *testing.T) {
	inBubble(t, stalling(150, 5*time.Second), func(t *testing.T, _ *fakeTarget, m *memory) {
		job := jobFor(&fakeTarget{address: "127.0.0.1:8080"})
		job.Window, job.Drain = time.Second, 500*time.Millisecond
		res := driveInBubble(t, job, m)
		if res.Pending != 150 || res.Done != 150 || res.Failed != 0 || res.Closed != 0 {
			t.Errorf("done %d, pending %d, failed %d, closed %d", res.Done, res.Pending, res.Failed, res.Closed)
		}
	})
}

// Who closed a connection, on real sockets.
func TestPoolTellsWhoClosed(t *testing.T) {
	t.Parallel()
	l, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	for _, c := range []struct {
		name string
		end  func(theirs *net.TCPConn, ours net.Conn) error
		lost int64
	}{
		{"the server closes", func(theirs *net.TCPConn, _ net.Conn) error { return theirs.Close() }, 1},
		{"the server resets", func(theirs *net.TCPConn, _ net.Conn) error { _ = theirs.SetLinger(0); return theirs.Close() }, 1},
		{"our transport closes", func(_ *net.TCPConn, ours net.Conn) error { return ours.Close() }, 1},
		{"the pool closes", func(_ *net.TCPConn, ours net.Conn) error {
			p := ours.(*trackedConn).pool
			p.disarm()
			p.close()
			return nil
		}, 0},
		{"we gave up", func(_ *net.TCPConn, ours net.Conn) error { ours.(*trackedConn).pool.gaveUp(0); return ours.Close() }, 0},
	} {
		p := newPool(l.Addr().String(), 1, time.Minute, func(time.Duration) {})
		ours, err := p.dial(t.Context(), "tcp", p.pseudoHost(0))
		if err != nil {
			t.Fatal(err)
		}
		theirs, err := l.Accept()
		if err != nil {
			t.Fatal(err)
		}
		p.arm()
		if err := c.end(theirs.(*net.TCPConn), ours); err != nil {
			t.Fatal(err)
		}
		if n, err := ours.Read(make([]byte, 1)); err == nil {
			t.Errorf("%s: read %d bytes", c.name, n)
		}
		_ = ours.Close()
		if got := p.lostConnections(); got != c.lost || p.open.Load() != 0 {
			t.Errorf("%s: %d lost, want %d; %d open", c.name, got, c.lost, p.open.Load())
		}
		p.close()
		_ = theirs.Close()
	}
}
