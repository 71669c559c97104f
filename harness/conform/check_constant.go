package conform

import (
	"bytes"
	"context"
	"fmt"
	"strconv"
)

// checkConstant asks for items that a constant answer, a cache with too short a key or an
// integer of too few bits would mix up: ids with the same low bits, neighbours, and
// the first one again.
func checkConstant(ctx context.Context, c *client) []Difference {
	id := c.random(2).Uint64N(1 << 16)
	ids := []uint64{id, id + 1, id + 1<<16, id + 1<<31, id + 1<<32, id + 1<<48, id*10 + 1, id}
	var before []byte
	var differences []Difference
	for i, id := range ids {
		if c.stopped(ctx) {
			break
		}
		req := item(id)
		got, err := c.do(ctx, req)
		switch {
		case err != nil:
			differences = append(differences, c.failed(req, err))
		case i > 0 && len(got.body) > 0 && bytes.Equal(got.body, before):
			differences = append(differences, Difference{
				Request: req.String(),
				What:    "body",
				Want:    "item " + strconv.FormatUint(id, 10),
				Got:     fmt.Sprintf("the same %d bytes as for id=%d", len(before), ids[i-1]),
			})
		default:
			differences = append(differences, compare(req, expect(req), got)...)
		}
		before = got.body
	}
	return differences
}
