package conns

import (
	"bytes"
	"errors"
	"strconv"

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
			s.broken(i, errno, true)
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
	var w walk
	if len(c.partial) > 0 {
		w = s.walks[i]
	}
	a, ok, err := s.heads.parseFrom(&w, data, eof)
	if !ok {
		s.walks[i] = w
	}
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
	s.timeouts.remove(i)
	s.rec.ended(c.now.intended, c.written, now)
	if class == "" {
		s.rec.done(c.now.intended, c.written, now, a.head, a.size)
		s.answers.Add(1)
	} else {
		s.rec.failed(c.now.intended, class)
	}
	c.state = idle
	c.forget()
	// The server ends it, or has sent what nobody asked for, or answered what it cannot have read to the end.
	if a.close || got > a.size || len(c.unsent) > 0 {
		s.end(i, EOF, true)
		return
	}
	s.proceed(i, now)
}

// check compares an answer with what the contract demands, byte for byte.
func (s *shard) check(a answer, id uint64) (class string) {
	if a.status != s.request.status {
		return "status " + strconv.Itoa(a.status)
	}
	if s.want = s.request.want(s.want[:0], id); !bytes.Equal(a.body, s.want) {
		return WrongBody
	}
	return ""
}
