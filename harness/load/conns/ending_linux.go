package conns

import (
	"errors"

	"golang.org/x/sys/unix"
)

// end closes a connection. A request outstanding on it has failed; those in line have it opened again.
func (s *shard) end(i int32, class string, byPeer bool) {
	c := &s.conns[i]
	was := c.state
	if byPeer && was >= greeting && s.armed.Load() {
		s.closed.Add(1)
	}
	s.reset(i)
	switch was {
	case connecting, greeting:
		s.refused(i, class)
		return
	case busy:
		s.timeouts.remove(i)
		s.rec.ended(c.now.intended, c.written, s.clock())
		s.rec.failed(c.now.intended, class)
	}
	if c.inLine() > 0 {
		s.dial(i)
		return
	}
	begun := int64(i) < s.cursor // else its first request is still to come
	if now := s.clock(); s.cfg.Loop == Closed && begun && now < s.cfg.To {
		s.take(i, request{id: s.drawID(), intended: now}, now)
	}
}

// broken ends a connection for an error of the system, which is not the server's doing where this host is out of memory.
func (s *shard) broken(i int32, err error, byPeer bool) {
	class := classOf(err)
	s.cause = err
	s.end(i, class, byPeer && class != NoMemory)
	s.cause = nil
}

// refused settles what waited for a connection that could not be opened.
func (s *shard) refused(i int32, class string) {
	c := &s.conns[i]
	if s.greeted < len(s.conns) && s.failed == nil && c.inLine() == 0 {
		s.failed = &ConnectError{Class: class, Err: s.cause, Open: int(s.open.Load())}
		return
	}
	for c.inLine() > 0 { // each would meet the same; the next one of a schedule tries again
		s.rec.failed(c.next().intended, class)
		s.waiting--
	}
	if s.cfg.Loop == Closed && s.greeted >= len(s.conns) && int64(i) < s.cursor { // nothing else would ask on it again
		s.lost = append(s.lost, i)
	}
}

// revive has the connections of a closed loop that were refused ask again, at the next tick: a server that comes back finds
// as many connections as it left.
func (s *shard) revive() {
	now := s.seen
	if len(s.lost) == 0 || now >= s.cfg.To {
		return
	}
	again := s.lost
	s.lost = nil // a connection that is refused at once is lost again, until the next tick
	for _, i := range again {
		s.take(i, request{id: s.drawID(), intended: now}, now)
	}
}

// reset ends a socket with a reset, which leaves no TIME_WAIT behind.
func (s *shard) reset(i int32) {
	c := &s.conns[i]
	if c.state >= greeting {
		s.open.Add(-1)
	}
	if c.fd >= 0 {
		// A socket that takes no option is closed all the same.
		_ = unix.SetsockoptLinger(int(c.fd), unix.SOL_SOCKET, unix.SO_LINGER, &unix.Linger{Onoff: 1})
		_ = unix.Close(int(c.fd))
	}
	c.fd, c.state = -1, dead
	c.unsent = c.unsent[:0]
	c.forget()
}

// classOf names an error of the system.
func classOf(err error) string {
	var errno unix.Errno
	if !errors.As(err, &errno) {
		return Other
	}
	switch errno {
	case unix.ECONNREFUSED:
		return Refused
	case unix.ECONNRESET, unix.EPIPE:
		return Reset
	case unix.EADDRNOTAVAIL, unix.EADDRINUSE, unix.EAGAIN:
		return NoPort
	case unix.EMFILE, unix.ENFILE:
		return NoFile
	case unix.ENOBUFS, unix.ENOMEM:
		return NoMemory
	case unix.ETIMEDOUT:
		return Timeout
	}
	return Other
}
