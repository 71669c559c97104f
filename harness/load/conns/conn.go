package conns

import "time"

// States of a connection.
const (
	dead       uint8 = iota // no socket
	connecting              // connect(2) is under way
	greeting                // the first exchange, before the barrier
	idle                    // open, nothing outstanding
	busy                    // open, a request outstanding
)

// A conn is one connection of a shard. It is 128 bytes beside its socket: there are tens of thousands of them.
type conn struct {
	fd         int32
	generation int32
	state      uint8
	served     int32 // how many at the beginning of waiting have been sent

	// The request outstanding, and those that wait in line for it. Times are since the start of the schedule.
	now     request
	written time.Duration
	waiting []request

	unsent  []byte // the rest of a request that the socket did not take
	partial []byte // the beginning of an answer that has not come whole

	began time.Duration // of connect(2)

	// Neighbours in the order of writing, for the timeouts; -1 for none.
	before, after int32
}

// A request is one that a connection was given.
type request struct {
	id       uint64
	intended time.Duration
}

func (c *conn) open() bool { return c.state >= greeting }

// keptPartial is how much memory a connection keeps for the next answer in pieces, in bytes.
const keptPartial = 4 << 10

// forget lets go of the beginning of an answer; the memory of a long one too, of which thousands of connections would have one.
func (c *conn) forget() {
	if cap(c.partial) > keptPartial {
		c.partial = nil
	}
	c.partial = c.partial[:0]
}

// inLine is how many requests wait.
func (c *conn) inLine() int { return len(c.waiting) - int(c.served) }

// next takes the request that waits longest; there must be one.
func (c *conn) next() request {
	r := c.waiting[c.served]
	c.served++
	if 2*int(c.served) >= len(c.waiting) { // so that a long line is not copied for each request in it
		c.waiting, c.served = c.waiting[:copy(c.waiting, c.waiting[c.served:])], 0
	}
	return r
}
