package conform

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"time"
)

// Sizes of a header block, bytes, request line and empty line included.
const (
	acceptedHead = 8 << 10
	refusedHead  = 64 << 10
	endlessHead  = 1 << 20 // of a head that does not end
)

// checkHeader sends large heads: in one field, and in many.
func checkHeader(ctx context.Context, c *client) []Difference {
	var differences []Difference
	for _, fields := range []int{1, 32} {
		if c.stopped(ctx) {
			return differences
		}
		req := get("/healthz")
		req.headers = padding(len(req.head(c.address)), acceptedHead, fields)
		req.note = fmt.Sprintf("head of %d bytes in %d large fields", len(req.head(c.address)), fields)
		differences = append(differences, c.ask(ctx, req, expect(req))...)

		req.headers = nil
		req.headers = padding(len(req.head(c.address)), refusedHead, fields)
		name := fmt.Sprintf("GET /healthz with a head of %d bytes in %d large fields", refusedHead, fields)
		differences = append(differences, sendHead(ctx, c, name, req.head(c.address))...)
	}
	endless := bytes.TrimSuffix(get("/healthz").head(c.address), []byte("\r\n"))
	endless = append(endless, "X-Endless: "+strings.Repeat("a", endlessHead)...)
	name := fmt.Sprintf("GET /healthz with a head of %d bytes and no end", len(endless))
	differences = append(differences, sendHead(ctx, c, name, endless)...)
	return append(differences, c.lives(ctx, "large heads")...)
}

// padding returns fields that bring a head of so many bytes to the size wanted.
func padding(head, want, count int) map[string]string {
	fields := map[string]string{}
	missing := want - head
	for i := range count {
		name := fmt.Sprintf("X-Pad-%02d", i)
		share := missing / (count - i)
		missing -= share
		fields[name] = strings.Repeat("a", share-len(name)-len(": \r\n"))
	}
	return fields
}

// sendHead sends a head that must be refused.
func sendHead(ctx context.Context, c *client, name string, head []byte) []Difference {
	if c.stopped(ctx) {
		return nil
	}
	nc, err := c.dial(ctx)
	if err != nil {
		return []Difference{c.failed(request{method: "GET", target: "/healthz", note: name}, err)}
	}
	defer nc.close()
	nc.SetDeadline(time.Now().Add(c.limits.exchange))
	sent := make(chan struct{})
	go func() {
		defer close(sent)
		nc.Write(head) // fails when the server closes early, as it may
	}()
	differences := c.refused(nc, name, 431, false)
	nc.SetDeadline(time.Now())
	<-sent
	return differences
}
