package conns

import (
	"cmp"
	"fmt"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"github.com/assay-bench/assay/harness/epoll"
)

// A wire is a shard with one connection, whose other end is in the test's hand.
type wire struct {
	*shard
	far int    // the other end
	buf []byte // what came there
}

func newWire(t *testing.T) wire {
	t.Helper()
	s, far := wired(t, Config{Connections: 1})
	return wire{s, far[0], make([]byte, 1<<10)}
}

// wired is a shard with every connection of the job open, and their other ends. What cfg does not say is filled in.
func wired(t *testing.T, cfg Config) (*shard, []int) {
	t.Helper()
	cfg.Loop, cfg.To, cfg.RequestTimeout = Open, cmp.Or(cfg.To, time.Hour), time.Hour
	cfg.Template.URI, cfg.Template.WithID = "/item?id=", true
	if cfg.Template.Want == nil {
		cfg.Template.Want = func(dst []byte, id uint64) []byte { return append(dst, "answer\n"...) }
	}
	s, err := newShard(&cfg, &shared{}, 0, 1)
	if err != nil {
		t.Fatal(err)
	}
	s.start, s.cursor, s.due, s.credit, s.greeted = time.Now(), 1, never, burst, cfg.Connections
	far := make([]int, cfg.Connections)
	for i := range far {
		ends, err := unix.Socketpair(unix.AF_UNIX, unix.SOCK_STREAM|unix.SOCK_NONBLOCK, 0)
		if err != nil {
			t.Fatal(err)
		}
		far[i] = ends[1]
		s.conns[i].fd, s.conns[i].state = int32(ends[0]), idle
		if err := s.ep.Add(ends[0], epoll.Tag{Conn: int32(i)}); err != nil {
			t.Fatal(err)
		}
	}
	s.open.Store(int64(cfg.Connections))
	t.Cleanup(func() {
		s.close()
		for _, fd := range far {
			_ = unix.Close(fd) // the test is over
		}
	})
	return s, far
}

// settle takes in what has come, within a second.
func (w wire) settle(t *testing.T) {
	t.Helper()
	events, err := w.ep.Wait(time.Second)
	if err != nil || len(events) == 0 {
		t.Fatalf("%d events, %v", len(events), err)
	}
	for i := range events {
		w.handle(&events[i])
	}
}

// say writes to the connection from its other end.
func (w wire) say(t *testing.T, text string) {
	t.Helper()
	if n, err := unix.Write(w.far, []byte(text)); n != len(text) || err != nil {
		t.Fatalf("%d bytes of %d, %v", n, len(text), err)
	}
}

// exchange has one request sent and these bytes answered, and takes in what has come.
func (w wire) exchange(id uint64, answer []byte) error {
	now := w.clock()
	w.take(0, request{id: id, intended: now}, now)
	if n, err := unix.Read(w.far, w.buf); n <= 0 || err != nil {
		return fmt.Errorf("no request came: %d, %v", n, err)
	}
	if _, err := unix.Write(w.far, answer); err != nil {
		return err
	}
	events, err := w.ep.Wait(time.Second)
	for i := range events {
		w.handle(&events[i])
	}
	return err
}

const rightAnswer = "HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\nanswer\n"

// A request that is sent, answered, checked and counted takes no memory from Go's heap: no garbage is collected in a window.
func TestARequestAllocatesNothing(t *testing.T) {
	for name, answer := range map[string]string{
		"with a length": rightAnswer,
		"in chunks":     "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nans\r\n4\r\nwer\n\r\n0\r\n\r\n",
		"wrong":         "HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\nANSWER\n",
	} {
		w, raw, id, failure := newWire(t), []byte(answer), uint64(0), error(nil)
		n := testing.AllocsPerRun(1000, func() {
			id += 1 << 30
			if err := w.exchange(id, raw); err != nil {
				failure = err
			}
		})
		if n != 0 || failure != nil || w.rec.Done+w.rec.Failed != 1001 || w.rec.Failed > 0 != (name == "wrong") {
			t.Errorf("%s: %g allocations a request, %d done, %d failed, %v", name, n, w.rec.Done, w.rec.Failed, failure)
		}
	}
}

// Nor does one whose answer comes in pieces, and each answer is read from its own beginning.
func TestAnAnswerInPiecesAllocatesNothing(t *testing.T) {
	w, failure, id := newWire(t), error(nil), uint64(0)
	first, rest := []byte(chunkedHead+"3\r\nans\r\n2\r\nw"), []byte("e\r\n2\r\nr\n\r\n0\r\n\r\n")
	n := testing.AllocsPerRun(1000, func() {
		id++
		if err := w.exchange(id, first); err != nil {
			failure = err
		}
		if _, err := unix.Write(w.far, rest); err != nil {
			failure = err
		}
		events, err := w.ep.Wait(time.Second)
		if err != nil {
			failure = err
		}
		for i := range events {
			w.handle(&events[i])
		}
	})
	if n != 0 || failure != nil || w.rec.Done != 1001 || w.rec.Failed != 0 {
		t.Errorf("%g allocations a request, %d done, %d failed, %v", n, w.rec.Done, w.rec.Failed, failure)
	}
}

// Nothing else may be sent on a connection whose server answers before it can have read the request: the rest of that request
// is still to be sent.
func TestAnAnswerBeforeTheWholeRequestEndsTheConnection(t *testing.T) {
	w := newWire(t)
	now := w.clock()
	w.take(0, request{id: 1, intended: now}, now)
	w.conns[0].unsent = append(w.conns[0].unsent, "the rest"...)
	if _, err := unix.Write(w.far, []byte(rightAnswer)); err != nil {
		t.Fatal(err)
	}
	w.receive(0, false)
	if c := w.conns[0]; c.state != dead || len(c.unsent) != 0 || w.rec.Done != 1 {
		t.Errorf("state %d, %d bytes unsent, %d done", c.state, len(c.unsent), w.rec.Done)
	}
}

// A server may end a connection before its opening was noticed here: both come in one event, and no other follows.
func TestAnEndThatComesWithTheBeginning(t *testing.T) {
	w := newWire(t)
	w.conns[0].state = connecting
	if err := unix.Shutdown(w.far, unix.SHUT_WR); err != nil {
		t.Fatal(err)
	}
	w.armed.Store(true)
	events, err := w.ep.Wait(time.Second)
	if err != nil || len(events) != 1 || events[0].Events&unix.EPOLLRDHUP == 0 {
		t.Fatalf("%+v, %v", events, err)
	}
	w.handle(&events[0])
	if c := w.conns[0]; c.state != dead || w.open.Load() != 1 || w.closed.Load() != 1 {
		t.Errorf("state %d, %d open, %d closed by the server", c.state, w.open.Load(), w.closed.Load())
	}
}
