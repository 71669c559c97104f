package load

import (
	"errors"
	"net"
	"sync/atomic"
	"time"
)

// A trackedConn is one connection to the target that tells its pool how it ended.
//
// The transport repeats a GET by itself when a connection that was used before dies under it. That would turn a lost
// request into a slow one, so a death with an unanswered request is noted in the slot, and the dial that the repetition
// needs is refused once (pool.dial).
type trackedConn struct {
	net.Conn
	pool     *pool
	slot     int
	began    time.Time // of its dial
	dead     atomic.Bool
	waiting  atomic.Bool // a request was written and nothing of its answer has come
	answered atomic.Bool // it has answered before, so that the transport may repeat a request
}

// Read reads from the target. An error other than our own close means that the peer ended the connection.
func (c *trackedConn) Read(p []byte) (int, error) {
	n, err := c.Conn.Read(p)
	if n > 0 && c.waiting.Load() {
		c.waiting.Store(false)
		if !c.answered.Swap(true) {
			c.pool.slots[c.slot].firstByte.Store(int64(time.Since(c.began)))
		}
	}
	if err != nil {
		c.failed(err)
	}
	return n, err
}

// Write writes a request.
func (c *trackedConn) Write(p []byte) (int, error) {
	c.waiting.Store(true)
	n, err := c.Conn.Write(p)
	if err != nil {
		c.failed(err)
	}
	return n, err
}

// Close closes the connection from our side.
func (c *trackedConn) Close() error {
	if c.dead.CompareAndSwap(false, true) {
		c.pool.closedByUs(c.slot)
	}
	c.pool.forget(c)
	return c.Conn.Close()
}

// failed notes the first error of the connection as its end, by the peer.
func (c *trackedConn) failed(err error) {
	if errors.Is(err, net.ErrClosed) || !c.dead.CompareAndSwap(false, true) {
		return
	}
	lost := ""
	if c.waiting.Load() && c.answered.Load() {
		lost = classify(err)
	}
	c.pool.closedByPeer(c.slot, lost)
}
