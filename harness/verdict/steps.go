package verdict

import (
	"fmt"
	"math"

	"github.com/assay-bench/assay/harness/stats"
)

// Latencies are recorded in whole microseconds, to the nearest one, and a shorter one as 1 us. From 2,048 us on a histogram of three
// digits has wider steps, and gives the highest value of one. That is what load/histogram does, which a package that judges may not
// import; a test holds these numbers to it.
const (
	stepMicros = 1.0
	evenBits   = 11 // 1 << 11 is where steps begin to widen; each has so many binary digits, and the width of its last one
)

// inSteps tells whether a metric is a latency that is read from a histogram.
func inSteps(metric string) bool { return metric == "p50_ms" || metric == p99 || metric == "p999_ms" }

// unrounded is what a latency in milliseconds may have been before it was recorded.
func unrounded(ms float64) (least, most float64) {
	micros, width := 1000*ms, stepMicros
	if micros >= 1<<evenBits {
		_, digits := math.Frexp(micros)
		width = math.Ldexp(stepMicros, digits-evenBits)
	}
	most = micros + stepMicros/2
	if least = most - width; micros <= stepMicros {
		least = 0
	}
	return least / 1000, most / 1000
}

// latencyPoint is a recorded latency. ok is false where nothing bounds a ratio to it: of one at the shortest that is recorded,
// and of a number that no histogram gives.
func latencyPoint(ms float64, trial string) (pt point, ok bool) {
	pt = exactPoint(ms, trial)
	pt.least, pt.most = unrounded(ms)
	return pt, pt.least > 0 && finite(pt.most)
}

// overBlocks is the t interval of ln(a/b) over the blocks, of latencies with its ends as far out as their steps allow. steps is what these
// add to half its width.
func overBlocks(pairs []pair, metric string, level float64) (in stats.Interval, steps float64, err error) {
	d, err := logRatios(pairs)
	if err != nil {
		return in, 0, err
	}
	in, err = stats.TInterval(d, level)
	if err != nil || !inSteps(metric) {
		return in, 0, err
	}
	plain := in.High - in.Low
	err = widen(pairs, []step{{&in, stats.TInterval, level}})
	return in, (in.High - in.Low - plain) / 2, err
}

// reach is by how much, as a logarithm, the steps of latencies may move the mean of ln(a/b) down and up: none for other numbers.
func reach(pairs []pair) (down, up float64) {
	for _, p := range pairs {
		d := math.Log(p.a.calc / p.b.calc)
		down += (d - math.Log(p.a.least/p.b.most)) / float64(len(pairs))
		up += (math.Log(p.a.most/p.b.least) - d) / float64(len(pairs))
	}
	return down, up
}

// stepsShare is the share of the margin from which on a note tells how far the steps reach.
const stepsShare = 0.1

// stepsNote says how far the steps of latencies move the ends of the intervals, where that is not little beside the margin.
func (c *court) stepsNote(k comparison) (Note, bool) {
	if k.err != nil || !inSteps(k.measure.metric.ID) {
		return Note{}, false
	}
	most := max(reach(k.pairs))
	if !(most >= stepsShare*c.delta) {
		return Note{}, false
	}
	return Note{noteSteps, fmt.Sprintf("latencies are recorded in steps of %g us; the ends of the intervals lie as far out as that allows, here by up to %s %%",
		stepMicros, number(100*math.Expm1(most)))}, true
}

// narrower is what would let an interval decide that decides nothing.
func (k comparison) narrower() string {
	if k.err == nil && inSteps(k.measure.metric.ID) {
		if down, up := reach(k.pairs); down+up > (k.d.High-k.d.Low)/2 {
			return "latencies that are longer, or recorded in finer steps: most of the interval's width is that of the steps"
		}
	}
	return "a narrower interval, from more blocks or a quieter host"
}
