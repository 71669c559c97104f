package conform

import (
	"context"
	"fmt"
	"time"
)

// abortedEach is how many clients leave at the same point of a request.
const abortedEach = 4

// checkAbort plays clients that leave in the middle of a request or before the answer, with
// a close and with a reset, and one that is slow. The server must go on.
func checkAbort(ctx context.Context, c *client) []Difference {
	whole := order(`{"customer":"c-17","items":[{"id":3,"quantity":2}]}`)
	wire, head := whole.wire(c.address), len(whole.head(c.address))
	parts := []struct {
		name string
		sent []byte
	}{
		{"a connection without a request", nil},
		{"a cut request line", wire[:6]},
		{"a cut head", wire[:head-2]},
		{"a head without its body", wire[:head]},
		{"a cut body", wire[:len(wire)-5]},
		{"a request without waiting for the answer", wire},
		{"a hold without waiting for the answer", hold(200).wire(c.address)},
		{"a hash without waiting for the answer", get("/hash?rounds=20000").wire(c.address)},
	}
	var differences []Difference
	for _, part := range parts {
		for i := range abortedEach {
			if c.stopped(ctx) {
				return differences
			}
			nc, err := c.dial(ctx)
			if err != nil {
				return append(differences, c.failed(request{method: "POST", target: "/orders", note: part.name}, err))
			}
			nc.SetDeadline(time.Now().Add(c.limits.exchange))
			nc.Write(part.sent) // the server may have closed: it is its right here
			pause(ctx, time.Millisecond)
			if i%2 == 1 {
				nc.SetLinger(0)
			}
			nc.close()
		}
		differences = append(differences, c.lives(ctx, part.name)...)
	}
	return append(differences, dawdle(ctx, c, whole)...)
}

// dawdle sends the head of a request in two parts and then the body, with other requests
// in between: a slow client keeps nobody waiting and is answered in the end.
func dawdle(ctx context.Context, c *client, req request) []Difference {
	if c.stopped(ctx) {
		return nil
	}
	req.note = "a slow client"
	nc, err := c.dial(ctx)
	if err != nil {
		return []Difference{c.failed(req, err)}
	}
	defer nc.close()
	wire, head := req.wire(c.address), len(req.head(c.address))
	from := 0
	for i, to := range []int{head / 2, head, len(wire)} {
		nc.SetDeadline(time.Now().Add(c.limits.exchange))
		if _, err := nc.Write(wire[from:to]); err != nil {
			return []Difference{c.failed(req, readError(err, false))}
		}
		from = to
		if to == len(wire) {
			break
		}
		pause(ctx, 50*time.Millisecond)
		if differences := c.lives(ctx, fmt.Sprintf("part %d of a slow request", i+1)); differences != nil {
			return differences
		}
	}
	got, err := c.receive(nc, req)
	if err != nil {
		return []Difference{c.failed(req, err)}
	}
	return compare(req, expect(req), got)
}
