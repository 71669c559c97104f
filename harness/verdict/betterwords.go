package verdict

import (
	"fmt"
	"math"

	"github.com/assay-bench/assay/harness/digits"
	"github.com/assay-bench/assay/harness/stats"
)

// ratioReason is the line with the numbers that decide, and what they show.
func (c *court) ratioReason(k comparison, f finding) string {
	unit := k.measure.metric.Unit
	found := fmt.Sprintf("ratio %s, %s%s; %s; %s", number(math.Exp(k.d.Center)), c.ratioKnown(k, k.d), k.differenceWords(),
		c.findingWords(k, f), plural(len(k.pairs), "block"))
	if k.fixed() {
		found = fmt.Sprintf("ratio %s, the same in each of %s; %s", number(math.Exp(k.d.Center)), plural(len(k.pairs), "block"), c.findingWords(k, f))
	}
	return fmt.Sprintf("%s %s against %s %s (%s, %s): %s",
		k.reading.X, typical(k.pairs, func(p pair) point { return p.a }, unit),
		k.reading.Y, typical(k.pairs, func(p pair) point { return p.b }, unit),
		k.measure.metric.Label, k.measure.where(), found)
}

// fixed tells whether both sides have a number that is not timed, the same in all blocks: then an interval says nothing.
func (k comparison) fixed() bool {
	if !k.measure.metric.Fixed {
		return false
	}
	for _, p := range k.pairs {
		if p.a.shown != k.pairs[0].a.shown || p.b.shown != k.pairs[0].b.shown || p.a.bound != Exact || p.b.bound != Exact {
			return false
		}
	}
	return len(k.pairs) > 0
}

// differenceWords give the difference beside the ratio, "" where the metric has none.
func (k comparison) differenceWords() string {
	if k.difference == nil {
		return ""
	}
	unit := k.measure.metric.Unit
	return fmt.Sprintf(", arithmetic mean difference %s %s (%s)", number(k.difference.Center), unit, digits.Interval(k.difference.Low, k.difference.High, " to ", number))
}

func (c *court) findingWords(k comparison, f finding) string {
	switch f {
	case beats:
		return fmt.Sprintf("%s is better by more than the margin of %s", k.reading.X, number(c.margin))
	case worse:
		return fmt.Sprintf("%s is the better one", k.reading.Y)
	case tied:
		return fmt.Sprintf("a tie: the %s lies inside the margin of %s", c.ratioKnown(k, k.tie), number(c.margin))
	case slight:
		return fmt.Sprintf("%s is better, but by less than the margin of %s", k.reading.X, number(c.margin))
	}
	switch k.bound {
	case AtLeast:
		return "only the lower end holds, since the ladder was cut off"
	case AtMost:
		return "only the upper end holds, since the ladder was cut off"
	}
	return fmt.Sprintf("neither a difference beyond the margin of %s nor a tie", number(c.margin))
}

// otherRungs is what would change a verdict that rests on rungs which are the same in every block.
const otherRungs = "blocks in which the two sustain other rungs"

func (c *court) wouldChange(k comparison, f finding) string {
	if k.rungs.blocks > 0 && f != open {
		return otherRungs
	}
	if k.noSpread && k.fixed() && f != open {
		return "another version of one of the two, or other rules of counting"
	}
	switch f {
	case beats:
		return fmt.Sprintf("an interval that reaches an advantage of %s or less", number(c.margin))
	case worse:
		return "an interval that reaches a ratio of 1"
	case tied:
		return fmt.Sprintf("a %s interval that leaves %s-%s", percent(k.tie.Confidence), number(1/c.margin), number(c.margin))
	case slight:
		return fmt.Sprintf("a difference of more than %s; the margin was declared before the run", number(c.margin))
	}
	switch {
	case k.bound != Exact:
		return "a host or a plan whose ladder goes on until both servers give up"
	case k.measure.metric.ID == sustainedMetric:
		return "a ladder with more rungs between what the two sustain"
	}
	return k.narrower() + ", or a larger difference"
}

// undecidedByControl gives the measured ratio, or amount, and why no verdict rests on it.
func (c *court) undecidedByControl(k comparison) string {
	center, known := "ratio "+number(math.Exp(k.d.Center)), c.ratioKnown(k, k.d)
	if k.reading.OneTarget() {
		center, known = quantity(math.Exp(k.d.Center), k.measure.metric.Unit), k.known(k.d, k.amountSpan(k.d))
	}
	return fmt.Sprintf("%s, %s (%s, %s), undecided by its A/A control: %s", center,
		known, k.measure.metric.Label, k.measure.where(), k.control.Why)
}

