package conns

import (
	"bytes"
	"errors"
	"strconv"
	"time"

	"golang.org/x/sys/unix"

	"github.com/assay-bench/assay/harness/epoll"
)

// receive reads what has come on a connection. With edge-triggered events a read that does not fill the buffer has
// emptied the socket; the end of the stream, though, comes without an event of its own when it came with the data, so
// ended asks for reading on until it is seen.
func (s *shard) receive(i int32, ended bool) {
	c := &s.conns[i]
	for c.open() {
		n, errno := epoll.Read(c.fd, s.in)
		switch errno {
		case 0:
		case unix.EAGAIN:
			return
		case unix.EINTR:
			continue
		default:
			s.end(i, classOf(errno), true)
			return
		}
		data := s.in[:n]
		if len(c.partial) > 0 {
			c.partial = append(c.partial, data...)
			data = c.partial
		}
		s.consume(i, data, n == 0)
		if n < len(s.in) && !ended {
			return
		}
	}
}

// consume looks for the answer in everything that has come since the last one.
func (s *shard) consume(i int32, data []byte, eof bool) {
	c := &s.conns[i]
	if c.state == idle { // nothing was asked
		class := Malformed
		if len(data) == 0 {
			class = EOF
		}
		s.end(i, class, true)
		return
	}
	a, ok, err := s.heads.parse(data, eof)
	switch {
	case errors.Is(err, errCutShort):
		s.end(i, EOF, true)
	case err != nil:
		s.end(i, Malformed, true)
	case !ok && len(c.partial) == 0:
		if c.state == greeting {
			s.rec.firstByte(s.clock() - c.began)
		}
		c.partial = append(c.partial, data...)
	case ok:
		s.answered(i, a, len(data))
	}
}

// answered settles the request that a was the answer to; got is how many bytes have come.
func (s *shard) answered(i int32, a answer, got int) {
	c := &s.conns[i]
	now := s.clock()
	if c.state == greeting {
		s.welcomed(i, a, got, now)
		return
	}
	class := s.check(a, c.now.id)
	s.line.remove(i)
	s.rec.ended(c.now.intended, c.written, now)
	if class == "" {
		s.rec.done(c.now.intended, c.written, now, a.head, a.size)
		s.answers.Add(1)
	} else {
		s.rec.failed(c.now.intended, class)
	}
	c.state, c.partial = idle, c.partial[:0]
	// The server ends it, or has sent what nobody asked for, or answered what it cannot have read to the end.
	if a.close || got > a.size || len(c.unsent) > 0 {
		s.end(i, EOF, true)
		return
	}
	s.proceed(i, now)
}

// check compares an answer with what the contract demands, byte for byte.
func (s *shard) check(a answer, id uint64) (class string) {
	if a.status != 200 {
		return "status " + strconv.Itoa(a.status)
	}
	if s.want = s.request.want(s.want[:0], id); !bytes.Equal(a.body, s.want) {
		return WrongBody
	}
	return ""
}

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
		s.line.remove(i)
		s.rec.ended(c.now.intended, c.written, s.clock())
		s.rec.failed(c.now.intended, class)
	}
	if len(c.waiting) > 0 {
		s.reopen(i)
		return
	}
	begun := int64(i) < s.cursor // else its first request is still to come
	if now := s.clock(); s.cfg.Loop == Closed && begun && now < s.cfg.To {
		s.take(i, request{id: s.drawID(), intended: now}, now)
	}
}

// refused settles what waited for a connection that could not be opened.
func (s *shard) refused(i int32, class string) {
	c := &s.conns[i]
	if s.greeted < len(s.conns) && s.failed == nil && len(c.waiting) == 0 {
		s.failed = &ConnectError{Class: class, Open: int(s.open.Load())}
		return
	}
	for len(c.waiting) > 0 { // each would meet the same; the next one of a schedule tries again
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

// classOf names an error of the system.
func classOf(errno unix.Errno) string {
	switch errno {
	case unix.ECONNREFUSED:
		return Refused
	case unix.ECONNRESET, unix.EPIPE:
		return Reset
	case unix.EADDRNOTAVAIL, unix.EADDRINUSE, unix.EAGAIN:
		return NoPort
	case unix.EMFILE, unix.ENFILE:
		return NoFile
	case unix.ETIMEDOUT:
		return Timeout
	}
	return Other
}

// unwelcome says what is wrong with the answer to a greeting, of which got bytes have come; "" for nothing.
func unwelcome(a answer, got int) string {
	switch {
	case a.status != 200:
		return "status " + strconv.Itoa(a.status) + " to the first request"
	case string(a.body) != greetingAnswer:
		return WrongBody + " to the first request"
	case a.close:
		return "Connection: close in answer to the first request"
	case got > a.size:
		return "bytes behind the answer to the first request"
	}
	return ""
}

// welcomed ends the greeting of a connection.
func (s *shard) welcomed(i int32, a answer, got int, now time.Duration) {
	c := &s.conns[i]
	if class := unwelcome(a, got); class != "" {
		s.end(i, class, false)
		return
	}
	if len(c.partial) == 0 { // else its first byte came before, see consume
		s.rec.firstByte(now - c.began)
	}
	c.state, c.partial = idle, c.partial[:0]
	s.greeted++
}
