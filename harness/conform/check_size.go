package conform

import "context"

// measure returns the bytes of the head and the body of one answer. What is wrong with the
// answer is for the checks to say.
func measure(ctx context.Context, c *client) (head, body int) {
	got, err := c.do(ctx, item(7))
	if err != nil {
		return 0, 0
	}
	return got.headBytes, len(got.body)
}
