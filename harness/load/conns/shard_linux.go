package conns

import (
	"fmt"
	"time"

	"golang.org/x/sys/unix"

	"github.com/assay-bench/assay/harness/epoll"
)

const (
	// longestWait bounds how long a shard takes to notice that it shall stop.
	longestWait = 10 * time.Millisecond
	// waitSlack is how much later than asked a wait may end that was not held up.
	waitSlack = time.Millisecond
	// readBytes is the room for one read; a longer answer takes several.
	readBytes = 64 << 10
)

// A shard is one thread's share of the connections: connection n of the job belongs to shard n mod the number of them, in
// all parts of the job. Nothing of it is touched by another thread while it runs, but for shared.
type shard struct {
	*shared
	cfg      *Config
	id, of   int
	ep       *epoll.Set
	conns    []conn
	walks    []walk      // of their answers in pieces; beside conns, which have no room for what is seldom used
	timeouts timeoutList // of the connections with a request outstanding
	rec      *recorder
	start    time.Time // what all times count from

	request       prebuilt
	greet         []byte // the first request on a connection
	in, out, want []byte
	heads         heads

	cursor  int64         // next request of the schedule, or of the first ones of a closed loop
	due     time.Duration // when it is meant; never when there is none
	credit  int           // how many more requests may be taken up before events are asked for
	seen    time.Duration // the clock when it was last read
	waiting int           // requests in line for a connection
	lost    []int32       // connections of a closed loop that were refused, until the next tick
	drawn   uint64        // ids drawn by a closed loop
	greeted int           // connections that have had their first answer
	failed  *ConnectError // while connecting
	cause   error         // of the system, for which a connection is being ended; nil for another reason
}

const never = time.Duration(1<<63 - 1)

func newShard(cfg *Config, common *shared, id, of int) (*shard, error) {
	ep, err := epoll.New()
	if err != nil {
		return nil, err
	}
	if _, err := ep.Wait(0); err != nil {
		ep.Close()
		return nil, fmt.Errorf("%w; the native engine needs Linux 5.11 or later, and a container engine that lets the call through: use --engine vegeta", err)
	}
	s := &shard{
		shared: common, cfg: cfg, id: id, of: of, ep: ep, conns: make([]conn, (cfg.Connections-id+of-1)/of),
		rec: newRecorder(cfg.Loop, cfg.From, cfg.To), request: cfg.Template.prebuild(),
		in: make([]byte, readBytes), out: make([]byte, 0, 1<<10), want: make([]byte, 0, 1<<10),
	}
	s.walks = make([]walk, len(s.conns))
	s.timeouts = newTimeouts(s.conns)
	for i := range s.conns {
		s.conns[i].fd = -1
	}
	return s, nil
}

// clock reads the time since the start of the schedule. A shard that keeps up reads it once a longestWait or oftener, so that of a
// longer stretch the rest is one in which its thread did not run, or took long over one event. Halts that are shorter than a wait may be one.
func (s *shard) clock() time.Duration {
	before := s.seen
	s.seen = time.Since(s.start)
	if s.seen-before > longestWait+waitSlack {
		s.rec.halted(before+longestWait, s.seen)
	}
	return s.seen
}

// drive is the event loop: send what is due, wait for what comes, until nothing is left to wait for.
func (s *shard) drive(start time.Time) error {
	s.start, s.seen = start, time.Since(start)
	s.rec.Halted = 0 // of connecting, whose times count from another moment
	s.cursor = -1
	s.advance()
	end := s.cfg.To + s.cfg.Drain
	if s.cfg.Loop == Closed {
		if err := s.ep.Tick(longestWait); err != nil {
			return err
		}
	}
	for now := s.clock(); ; now = s.after(now) {
		s.credit = burst
		s.sendDue(now)
		s.timeOut(now)
		if s.stop.Load() || now >= end || s.finished(now) {
			break
		}
		events, err := s.await(now, end)
		if err != nil {
			return err
		}
		for i := range events {
			s.handle(&events[i])
			if s.seen >= s.due && s.credit > 0 { // a batch may take long; the schedule goes first
				s.sendDue(s.clock())
			}
		}
	}
	s.abandon(s.clock())
	return nil
}

// after is the time when a batch of events is done. In a closed loop the clock was read with the last answer or tick.
func (s *shard) after(before time.Duration) time.Duration {
	if s.cfg.Loop == Closed && s.due == never && s.seen > before {
		return s.seen
	}
	return s.clock()
}

// finished reports whether every request that is still to be sent has been sent and answered.
func (s *shard) finished(now time.Duration) bool {
	return s.due == never && s.timeouts.first < 0 && s.waiting == 0 && now >= s.cfg.To
}

// handle takes in one event.
func (s *shard) handle(ev *unix.EpollEvent) {
	if ev.Fd == epoll.Ticked {
		s.ep.Tock()
		s.clock()
		s.revive()
		return
	}
	c := &s.conns[ev.Fd]
	if c.generation != ev.Pad || c.state == dead {
		return // of a socket that was closed in the same batch
	}
	if c.state == connecting {
		s.established(ev.Fd) // what came meanwhile is in the same event, and in no later one
	}
	if ev.Events&unix.EPOLLOUT != 0 && len(c.unsent) > 0 {
		s.flush(ev.Fd)
	}
	if ev.Events&(unix.EPOLLIN|unix.EPOLLRDHUP|unix.EPOLLHUP|unix.EPOLLERR) != 0 && c.open() {
		s.receive(ev.Fd, ev.Events&(unix.EPOLLRDHUP|unix.EPOLLHUP|unix.EPOLLERR) != 0)
	}
}

// timeOut gives up the requests whose answers have been out for too long. HTTP/1.1 has no other way to give one up than
// to end its connection.
func (s *shard) timeOut(now time.Duration) {
	for i := s.timeouts.first; i >= 0 && now-s.conns[i].written >= s.cfg.RequestTimeout; i = s.timeouts.first {
		s.end(i, Timeout, false)
	}
}

// abandon counts what is still open when the drain is over.
func (s *shard) abandon(now time.Duration) {
	for i := range s.conns {
		c := &s.conns[i]
		if c.state == busy {
			s.rec.edge(c.now.intended, c.written, now) // it stays under way to the end
			s.rec.pending(c.now.intended, now)
		}
		for _, r := range c.waiting[c.served:] {
			s.rec.pending(r.intended, now)
		}
	}
	if s.cfg.Loop == Open {
		for ; s.cursor < s.cfg.Schedule.Total(); s.advance() {
			s.rec.untaken(s.cfg.Schedule.At(s.cursor), now)
		}
	}
	s.rec.close(now)
}

// close resets every connection.
func (s *shard) close() {
	for i := range s.conns {
		if s.conns[i].state != dead {
			s.reset(int32(i))
		}
	}
	s.ep.Close()
}