// cutOffReason says why neither end of the interval holds.
func (c *court) cutOffReason(k comparison) string {
	top := k.measure.ladder.top()
	bothTop, bothNone := true, true
	for _, p := range k.pairs {
		bothTop = bothTop && p.a.bound == AtLeast && p.b.bound == AtLeast
		bothNone = bothNone && p.a.bound == AtMost && p.b.bound == AtMost
	}
	switch {
	case bothTop && top.hostLimit:
		return fmt.Sprintf("the host ended the ladder at %s connections for both", count(top.connections))
	case bothTop:
		return fmt.Sprintf("the plan's ladder ended at %s connections for both", count(top.connections))
	case bothNone:
		return fmt.Sprintf("neither target sustained the lowest rung of %s connections", count(k.measure.ladder.rungs[0].connections))
	}
	return fmt.Sprintf("%s sustained %s, %s %s: the ladder was cut off on both sides, so neither end of the interval holds",
		k.reading.X, typical(k.pairs, func(p pair) point { return p.a }, k.measure.metric.Unit),
		k.reading.Y, typical(k.pairs, func(p pair) point { return p.b }, k.measure.metric.Unit))
}

// comparisonNotes are what stands beside a comparison, of whatever shape.
func (c *court) comparisonNotes(k comparison, v Verdict) []Note {
	var notes []Note
	cutOff := false
	for _, p := range k.pairs {
		cutOff = cutOff || p.a.bound == AtLeast || p.b.bound == AtLeast
	}
	if cutOff {
		top := k.measure.ladder.top()
		if top.hostLimit {
			notes = append(notes, Note{noteHostLimit, c.hostLimit(top.connections)})
		} else {
			notes = append(notes, Note{notePlanTop, fmt.Sprintf("%s connections is the plan's highest rung, not a server's end", count(top.connections))})
		}
	}
	if k.measure.metric.ID == sustainedMetric && len(k.pairs) > 0 {
		notes = append(notes, Note{noteRungs, "values are rungs of the ladder; what a server really sustains lies between its rung and the next, and the interval reaches as far as that allows"})
	}
	if n, ok := c.stepsNote(k); ok {
		notes = append(notes, n)
	}
	switch {
	case k.rungs.blocks > 0:
		notes = append(notes, Note{noteNoVariance, fmt.Sprintf("every block gave the same rungs, so that noise widens no interval and a confidence says nothing: it is known %s", k.rungs.words())})
	case k.err == nil && k.noSpread && k.bound != Unbound && !k.fixed():
		same, width := "ratio", "has no width"
		if k.reading.OneTarget() {
			same = "amount"
		}
		if inSteps(k.measure.metric.ID) {
			width = "is as wide as the steps of latencies leave it, at any confidence"
		}
		notes = append(notes, Note{noteNoVariance, fmt.Sprintf("every block gave the same %[1]s, so the t interval %[4]s; %[2]s of the same %[1]s reach a signed-rank level of %[3]s",
			same, plural(len(k.pairs), "block"), percent(k.rank.Confidence), width)})
	}
	if n, ok := c.databaseNote(k); ok {
		notes = append(notes, n)
	}
	if v == Supported || v == Refuted {
		notes = append(notes, thisHost())
	}
	return notes
}

// typical is the geometric mean of one arm with its unit; where a rung was not sustained
// there is none, and the range stands instead. "at least" marks values that were cut off.
func typical(pairs []pair, of func(pair) point, unit string) string {
	values := make([]BlockValue, len(pairs))
	prefix := ""
	for i, p := range pairs {
		values[i] = BlockValue{Value: of(p).shown}
		if of(p).bound == AtLeast {
			prefix = "at least "
		}
	}
	low, high := extremes(values)
	if low == high {
		return prefix + quantity(low, unit)
	}
	if unit == "connections" {
		return prefix + span(low, high, unit)
	}
	return prefix + quantity(meanOf(values), unit)
}

// ratioSpan writes an interval of logarithms as ratios; its ends show on which side of 1 and of the margin they lie.
func (c *court) ratioSpan(in stats.Interval) string {
	return digits.Interval(shown(math.Exp(in.Low)), shown(math.Exp(in.High)), "-", number, 1, c.margin, shown(1/c.margin))
}
