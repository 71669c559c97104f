package verdict

import (
	"math"

	"github.com/assay-bench/assay/harness/stats"
)

// reliability is the one-sided lower bound of "how often does a fresh instance sustain
// this", at the plan's confidence before the family correction. It counts blocks in which all did:
// trials of one block share their minute of the host, and may fail together. 0 of 0 gives 0.
func (c *court) reliability(met, blocks int) (bound, confidence float64) {
	b, err := stats.ClopperPearsonLower(met, blocks, c.limits.Confidence)
	if err != nil { // no blocks, or a plan without a confidence
		return 0, shown(c.limits.Confidence)
	}
	return shown(b), shown(c.limits.Confidence)
}

// latencyInterval is the paired design's interval for one arm: the geometric mean of the
// block values with the t interval of their logarithms. Trials of one block are averaged
// first, because they share their minute of the host. Its ends are as far out as the steps of latencies allow. nil with fewer than two
// blocks.
func (c *court) latencyInterval(values []BlockValue) *Interval {
	var logs []float64
	var recorded []pair
	for i := 0; i < len(values); {
		sum, n := 0.0, 0
		for block := values[i].Block; i < len(values) && values[i].Block == block; i++ {
			sum, n = sum+math.Log(values[i].Value), n+1
			pt, _ := latencyPoint(values[i].Value, "")
			recorded = append(recorded, pair{block, pt, exactPoint(1, "")})
		}
		logs = append(logs, sum/float64(n))
	}
	in, err := stats.TInterval(logs, c.limits.Confidence)
	if err != nil { // too few blocks, or a latency of 0 or less, which has no logarithm
		return nil
	}
	down, up := reach(recorded)
	in.Low, in.High = in.Low-down, in.High+up
	return ratioInterval(in)
}

// ratioInterval takes an interval of logarithms back to numbers.
func ratioInterval(in stats.Interval) *Interval {
	return &Interval{
		Center: shown(math.Exp(in.Center)), Low: shown(math.Exp(in.Low)), High: shown(math.Exp(in.High)),
		Confidence: shown(in.Confidence), Blocks: in.N,
	}
}

func finite(v float64) bool { return !math.IsNaN(v) && !math.IsInf(v, 0) }
