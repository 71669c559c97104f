package canary

import (
	"context"
	"time"

	"github.com/assay-bench/assay/harness/null"
	"github.com/assay-bench/assay/harness/scenario"
)

// wrongAnswers has the server change one byte of one answer in a thousand. There is no warm-up, so that all of the
// load's answers are counted, and their number is a multiple of a thousand: wherever the count stands when the load
// begins, just so many of them are wrong.
func wrongAnswers() Canary {
	const every = 1000
	return Canary{
		ID: "wrong answers", Injected: "1 answer in 1,000 has a wrong byte", Fault: null.Options{WrongEvery: every},
		Means: "wrong answers pass for right ones, or right ones for wrong",
		observe: func(ctx context.Context, b Bench, fault null.Options) ([]Prediction, error) {
			res, err := b.drive(ctx, fault, workload{
				mode: scenario.Rate, connections: 64, perSecond: 5000, window: 3 * time.Second,
			})
			if err != nil {
				return nil, err
			}
			wrong := null.Options{WrongEvery: every}.Wrong(1, res.Scheduled)
			return []Prediction{
				exactly("requests", int64(15_000), res.Scheduled),
				exactly("wrong bodies", wrong, res.Errors["wrong body"]),
				exactly("right answers", res.Scheduled-wrong, res.Done),
			}, nil
		},
	}
}
