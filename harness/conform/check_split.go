package conform

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"time"
)

// splitRequests is how many requests are sent in pieces.
const splitRequests = 24

// maxPieceDelay is the longest time between two pieces, long enough for most of them to be
// read on their own; byteDelay is the time between single bytes, of which the first ones
// have it.
const (
	maxPieceDelay = 4 * time.Millisecond
	byteDelay     = 200 * time.Microsecond
	delayedBytes  = 32
)

// checkSplitWrite sends requests in several pieces: a server may not count on getting a
// head, or a head and its body, with one read.
func checkSplitWrite(ctx context.Context, c *client) []Difference {
	random := c.random(5)
	var differences []Difference
	for i := range splitRequests {
		if c.stopped(ctx) {
			break
		}
		req := splitRequest(random, i)
		wire := req.wire(c.address)
		cuts := cutsOf(random, i, len(req.head(c.address)), len(wire))
		req.note += fmt.Sprintf("in %d pieces, cut at %s", len(cuts)+1, quoted(fmt.Append(nil, cuts), 0, shownBody))
		differences = append(differences, sendSplit(ctx, c, random, req, wire, cuts)...)
	}
	return differences
}

// splitRequest makes the i-th request: with a body, with a body in chunks, without.
func splitRequest(random *rand.Rand, i int) request {
	switch i % 3 {
	case 0:
		return order(fill(random, `{"customer":"$u64","items":[$o]}`))
	case 1:
		return get(fmt.Sprintf("/hash?rounds=%d", 1+random.IntN(100)))
	}
	req := order(fill(random, `{"customer":$c,"items":[$o]}`))
	req.chunked, req.note = true, "chunked, "
	return req
}

// cutsOf returns where a request is cut: first at the places where readers go wrong, then
// anywhere.
func cutsOf(random *rand.Rand, i, head, whole int) []int {
	switch i / 3 {
	case 0: // each byte alone
		cuts := make([]int, whole-1)
		for at := range cuts {
			cuts[at] = at + 1
		}
		return cuts
	case 1: // inside the empty line
		return []int{head - 3, head - 2, head - 1}
	case 2: // around the head's end and before the last byte
		return slices.Compact([]int{min(head, whole-1), whole - 1})
	}
	cuts := make([]int, 1+random.IntN(6))
	for at := range cuts {
		cuts[at] = 1 + random.IntN(whole-1)
	}
	slices.Sort(cuts)
	return slices.Compact(cuts)
}

// sendSplit sends the request in pieces on a connection of its own.
func sendSplit(ctx context.Context, c *client, random *rand.Rand, req request, wire []byte, cuts []int) []Difference {
	nc, err := c.dial(ctx)
	if err != nil {
		return []Difference{c.failed(req, err)}
	}
	defer nc.close()
	nc.SetDeadline(time.Now().Add(c.limits.exchange))
	from := 0
	for i, to := range append(slices.Clone(cuts), len(wire)) {
		if _, err := nc.Write(wire[from:to]); err != nil {
			break // why it broke is what reading says
		}
		from = to
		switch {
		case len(cuts) < delayedBytes:
			pause(ctx, byteDelay+time.Duration(random.Int64N(int64(maxPieceDelay))))
		case i < delayedBytes:
			pause(ctx, byteDelay)
		}
	}
	got, err := c.receive(nc, req)
	if err != nil {
		return []Difference{c.failed(req, err)}
	}
	return compare(req, expect(req), got)
}
