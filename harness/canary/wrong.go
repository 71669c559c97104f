package canary

import (
	"context"
	"time"

	"github.com/assay-bench/assay/harness/load"
	"github.com/assay-bench/assay/harness/null"
	"github.com/assay-bench/assay/harness/scenario"
)

// wrongAnswers has the server change one byte of one answer in a thousand, and give one in five hundred the status of a
// failure with the right body. There is no warm-up, so that all of the load's answers are counted, and their number is a
// multiple of both: wherever the count stands when the load begins, just so many of them are wrong.
func wrongAnswers() Canary {
	spoil := null.Options{WrongEvery: 1000, StatusEvery: 500}
	return Canary{
		ID: "wrong answers", Injected: "1 answer in 1,000 has a wrong byte, 1 in 500 status 500", Fault: spoil,
		Means: "wrong answers pass for right ones, or right ones for wrong",
		observe: func(ctx context.Context, b Bench, fault null.Options) ([]Prediction, error) {
			res, err := b.drive(ctx, fault, workload{
				mode: scenario.Rate, connections: 64, perSecond: 5000, window: 3 * time.Second,
			})
			if err != nil {
				return nil, err
			}
			return append(spoiledCounts(spoil, res), exactly("requests", int64(15_000), res.Scheduled), ownWork(res, leastWorkUS)), nil
		},
	}
}

// leastWorkUS is what no load agent can stay below for one request, in microseconds of CPU time: a write and a read through TCP.
// At this rate ours takes some twenty times that, most of it falling asleep and waking.
const leastWorkUS = 3

// leastBusyWorkUS is the same at saturation, where nothing sleeps and packets come many at a time: two system calls and two trips
// through TCP.
const leastBusyWorkUS = 1

// ownWork predicts that the load agent's CPU time is not taken for idleness as a whole (TestAnAwakeAgentsWorkIsSeen holds more of it).
func ownWork(r load.Result, leastUS float64) Prediction {
	return atLeast("agent's CPU a request", leastUS, r.AgentCPUSeconds*1e6/float64(max(1, r.Sent)), "us")
}

// spoiledCounts predicts what becomes of the requests of a load whose first one is the server's first, or whose number is
// a multiple of both periods. The two faults never meet in one answer.
func spoiledCounts(spoil null.Options, r load.Result) []Prediction {
	wrong, failing := spoil.Wrong(1, r.Sent), spoil.Failing(1, r.Sent)
	return []Prediction{
		exactly("wrong bodies", wrong, r.Errors["wrong body"]),
		exactly("status 500", failing, r.Errors["status 500"]),
		exactly("failed", wrong+failing, r.Failed),
		exactly("right answers", r.Scheduled-wrong-failing, r.Done),
	}
}
