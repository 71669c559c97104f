package conform

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/assay-bench/assay/harness/model"
)

// farTooLarge is a body of which a server need not read the rest, bytes.
const farTooLarge = 4 << 20

// checkBody sends orders around the limit of their size, and far above it.
func checkBody(ctx context.Context, c *client) []Difference {
	tests := []struct {
		size    int
		chunked bool
		plain   bool // text/plain: the content type is checked before the size
		mayEnd  bool // the connection may be closed before the answer arrives
	}{
		{size: 200, chunked: true},
		{size: model.MaxOrderBytes},
		{size: model.MaxOrderBytes, chunked: true},
		{size: model.MaxOrderBytes + 1},
		{size: model.MaxOrderBytes + 1, chunked: true},
		{size: model.MaxOrderBytes + 1, plain: true},
		{size: farTooLarge, mayEnd: true},
		{size: farTooLarge, mayEnd: true, chunked: true},
	}
	var differences []Difference
	for _, tt := range tests {
		if c.stopped(ctx) {
			return differences
		}
		req := order(sizedOrder(tt.size))
		req.chunked = tt.chunked
		req.note = fmt.Sprintf("body of %d bytes, chunked: %t", tt.size, tt.chunked)
		if tt.plain {
			req.headers = map[string]string{"Content-Type": "text/plain"}
		}
		c.hangUp() // so that an end of the connection is not taken for one of the exchange before
		got, err := c.do(ctx, req)
		switch {
		case err == nil:
			differences = append(differences, compare(req, expect(req), got)...)
		case !tt.mayEnd || !errors.Is(err, errClosedUnanswered):
			differences = append(differences, c.failed(req, err))
		}
		differences = append(differences, c.lives(ctx, req.note)...)
	}
	return differences
}

// sizedOrder makes a good order of so many bytes; white space fills it up.
func sizedOrder(size int) string {
	const good = `{"customer":"c-17","items":[{"id":3,"quantity":2}]`
	return good + strings.Repeat(" ", size-len(good)-1) + "}"
}
