package verdict

import (
	"fmt"
	"math"

	"github.com/assay-bench/assay/harness/stats"
)

// widen moves the ends of intervals outward, to where the truth may lie between what can be recorded: the lower end is that of a
// at its least and b at its most, the upper end the other way round. Of a ladder these are a server's rung and right below its next
// one, so that rungs that are the same show no tie, and neighbouring ones no difference of more than the margin
// (docs/decisions/0025-between-the-rungs.md); of a latency the ends of the step that it was recorded in
// (docs/decisions/0026-between-the-microseconds.md). An end that a ladder cut off voids keeps what was recorded: the bound says so.
func widen(pairs []pair, levels []step) error {
	least, most := make([]float64, len(pairs)), make([]float64, len(pairs))
	for i, p := range pairs {
		least[i], most[i] = math.Log(p.a.least/p.b.most), math.Log(p.a.most/p.b.least)
	}
	for _, s := range levels {
		if allFinite(least) {
			in, err := s.method(least, s.level)
			if err != nil {
				return err
			}
			s.into.Low = min(s.into.Low, in.Low)
		}
		if allFinite(most) {
			in, err := s.method(most, s.level)
			if err != nil {
				return err
			}
			s.into.High = max(s.into.High, in.High)
		}
	}
	return nil
}

// A step is an interval of a comparison: where it goes, by which method and at which level it is taken.
type step struct {
	into   *stats.Interval
	method func([]float64, float64) (stats.Interval, error)
	level  float64
}

func allFinite(values []float64) bool {
	for _, v := range values {
		if !finite(v) {
			return false
		}
	}
	return true
}

// An agreement is what is known where every block gave both servers the same rungs. Nothing varied, so an interval is as
// wide as the rungs leave it at any confidence: it has none of its own. Like a threshold, the comparison is then known in
// so many of so many blocks. The zero value stands for every other comparison.
type agreement struct {
	blocks                  int
	reliability, confidence float64 // as a threshold's
}

func (c *court) agreement(k comparison) agreement {
	if k.err != nil || k.measure.metric.ID != sustainedMetric || !k.noSpread || k.bound == Unbound {
		return agreement{}
	}
	a := agreement{blocks: len(k.pairs)}
	a.reliability, a.confidence = c.reliability(a.blocks, a.blocks)
	return a
}

// sameRungs tells whether each side stands on one rung in all blocks.
func (k comparison) sameRungs() bool {
	for _, p := range k.pairs {
		if p.a.shown != k.pairs[0].a.shown || p.b.shown != k.pairs[0].b.shown {
			return false
		}
	}
	return len(k.pairs) > 0
}

// words are "in each of 8 blocks; reliability at least 68.8 % (95 % confidence)".
func (a agreement) words() string {
	return fmt.Sprintf("in each of %s; reliability at least %s (%s confidence)", plural(a.blocks, "block"), percent(a.reliability), percent(a.confidence))
}

// known writes an interval, span being its ends: with its confidence, or where every block gave the same rungs with the
// reliability in place of a confidence that it doesn't have.
func (k comparison) known(in stats.Interval, span string) string {
	if k.rungs.blocks > 0 {
		return fmt.Sprintf("by the rungs %s %s", span, k.rungs.words())
	}
	return fmt.Sprintf("%s interval %s", percent(in.Confidence), span)
}

// ratioKnown is known of a ratio. Of an interval that a ladder cut off only the end that holds is written by its rungs.
func (c *court) ratioKnown(k comparison, in stats.Interval) string {
	span := c.ratioSpan(in)
	switch {
	case k.rungs.blocks > 0 && k.bound == AtLeast:
		span = "at least " + number(math.Exp(in.Low))
	case k.rungs.blocks > 0 && k.bound == AtMost:
		span = "at most " + number(math.Exp(in.High))
	}
	return k.known(in, span)
}
