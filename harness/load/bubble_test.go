package load

import (
	"context"
	"net"
	"net/http"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// Inside a bubble of testing/synctest time stands still while anybody works, and jumps to the next timer when nobody
// does. Client and server are joined by pipes in memory. So the engine's arithmetic is tested to the microsecond, and no
// other process on the machine can disturb it.

// A memory is a listener whose connections are pipes.
type memory struct {
	conns chan net.Conn
	done  chan struct{}
	once  sync.Once
}

func newMemory() *memory { return &memory{conns: make(chan net.Conn), done: make(chan struct{})} }

func (m *memory) Accept() (net.Conn, error) {
	select {
	case c := <-m.conns:
		return c, nil
	case <-m.done:
		return nil, net.ErrClosed
	}
}

func (m *memory) Close() error   { m.once.Do(func() { close(m.done) }); return nil }
func (m *memory) Addr() net.Addr { return &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: 8080} }

func (m *memory) dial() (net.Conn, error) {
	ours, theirs := net.Pipe()
	select {
	case m.conns <- theirs:
		return ours, nil
	case <-m.done:
		return nil, net.ErrClosed
	}
}

// inBubble runs test in a bubble with a server whose connections are opened by dial.
func inBubble(t *testing.T, item func(int64, http.ResponseWriter, *http.Request) bool, test func(t *testing.T, f *fakeTarget, m *memory)) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f, m := &fakeTarget{address: "127.0.0.1:8080", item: item}, newMemory()
		defer f.serve(t, m)()
		test(t, f, m)
		time.Sleep(time.Minute) // lets handlers end; a goroutine that is still there then fails the bubble
	})
}

func serveAll(int64, http.ResponseWriter, *http.Request) bool { return false }

// driveInBubble is Run without what asks the kernel: connect, drive, close the books.
func driveInBubble(t *testing.T, job Job, m *memory) Result {
	t.Helper()
	checked, err := check(job)
	if err != nil {
		t.Fatal(err)
	}
	var warn warnings
	rec := NewRecorder(NewSchedule(job), Part{})
	e := newVegetaEngine(checked, rec, warn.add)
	defer e.close()
	e.pool.connect = func(context.Context, int) (net.Conn, error) { return m.dial() }
	e.sleeper = func() (sleeper, error) { return runtimeSleeper{}, nil }
	count := func() Sample { return Sample{Client: int(e.pool.open.Load()), Kernel: -1, Server: -1} }
	if failed := e.connectAll(t.Context(), time.Now().Add(job.ConnectTimeout), count); failed != nil {
		t.Fatal(failed.text)
	}
	e.pool.arm()
	start := time.Now().Add(leadTime)
	rec.Begin(start)
	time.AfterFunc(leadTime+rec.Schedule().End(), e.pool.disarm)
	if err := e.Drive(t.Context(), rec); err != nil {
		t.Fatal(err)
	}
	rec.Close(time.Now())
	res := Result{Closed: e.pool.lostConnections(), Reopened: e.pool.reopened.Load(), Warnings: warn.all()}
	if err := rec.fill(&res); err != nil {
		t.Fatal(err)
	}
	checkBooks(t, res)
	return res
}

// plain is a client as vegeta would make it, but for the pipes.
func (m *memory) plain() *http.Client {
	return &http.Client{Timeout: 30 * time.Second, Transport: &http.Transport{
		DialContext:         func(context.Context, string, string) (net.Conn, error) { return m.dial() },
		MaxIdleConnsPerHost: 10_000,
	}}
}
