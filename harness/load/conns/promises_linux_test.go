package conns

import (
	"bytes"
	"fmt"
	"net"
	"net/netip"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// What nobody asked for ends the connection, and so does the end of the stream, also when it comes in one event with data that is still
// to be read.
func TestWhatEndsAConnection(t *testing.T) {
	for name, c := range map[string]struct {
		asked bool
		said  string
		shut  bool
		done  int64
	}{
		"bytes behind an answer":         {asked: true, said: rightAnswer + "x", done: 1},
		"bytes on an idle connection":    {said: "x"},
		"an end together with an answer": {asked: true, said: rightAnswer, shut: true, done: 1},
		"an end on an idle connection":   {shut: true},
	} {
		w := newWire(t)
		w.armed.Store(true)
		if c.asked {
			now := w.clock()
			w.take(0, request{id: 1, intended: now}, now)
		}
		w.say(t, c.said)
		if c.shut {
			if err := unix.Shutdown(w.far, unix.SHUT_WR); err != nil {
				t.Fatal(err)
			}
		}
		w.settle(t)
		if w.conns[0].state != dead || w.closed.Load() != 1 || w.open.Load() != 0 || w.rec.Done != c.done || w.rec.Failed != 0 {
			t.Errorf("%s: state %d, %d closed, %d open, %d done, %d failed",
				name, w.conns[0].state, w.closed.Load(), w.open.Load(), w.rec.Done, w.rec.Failed)
		}
	}
}

// An event of a socket that was closed in the same batch is not taken for one of the socket that came after it.
func TestAnEventOfAFormerSocket(t *testing.T) {
	w := newWire(t)
	w.say(t, "x")
	events, err := w.ep.Wait(time.Second)
	if err != nil || len(events) != 1 {
		t.Fatalf("%d events, %v", len(events), err)
	}
	w.conns[0].generation++
	if w.handle(&events[0]); w.conns[0].state != idle {
		t.Error("the event of a former socket ended the connection")
	}
	w.conns[0].generation--
	if w.handle(&events[0]); w.conns[0].state != dead {
		t.Error("the event of the socket itself did nothing")
	}
}

// What a socket does not take of a request at once is sent when it has room.
func TestTheRestOfARequestIsSent(t *testing.T) {
	body := bytes.Repeat([]byte("0123456789abcdef"), 1<<16)
	s, far := wired(t, Config{Connections: 1, Template: Template{Body: func(dst []byte, _ uint64) []byte { return append(dst, body...) }}})
	w := wire{s, far[0], make([]byte, 64<<10)}
	now := w.clock()
	w.take(0, request{id: 1, intended: now}, now)
	if len(w.conns[0].unsent) == 0 {
		t.Fatal("the socket took a MiB at once")
	}
	want := w.request.append(nil, 1)
	var got []byte
	for deadline := time.Now().Add(10 * time.Second); len(got) < len(want) && time.Now().Before(deadline); {
		if n, err := unix.Read(w.far, w.buf); err == nil {
			got = append(got, w.buf[:n]...)
		}
		events, err := w.ep.Wait(time.Millisecond)
		if err != nil {
			t.Fatal(err)
		}
		for i := range events {
			w.handle(&events[i])
		}
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%d bytes came of %d, or not those", len(got), len(want))
	}
}

// Requests that wait in line are sent in the order in which they were meant.
func TestTheLineKeepsItsOrder(t *testing.T) {
	w, now := newWire(t), time.Duration(0)
	for id := range uint64(50) {
		w.take(0, request{id: id, intended: now}, now)
	}
	if w.waiting != 49 || w.conns[0].inLine() != 49 {
		t.Fatalf("%d and %d wait", w.waiting, w.conns[0].inLine())
	}
	for id := range uint64(80) {
		n, err := unix.Read(w.far, w.buf)
		if want := fmt.Sprintf("GET /item?id=%d HTTP", id); err != nil || !strings.HasPrefix(string(w.buf[:max(0, n)]), want) {
			t.Fatalf("%q, %v; want %s", w.buf[:max(0, n)], err, want)
		}
		if id < 30 { // others join it meanwhile
			w.take(0, request{id: 50 + id, intended: now}, now)
		}
		w.say(t, rightAnswer)
		w.settle(t)
	}
	if w.waiting != 0 || w.conns[0].inLine() != 0 || w.rec.Done != 80 {
		t.Errorf("%d and %d wait still, %d done", w.waiting, w.conns[0].inLine(), w.rec.Done)
	}
}

// No two shards of a closed loop ask for the same ids.
func TestShardsDrawDifferentIDs(t *testing.T) {
	drawn := map[uint64]int{}
	for id := range 3 {
		s, err := newShard(&Config{Connections: 3, Loop: Closed, Seed: 9}, &shared{}, id, 3)
		if err != nil {
			t.Fatal(err)
		}
		for range 1000 {
			drawn[s.drawID()]++
		}
		s.close()
	}
	if len(drawn) != 3000 {
		t.Errorf("3000 draws gave %d ids", len(drawn))
	}
}

// What a shard comes to only after the window was never sent; it counts as scheduled, at its age.
func TestWhatIsLeftOfTheScheduleIsCounted(t *testing.T) {
	schedule := NewSchedule(Plan{Connections: 1, RequestsPerSecond: 1000, Window: time.Second})
	for _, behind := range []time.Duration{2 * time.Second, 4 * time.Second} { // held up until within the drain, and beyond it
		s, _ := wired(t, Config{Connections: 1, Schedule: schedule, To: time.Second, Drain: 2 * time.Second})
		if err := s.drive(time.Now().Add(-behind)); err != nil {
			t.Fatal(err)
		}
		if s.rec.Scheduled != 1000 || s.rec.Sent != 0 || s.rec.Pending != 0 || s.rec.Intended.TotalCount() != 1000 || s.rec.Lateness.TotalCount() != 0 {
			t.Errorf("%v behind: %d scheduled, %d sent, %d pending, %d ages", behind, s.rec.Scheduled, s.rec.Sent, s.rec.Pending, s.rec.Intended.TotalCount())
		}
	}
}

// What was taken up in time and waits for its connection is the server's: it is sent or pending, also when the window is over.
func TestWhatWaitsInLineAtTheWindowsEndIsPending(t *testing.T) {
	schedule := NewSchedule(Plan{Connections: 1, RequestsPerSecond: 1000, Window: 200 * ms})
	s, _ := wired(t, Config{Connections: 1, Schedule: schedule, To: 200 * ms, Drain: 100 * ms})
	if err := s.drive(time.Now()); err != nil { // nobody answers
		t.Fatal(err)
	}
	if s.rec.Scheduled != 200 || s.rec.Sent != s.rec.Pending || s.rec.Sent < 100 || s.rec.Done+s.rec.Failed != 0 {
		t.Errorf("%d scheduled, %d sent, %d pending", s.rec.Scheduled, s.rec.Sent, s.rec.Pending)
	}
}

// answering answers every request on these ends until the test is over; pause, if given, is asked before the answer to request n of
// all (from 1).
func answering(t *testing.T, far []int, pause func(n int)) {
	stop, over := make(chan struct{}), make(chan struct{})
	t.Cleanup(func() { close(stop); <-over })
	go func() {
		defer close(over)
		buf, asked := make([]byte, 1<<12), 0
		for {
			select {
			case <-stop:
				return
			default:
			}
			for _, fd := range far {
				if n, err := unix.Read(fd, buf); err == nil && n > 0 {
					asked++
					if pause != nil {
						pause(asked)
					}
					_, _ = unix.Write(fd, []byte(rightAnswer)) // the shard may have ended
				}
			}
			time.Sleep(10 * time.Microsecond)
		}
	}()
}

// A schedule that no shard can keep does not keep it from reading answers; and what it did not come to shows.
func TestAShardThatIsBehindReadsAnswers(t *testing.T) {
	schedule := NewSchedule(Plan{Connections: 8, RequestsPerSecond: 50e6, Window: 100 * ms})
	s, far := wired(t, Config{Connections: 8, Schedule: schedule, To: 100 * ms})
	answering(t, far, nil)
	if err := s.drive(time.Now()); err != nil {
		t.Fatal(err)
	}
	if r := s.rec; r.Done == 0 || r.Scheduled != 5_000_000 || r.Sent > r.Scheduled*99/100 || r.Sent != r.Done+r.Failed+r.Pending {
		t.Errorf("%d scheduled, %d sent, %d done, %d pending", r.Scheduled, r.Sent, r.Done, r.Pending)
	}
	s, _ = wired(t, Config{Connections: 8, Schedule: schedule, To: 100 * ms})
	s.cursor, s.due = 0, 0
	if s.sendDue(50 * ms); s.cursor != burst || s.due == never {
		t.Errorf("%d requests were taken up at once, want %d", s.cursor, burst)
	}
}

// Of a batch of events each may take long: a request whose time comes meanwhile does not wait for the last of them.
func TestTheScheduleGoesFirst(t *testing.T) {
	const n, all, slow = 10, 60, 20 * ms
	checked := 0
	want := func(dst []byte, _ uint64) []byte {
		if checked++; checked <= n {
			time.Sleep(slow)
		}
		return append(dst, "answer\n"...)
	}
	schedule := NewSchedule(Plan{Connections: n, RequestsPerSecond: 100, Window: 600 * ms})
	s, far := wired(t, Config{Connections: n, Schedule: schedule, To: 600 * ms, Drain: 5 * time.Second, Template: Template{Want: want}})
	var held []int
	over := make(chan struct{})
	t.Cleanup(func() { <-over })
	go func() { // all answers at once, when every connection has been asked
		defer close(over)
		buf := make([]byte, 1<<12)
		for deadline := time.Now().Add(10 * time.Second); len(held) < n && time.Now().Before(deadline); time.Sleep(100 * time.Microsecond) {
			for _, fd := range far {
				if got, err := unix.Read(fd, buf); err == nil && got > 0 {
					held = append(held, fd)
				}
			}
		}
		for _, fd := range held {
			_, _ = unix.Write(fd, []byte(rightAnswer))
		}
		for deadline, answered := time.Now().Add(10*time.Second), 0; answered < all-n && time.Now().Before(deadline); time.Sleep(ms) {
			for _, fd := range far {
				if got, err := unix.Read(fd, buf); err == nil && got > 0 {
					_, _ = unix.Write(fd, []byte(rightAnswer))
					answered++
				}
			}
		}
	}()
	if err := s.drive(time.Now()); err != nil {
		t.Fatal(err)
	}
	if late := time.Duration(s.rec.Lateness.Max()) * time.Microsecond; s.rec.Done != all || late >= 5*slow {
		t.Errorf("%d done, a request left %v late; one answer takes %v, the batch %v", s.rec.Done, late, slow, n*slow)
	}
}

// Connections are opened no faster than the job says.
func TestConnectionsAreOpenedAtTheirRate(t *testing.T) {
	l, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	go welcoming(l)
	defer l.Close()
	e, err := New(Config{Address: netip.MustParseAddrPort(l.Addr().String()), Connections: 41, Loop: Closed, ConnectPerSecond: 200, Connecting: 41})
	if err != nil {
		t.Fatal(err)
	}
	defer e.Close()
	began := time.Now()
	if err := e.Connect(t.Context(), began.Add(20*time.Second)); err != nil {
		t.Fatal(err)
	}
	if took := time.Since(began); took < 200*ms || e.Open() != 41 {
		t.Errorf("%d connections at 200/s took %v", e.Open(), took)
	}
}

// welcoming answers the first request of each connection.
func welcoming(l net.Listener) {
	for {
		c, err := l.Accept()
		if err != nil {
			return
		}
		go func() {
			buf := make([]byte, 1<<10)
			if _, err := c.Read(buf); err == nil {
				_, _ = c.Write([]byte("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nok\n"))
			}
			_, _ = c.Read(buf) // until the engine closes it
			_ = c.Close()
		}()
	}
}

// A connection counts as opened again when it is, not when that is tried.
func TestWhatWasNotOpenedAgainIsNotCounted(t *testing.T) {
	l, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	for address, c := range map[string]struct{ reopened, failed int64 }{"127.0.0.1:1": {0, 1}, l.Addr().String(): {1, 0}} {
		w := newWire(t)
		w.cfg.Address = netip.MustParseAddrPort(address)
		w.armed.Store(true)
		w.reset(0)
		now := w.clock()
		if w.take(0, request{id: 1, intended: now}, now); w.conns[0].state == connecting {
			w.settle(t)
		}
		if w.reopened.Load() != c.reopened || w.rec.Failed != c.failed {
			t.Errorf("%s: %d opened again, %d failed: %v", address, w.reopened.Load(), w.rec.Failed, w.rec.Errors)
		}
	}
}

// Memory for a long answer in pieces is let go when it is over: thousands of connections would have one each.
func TestALongAnswerLeavesNoMemory(t *testing.T) {
	long := strings.Repeat("a", 100<<10) + "\n"
	s, far := wired(t, Config{Connections: 1, Template: Template{Want: func(dst []byte, _ uint64) []byte { return append(dst, long...) }}})
	w, now := wire{s, far[0], make([]byte, 1<<10)}, time.Duration(0)
	w.take(0, request{id: 1, intended: now}, now)
	for rest := fmt.Sprintf("HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s", len(long), long); len(rest) > 0; {
		n := min(len(rest), 16<<10)
		w.say(t, rest[:n])
		rest = rest[n:]
		w.settle(t)
	}
	if kept := cap(w.conns[0].partial); w.rec.Done != 1 || kept > keptPartial {
		t.Errorf("%d done, %d bytes kept", w.rec.Done, kept)
	}
	w.take(0, request{id: 2, intended: now}, now)
	w.say(t, fmt.Sprintf("HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s", len(long), long[:32<<10])) // and no more of it
	w.settle(t)
	before := cap(w.conns[0].partial)
	if w.end(0, Timeout, false); before < 32<<10 || cap(w.conns[0].partial) > keptPartial {
		t.Errorf("%d bytes while it came, %d kept of a connection that has ended", before, cap(w.conns[0].partial))
	}
}
