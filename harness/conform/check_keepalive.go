package conform

import (
	"context"
	"fmt"
	"time"
)

// How many requests go over one connection, one after another and pipelined.
const (
	keptRequests      = 100
	pipelinedRequests = 16
)

// checkKeepAlive sees that a connection lasts, whatever it is asked, and that requests that
// are sent before the answers are in are answered in their order.
func checkKeepAlive(ctx context.Context, c *client) []Difference {
	nc, err := c.dial(ctx)
	if err != nil {
		return []Difference{c.failed(get("/item"), err)}
	}
	defer nc.close()
	random := c.random(4)
	for i := range keptRequests {
		req := item(random.Uint64N(1 << 53))
		if i%10 == 9 { // an error answer is no reason to close
			others := []request{get("/nope"), get("/item?id=x"), order(`{`), {method: "DELETE", target: "/item"}, get("/hold?ms=1")}
			req = others[i/10%len(others)]
		}
		req.note = fmt.Sprintf("%d of %d on one connection", i+1, keptRequests)
		got, err := c.exchange(nc, req)
		if err != nil {
			return []Difference{c.failed(req, err)}
		}
		if got.closes {
			return []Difference{{Request: req.String(), What: "connection", Want: "kept alive", Got: "closed by the server"}}
		}
	}
	return pipeline(c, nc)
}

// pipeline sends requests in one write and reads the answers.
func pipeline(c *client, nc *conn) []Difference {
	var wire []byte
	var requests []request
	for i := range pipelinedRequests {
		req := get(fmt.Sprintf("/hash?rounds=%d", i+1))
		switch i % 4 {
		case 1:
			req = hold(20 - i) // the later ones would overtake if they could
		case 3:
			req = order(fmt.Sprintf(`{"customer":"c-%d","items":[{"id":%d,"quantity":1}]}`, i, i))
		}
		req.note = fmt.Sprintf("%d of %d pipelined", i+1, pipelinedRequests)
		requests = append(requests, req)
		wire = append(wire, req.wire(c.address)...)
	}
	nc.SetDeadline(time.Now().Add(c.limits.exchange))
	if _, err := nc.Write(wire); err != nil {
		return []Difference{c.failed(requests[0], readError(err, false))}
	}
	var differences []Difference
	for _, req := range requests {
		got, err := c.receive(nc, req)
		if err != nil {
			return append(differences, c.failed(req, err))
		}
		differences = append(differences, compare(req, expect(req), got)...)
	}
	return differences
}
