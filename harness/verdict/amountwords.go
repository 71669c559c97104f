package verdict

import (
	"fmt"
	"math"

	"github.com/assay-bench/assay/harness/digits"
	"github.com/assay-bench/assay/harness/stats"
)

// amountRule states the rule of a range of one target with its numbers.
func (c *court) amountRule(k comparison) string {
	return fmt.Sprintf("%s, %s: supported when the %s t interval of %s's %s over the blocks lies wholly inside %s; refuted when the %s interval lies wholly outside; "+
		"else inconclusive; needs at least %d complete blocks, %s, %sand a signed-rank interval that agrees",
		k.measure.metric.Label, k.measure.where(), percent(c.inside), k.reading.Target, k.measure.metric.Label, k.claimedAmount(),
		percent(c.confidence), c.minBlocks(), c.controlClause(), c.loadClause(k.measure))
}

// claimedAmount is the range that is claimed, with its unit.
func (k comparison) claimedAmount() string {
	return fmt.Sprintf("%s to %s %s", stated(k.reading.From), stated(k.reading.To), k.measure.metric.Unit)
}

// amountReason is the line with the numbers that decide, and what they show.
func (c *court) amountReason(k comparison, p stats.Position) string {
	in := k.d // an interval that shows that a number lies inside is shown where it decides
	if p == stats.Inside {
		in = k.tie
	}
	of := fmt.Sprintf("%s %s (%s, %s)", k.reading.Target, typical(k.pairs, func(p pair) point { return p.a }, k.measure.metric.Unit), k.measure.metric.Label, k.measure.where())
	if k.noSpread { // an interval over what does not vary has no width, and says nothing
		return fmt.Sprintf("%s, the same in each of %s: %s", of, plural(len(k.pairs), "block"), k.amountWords(p))
	}
	return fmt.Sprintf("%s: %s interval %s; %s; %s", of, percent(in.Confidence), k.amountSpan(in), k.amountWords(p), plural(len(k.pairs), "block"))
}

func (k comparison) amountWords(p stats.Position) string {
	if p == stats.Overlaps {
		return "neither inside " + k.claimedAmount() + " nor outside"
	}
	return p.String() + " " + k.claimedAmount()
}

// amountSpan writes an interval of logarithms as numbers with their unit.
func (k comparison) amountSpan(in stats.Interval) string {
	low, high, unit := shown(math.Exp(in.Low)), shown(math.Exp(in.High)), k.measure.metric.Unit
	write := func(v float64) string { return quantity(v, unit) }
	from, to := digits.Sided(low, write, k.reading.From, k.reading.To), digits.Sided(high, write, k.reading.From, k.reading.To)
	if from != to && from == write(low) && to == write(high) {
		return span(low, high, unit) // the unit once
	}
	return digits.Ends(from, "-", to, low == high)
}

func amountWouldChange(k comparison, p stats.Position) string {
	switch p {
	case stats.Inside:
		return fmt.Sprintf("a %s interval that leaves %s", percent(k.tie.Confidence), k.claimedAmount())
	case stats.Overlaps:
		return "a narrower interval, from more blocks or a quieter host"
	}
	return fmt.Sprintf("a %s interval that reaches %s, or another load, price list or assumption", percent(k.d.Confidence), k.claimedAmount())
}
