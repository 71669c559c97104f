package conns

import (
	"time"

	"golang.org/x/sys/unix"

	"github.com/assay-bench/assay/harness/epoll"
)

// burst is how many requests a shard takes up before it asks for events again: more than are due together where it keeps
// up, and few enough that a shard that is behind still reads answers.
const burst = 256

// sendDue takes up the requests whose time has come, as many as there is credit for. One that the load side comes to only
// when the window is over is not sent: it stays scheduled, and what was scheduled and not sent is the load side's fault.
func (s *shard) sendDue(now time.Duration) {
	for s.due <= now && s.credit > 0 {
		if now >= s.cfg.To+LastCall {
			s.due = never // the cursor stays at the first one that is left, see abandon
			return
		}
		s.credit--
		i, r := s.pick(now)
		s.advance()
		s.take(i, r, now)
		now = s.clock()
	}
}

// advance moves on to the next request that this shard has to begin by itself. Of a schedule these are those on its
// connections; of a closed loop the first one of each connection.
func (s *shard) advance() {
	s.cursor++
	if s.cfg.Loop == Closed {
		if s.due = never; s.cursor < int64(len(s.conns)) {
			s.due = s.cfg.Spread * time.Duration(s.cursor) / time.Duration(len(s.conns))
		}
		return
	}
	schedule := s.cfg.Schedule
	for s.cursor < schedule.Total() && schedule.Conn(s.cursor)%s.of != s.id {
		s.cursor++
	}
	if s.due = never; s.cursor < schedule.Total() {
		s.due = schedule.At(s.cursor)
	}
}

// pick is the request at the cursor and the connection it is for. That of a closed loop is meant to leave now.
func (s *shard) pick(now time.Duration) (int32, request) {
	if s.cfg.Loop == Closed {
		return int32(s.cursor), request{id: s.drawID(), intended: now}
	}
	k := s.cursor
	return int32(s.cfg.Schedule.Conn(k) / s.of), request{id: s.cfg.Schedule.ID(k), intended: s.due}
}

// drawID is a fresh id of a closed loop, from a sequence that no two shards share. Two draws may give one id, since maxID takes
// bits off.
func (s *shard) drawID() uint64 {
	s.drawn++
	return splitmix64(s.cfg.Seed^splitmix64(s.drawn*uint64(s.of)+uint64(s.id))) & maxID
}

// take gives a request to its connection, which sends it or has it wait in line.
func (s *shard) take(i int32, r request, now time.Duration) {
	s.rec.taken(r.intended, now)
	c := &s.conns[i]
	if c.state == idle {
		s.write(i, r, now)
		return
	}
	c.waiting = append(c.waiting, r)
	s.waiting++
	if c.state == dead {
		s.dial(i)
	}
}

// proceed lets an idle connection send what waits in line, or the next request of a closed loop.
func (s *shard) proceed(i int32, now time.Duration) {
	c := &s.conns[i]
	if c.inLine() > 0 {
		r := c.next()
		s.waiting--
		s.write(i, r, now)
		return
	}
	if s.cfg.Loop == Closed && now < s.cfg.To {
		r := request{id: s.drawID(), intended: now}
		s.rec.taken(now, now)
		s.write(i, r, now)
	}
}

// write sends a request on an idle connection.
func (s *shard) write(i int32, r request, now time.Duration) {
	c := &s.conns[i]
	c.state, c.now, c.written = busy, r, now
	s.timeouts.push(i)
	s.rec.began(now)
	s.out = s.request.append(s.out[:0], r.id)
	s.put(i, s.out)
}

// put writes bytes; what the socket does not take waits for the event that says it has room.
func (s *shard) put(i int32, b []byte) {
	c := &s.conns[i]
	for {
		n, errno := epoll.Write(c.fd, b)
		switch {
		case errno == unix.EINTR:
			continue
		case errno == unix.EAGAIN:
			n = 0
		case errno != 0:
			s.broken(i, errno, true)
			return
		}
		c.unsent = append(c.unsent[:0], b[n:]...)
		return
	}
}

// flush writes what a socket did not take before.
func (s *shard) flush(i int32) {
	c := &s.conns[i]
	rest := append(s.out[:0], c.unsent...)
	s.put(i, rest)
}
