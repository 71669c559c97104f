package conform

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
)

// A variant is one way to make a request, good or broken. Its status is what the variant was
// written for; the answer itself is the model's.
type variant struct {
	name   string
	status int
	make   func(*rand.Rand) request
}

// checkRandom makes count requests with the model's answers. It goes round all variants, so
// that count decides how many numbers each is tried with and not whether it is tried,
// unless there are fewer requests than variants.
func checkRandom(ctx context.Context, c *client, count int) []Difference {
	random := c.random(1)
	variants := allVariants()
	random.Shuffle(len(variants), func(i, j int) { variants[i], variants[j] = variants[j], variants[i] })

	var differences []Difference
	for i := range count {
		if c.stopped(ctx) {
			break
		}
		v := variants[i%len(variants)]
		req := v.make(random)
		req.note = fmt.Sprintf("random %d: %s", i, v.name)
		differences = append(differences, c.ask(ctx, req, expect(req))...)
	}
	return differences
}

func allVariants() []variant {
	return slices.Concat(numberVariants(), pathVariants(), orderVariants())
}
