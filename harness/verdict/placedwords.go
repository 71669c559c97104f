package verdict

import (
	"fmt"
	"math"

	"github.com/assay-bench/assay/harness/claim"
	"github.com/assay-bench/assay/harness/stats"
)

// placedRule states the rule of a tie or a range with its numbers.
func (c *court) placedRule(k comparison) string {
	if !(c.margin > 1) {
		return "none: the ledger declares no margin above 1"
	}
	needs := fmt.Sprintf("needs at least %d complete blocks, %s, %sand a signed-rank interval that agrees%s",
		c.minBlocks(), c.controlClause(), c.loadClause(k.measure), c.waitingClause(k.measure))
	if k.reading.Shape == claim.Tie {
		return fmt.Sprintf("%s, %s: supported when the %s paired-t interval of %s / %s lies wholly inside %s-%s and the %s interval contains 1; refuted when that lies wholly outside; else inconclusive; %s",
			k.measure.metric.Label, k.measure.where(), percent(c.inside), k.reading.X, k.reading.Y, number(1/c.margin), number(c.margin), percent(c.confidence), needs)
	}
	return fmt.Sprintf("%s, %s: supported when the %s paired-t interval of how much %s %s is than %s lies wholly inside %s to %s %%; refuted when the %s interval lies wholly outside; else inconclusive; %s",
		k.measure.metric.Label, k.measure.where(), percent(c.inside), k.measure.betterWord(), k.reading.X, k.reading.Y,
		stated(k.reading.From), stated(k.reading.To), percent(c.confidence), needs)
}

// betterWord is the direction in which an advantage lies.
func (m measure) betterWord() string {
	if m.metric.LowerBetter {
		return "lower"
	}
	return "higher"
}

// byWords says by how many per cent of Y X is lower or higher: "lower by 3.31 %". Where that is no advantage, it says both, since
// the ends of the interval beside it are advantages.
func (m measure) byWords(advantage float64) string {
	if advantage >= 0 {
		return fmt.Sprintf("%s by %s %%", m.betterWord(), number(advantage))
	}
	worse := map[string]string{"lower": "higher", "higher": "lower"}[m.betterWord()]
	return fmt.Sprintf("%s by %s %%, an advantage of %s %%", worse, number(-advantage), number(advantage))
}

// placedReason is the line with the numbers that decide, and what they show.
func (c *court) placedReason(k comparison, p stats.Position) string {
	lower, unit := k.measure.metric.LowerBetter, k.measure.metric.Unit
	values := fmt.Sprintf("%s %s against %s %s (%s, %s)", k.reading.X, typical(k.pairs, func(p pair) point { return p.a }, unit),
		k.reading.Y, typical(k.pairs, func(p pair) point { return p.b }, unit), k.measure.metric.Label, k.measure.where())
	in := k.d // an interval that shows equality is shown where it decides
	if p == stats.Inside {
		in = k.tie
	}
	if k.reading.Shape == claim.Tie {
		return fmt.Sprintf("%s: ratio %s, %s; %s; %s", values, number(math.Exp(in.Center)), c.ratioKnown(k, in),
			c.tieWords(k, p), plural(len(k.pairs), "block"))
	}
	center, _, _ := advantages(in, lower)
	return fmt.Sprintf("%s: %s, %s; %s; %s", values, k.measure.byWords(percentOf(center, lower)),
		k.known(in, percents(in, lower, k.reading.From, k.reading.To)), k.rangeWords(p), plural(len(k.pairs), "block"))
}

func (c *court) tieWords(k comparison, p stats.Position) string {
	switch p {
	case stats.Inside:
		return fmt.Sprintf("inside the margin of %s", number(c.margin))
	case stats.Below:
		return fmt.Sprintf("%s is better by more than the margin of %s", k.reading.Y, number(c.margin))
	case stats.Above:
		return fmt.Sprintf("%s is better by more than the margin of %s", k.reading.X, number(c.margin))
	}
	if k.tie.Low > -c.delta && k.tie.High < c.delta {
		return k.openWords(fmt.Sprintf("inside the margin of %s, but not equal, so neither a tie nor more than one", number(c.margin)))
	}
	return k.openWords(fmt.Sprintf("neither inside the margin of %s nor outside it", number(c.margin)))
}

func (k comparison) rangeWords(p stats.Position) string {
	claimed := fmt.Sprintf("%s to %s %%", stated(k.reading.From), stated(k.reading.To))
	switch p {
	case stats.Inside:
		return "inside " + claimed
	case stats.Below:
		return "below " + claimed
	case stats.Above:
		return "above " + claimed
	}
	return k.openWords("neither inside " + claimed + " nor outside")
}

// openWords says why nothing is shown; a ladder that was cut off voids an end.
func (k comparison) openWords(otherwise string) string {
	switch k.bound {
	case AtLeast:
		return "only the lower end of the ratio holds, since the ladder was cut off"
	case AtMost:
		return "only the upper end of the ratio holds, since the ladder was cut off"
	}
	return otherwise
}

func (c *court) placedWouldChange(k comparison, p stats.Position) string {
	what := fmt.Sprintf("%s-%s", number(1/c.margin), number(c.margin))
	if k.reading.Shape == claim.Range {
		what = fmt.Sprintf("%s to %s %%", stated(k.reading.From), stated(k.reading.To))
	}
	switch {
	case p != stats.Overlaps && k.rungs.blocks > 0:
		return otherRungs
	case p == stats.Inside:
		return fmt.Sprintf("a %s interval that leaves %s", percent(k.tie.Confidence), what)
	case p != stats.Overlaps:
		return fmt.Sprintf("a %s interval that reaches %s", percent(k.d.Confidence), what)
	case k.bound != Exact:
		return "a host or a plan whose ladder goes on until both servers give up"
	case k.measure.metric.ID == sustainedMetric:
		return "a ladder with more rungs between what the two sustain"
	}
	return k.narrower()
}
