package conform

import (
	"context"
	"fmt"
	"strings"
)

// How many orders, of how many bytes, leave garbage until a collection must have come: 64 MiB
// of bodies alone, where the collectors of Go and of others begin at a few. The counter is
// read every so many orders, so that a right server is soon done.
const (
	garbageOrders     = 2048
	garbageOrderBytes = 32 << 10
	garbageStep       = 32
)

// checkCollector makes a server that says it has a garbage collector use it, and sees that
// gc_count tells.
func checkCollector(ctx context.Context, c *client) []Difference {
	before, _, err := c.stats(ctx)
	if err != nil || before.GCCount == nil {
		return nil // no collector; or an answer on which the check of its form has the say
	}
	req := garbageOrder()
	for sent := 1; sent <= garbageOrders && !c.stopped(ctx); sent++ {
		if _, err := c.do(ctx, req); err != nil { // what it says is for other checks
			return []Difference{c.failed(req, err)}
		}
		if sent%garbageStep != 0 {
			continue
		}
		after, _, err := c.stats(ctx)
		if err != nil {
			return []Difference{c.failed(get("/stats"), err)}
		}
		if after.GCCount == nil || *after.GCCount < *before.GCCount {
			return []Difference{collectorDifference(before, after, sent)}
		}
		if *after.GCCount > *before.GCCount {
			return nil
		}
		if sent == garbageOrders {
			return []Difference{collectorDifference(before, after, sent)}
		}
	}
	return nil
}

func collectorDifference(before, after serverStats, sent int) Difference {
	got := "null"
	if after.GCCount != nil {
		got = fmt.Sprint(*after.GCCount)
	}
	return Difference{
		Request: get("/stats").String(), What: fmt.Sprintf("gc_count after %d orders of %d bytes", sent, garbageOrderBytes),
		Want: fmt.Sprintf("more than %d, as before them", *before.GCCount), Got: got,
	}
}

// garbageOrder has as many items as an order may, and white space up to its size.
func garbageOrder() request {
	items := strings.TrimSuffix(strings.Repeat(`{"id":3,"quantity":2},`, 50), ",")
	start := `{"customer":"c-17","items":[` + items + "]"
	req := order(start + strings.Repeat(" ", garbageOrderBytes-len(start)-1) + "}")
	req.note = "for the garbage it leaves"
	return req
}
