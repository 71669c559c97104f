package conform

import (
	"context"
	"fmt"
	"time"
)

// DrainCheck and ResidentCheck are the kinds of the attended checks.
const (
	DrainCheck    = "drain"
	ResidentCheck = "resident"
)

// A request of so long a wait is sent every so often until a connection is refused. So
// one is open when SIGTERM arrives, however long its way is (an engine's, say), and nobody
// waits longer than one of them.
const (
	drainEvery      = 100 * time.Millisecond
	drainHoldMillis = 1000
)

// A drainHold is an open request.
type drainHold struct {
	*conn
	sent time.Time
}

// checkDrain keeps requests open and one connection idle while the target is told to end.
// From then on no connection may be accepted, and what is open must be answered in full.
// How the process ends is for the other side to see.
func checkDrain(ctx context.Context, c *client, tell func(Event)) []Difference {
	req := hold(drainHoldMillis)
	req.note = "open when the server is told to end"
	open, refused := keepOpen(ctx, c, req, tell)
	defer func() {
		for _, h := range open {
			h.close()
		}
	}()
	if refused.IsZero() {
		return []Difference{{
			Request: "SIGTERM", What: "new connections", Want: "refused",
			Got: fmt.Sprintf("accepted %v after it was asked for", c.limits.drain),
		}}
	}
	tell(Event{What: Refused})
	differences := awaitOpen(c, req, open, refused)
	awaitIdle(c)
	return differences
}

// keepOpen opens connections with a request each until one is refused, and says when that
// was; the zero time if it never came. The idle connection of the client stays as it is.
func keepOpen(ctx context.Context, c *client, req request, tell func(Event)) (open []drainHold, refused time.Time) {
	for deadline := time.Now().Add(c.limits.drain); time.Now().Before(deadline) && ctx.Err() == nil; {
		nc, err := c.dial(ctx)
		if err != nil {
			return open, time.Now()
		}
		open = append(open, drainHold{nc, time.Now()})
		nc.SetDeadline(time.Now().Add(c.limits.exchange + req.wait))
		// A write that fails, or an answer that never comes, is for awaitOpen to judge.
		_, _ = nc.Write(req.wire(c.address))
		pause(ctx, drainEvery)
		if len(open) == 1 {
			tell(Event{What: Holding})
		}
	}
	return open, time.Time{}
}

// awaitOpen reads the answers to the requests that were open before the refusal. The last
// ones may have been on their way when the listener closed: a connection that the kernel
// took and the server did not is nobody's fault.
func awaitOpen(c *client, req request, open []drainHold, refused time.Time) []Difference {
	var differences []Difference
	for i, h := range open {
		if i > 0 && refused.Sub(h.sent) < 2*drainEvery {
			break
		}
		h.SetDeadline(time.Now().Add(c.limits.exchange + req.wait))
		got, err := c.receive(h.conn, req)
		if err != nil {
			c.checked++
			differences = append(differences, Difference{
				Request: req.String(), What: "connection", Want: "the whole answer, before the server ends", Got: err.Error(),
			})
			continue
		}
		differences = append(differences, compare(req, expect(req), got)...)
	}
	return differences
}

// awaitIdle keeps the idle connection until the server closes it, as it must: a server
// that waits for its clients to leave would otherwise seem to end by itself.
func awaitIdle(c *client) {
	if c.idle == nil {
		return
	}
	c.idle.SetDeadline(time.Now().Add(c.limits.drain))
	_, _ = c.idle.reader.Peek(1)
}
