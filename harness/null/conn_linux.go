package null

import (
	"net/http"

	"golang.org/x/sys/unix"

	"github.com/assay-bench/assay/harness/epoll"
)

// A conn is one connection. It belongs to one loop.
type conn struct {
	fd         int32 // -1 when closed
	generation int32
	doomed     bool   // to be closed by the server
	answers    int    // to /null
	waiting    int    // answers that wait for their time
	deaf       bool   // no further request is read
	closing    bool   // ends when everything is written
	partial    []byte // the beginning of a request that has not come whole
	unsent     []byte // what the socket did not take
}

// receive reads what has come and answers it. With edge-triggered events a read that does not fill the buffer has
// emptied the socket; the end of the stream, though, comes without an event of its own when it came with the data, so
// ended asks for reading on until it is seen.
func (l *loop) receive(c *conn, ended bool) {
	for c.fd >= 0 && len(c.unsent) == 0 { // a client that does not read is not read from either
		n, errno := epoll.Read(c.fd, l.in)
		switch {
		case errno == unix.EINTR:
			continue
		case errno == unix.EAGAIN:
			return
		case errno != 0:
			l.end(c)
			return
		case n == 0:
			c.deaf = true
			c.closing = c.waiting == 0
			l.finish(c)
			return
		}
		l.consume(c, l.in[:n])
		if n < len(l.in) && !ended {
			return
		}
	}
}

// consume answers every request that has come whole, with one write, and keeps the rest.
func (l *loop) consume(c *conn, data []byte) {
	if len(c.partial) > 0 {
		c.partial = append(c.partial, data...)
		data = c.partial
	}
	l.out = l.out[:0]
	for len(data) > 0 && !c.deaf {
		r, size := parse(data)
		if size == 0 {
			break
		}
		data = data[size:]
		c.deaf = r.last
		l.take(c, r)
	}
	if c.deaf {
		data = nil
	}
	c.partial = append(c.partial[:0], data...)
	l.send(c)
}

// take answers a request now or when it is due.
func (l *loop) take(c *conn, r request) {
	f := l.faults
	if !f.slow {
		l.answer(c, r)
		return
	}
	now := l.clock()
	if r.kind == null {
		f.asked(now)
	}
	if due := f.due(now); due > now || c.waiting > 0 {
		l.later.push(delayed{due: due, conn: c, request: r})
		c.waiting++
		return
	}
	l.answer(c, r)
}

// answer appends the answer to what is to be sent.
func (l *loop) answer(c *conn, r request) {
	if c.closing {
		return
	}
	c.closing = r.last
	switch r.kind {
	case stats:
		p := newPage(http.StatusOK, jsonType, statsBody(l.open.Load(), len(l.loops)), r.last)
		l.pages.putDate(p)
		l.out = append(l.out, p.bytes...)
		return
	case null:
		c.answers++
		c.closing = c.closing || c.doomed && c.answers == CloseAfter
		r.kind = l.faults.next()
	}
	l.out = append(l.out, l.pages.of(r)...)
}

// send writes what was put together. What the socket does not take waits for the event that says it has room.
func (l *loop) send(c *conn) {
	if len(c.unsent) > 0 {
		c.unsent = append(c.unsent, l.out...)
		return
	}
	if len(l.out) > 0 && !l.write(c, l.out) {
		return
	}
	l.finish(c)
}

// flush writes what waited, and reads on.
func (l *loop) flush(c *conn) {
	rest := append(l.out[:0], c.unsent...)
	c.unsent = c.unsent[:0]
	if l.write(c, rest) {
		l.finish(c)
		l.receive(c, true)
	}
}

// write reports whether the connection is still there.
func (l *loop) write(c *conn, b []byte) bool {
	for {
		n, errno := epoll.Write(c.fd, b)
		switch {
		case errno == unix.EINTR:
			continue
		case errno == unix.EAGAIN:
			n = 0
		case errno != 0:
			l.end(c)
			return false
		}
		if n < len(b) {
			c.unsent = append(c.unsent[:0], b[n:]...)
		}
		return true
	}
}

// finish ends a connection that has nothing more to say.
func (l *loop) finish(c *conn) {
	if c.deaf && c.waiting == 0 {
		c.closing = true
	}
	if c.closing && len(c.unsent) == 0 {
		l.end(c)
	}
}

// end closes a connection. Its answers that wait go with it.
func (l *loop) end(c *conn) {
	if c.fd < 0 {
		return
	}
	l.table[c.fd].Store(nil) // before the number can be given to another
	_ = unix.Close(int(c.fd))
	c.fd = -1
	l.open.Add(-1)
}
