package verdict

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/assay-bench/assay/harness/digits"
)

// upToRule states the rule with its numbers.
func (c *court) upToRule(u upTo) string {
	if !(c.margin > 1) {
		return "none: the ledger declares no margin above 1"
	}
	first := u.candidates[0]
	var cells []string
	for _, k := range u.candidates {
		cells = append(cells, k.measure.cell)
	}
	chosen := "in the best of " + strings.Join(cells, ", ")
	parts := fmt.Sprintf("the cell is chosen on %s and confirmed on the others", screenWords(c.blocks))
	if len(cells) == 1 {
		chosen, parts = "in "+cells[0], "one candidate leaves nothing to choose, so all blocks confirm"
	}
	return fmt.Sprintf("%s is %s for %s than for %s by up to %s %%, %s: %s; supported when the one-sided %s lower bound of the advantage on the confirming blocks reaches %s %% "+
		"(%s less a tolerance of %s points); refuted when the one-sided %s upper bound over all blocks is below that in every cell; else inconclusive; "+
		"needs at least %d complete blocks that confirm, which takes a run of %s, %s, %sand signed-rank intervals that agree%s",
		first.measure.metric.Label, first.measure.betterWord(), u.reading.X, u.reading.Y, stated(u.reading.Percent), chosen, parts,
		percent(oneSided(c.boundLevel(1))), u.neededWords(), stated(u.reading.Percent), stated(u.tolerance),
		percent(oneSided(c.boundLevel(len(u.candidates)))), c.minBlocks(),
		plural(blocksToConfirm(c.minBlocks(), len(u.candidates)), "block"), c.controlClause(), c.loadClauses(u), c.waitingClause(first.measure))
}

// loadClauses are what the rule demands of the null server in any of the cells.
func (c *court) loadClauses(u upTo) string {
	var cells []string
	headroom := ""
	for _, k := range u.candidates {
		cells = append(cells, k.measure.timed()...)
		if clause := c.headroomClause(k.measure); clause != "" {
			headroom = clause
		}
	}
	return headroom + c.driftClause(cells, "")
}

// oneSided is the confidence of each end of a two-sided interval.
func oneSided(twoSided float64) float64 { return (1 + twoSided) / 2 }

func (u upTo) neededWords() string { return stated(u.reading.Percent - u.tolerance) }

// besideNeeded writes a bound of an advantage in per cent, which is held against what is needed.
func (u upTo) besideNeeded(v float64) string {
	return digits.Sided(shown(v), number, shown(u.reading.Percent-u.tolerance))
}

// screenWords names the screening blocks of a plan: "blocks 1, 4, 7".
func screenWords(blocks []int) string {
	screen, _ := split(blocks, 2)
	return blockList(screen)
}

func blockList(blocks []int) string {
	if len(blocks) == 0 {
		return "no block"
	}
	parts := make([]string, len(blocks))
	for i, b := range blocks {
		parts[i] = strconv.Itoa(b)
	}
	noun := "blocks "
	if len(blocks) == 1 {
		noun = "block "
	}
	return noun + strings.Join(parts, ", ")
}

// freshReason is the line with what the confirming blocks say of the chosen cell.
func (u upTo) freshReason() string {
	k := u.fresh
	unit, lower := k.measure.metric.Unit, k.measure.metric.LowerBetter
	chosen := ""
	if len(u.screen) > 0 {
		chosen = fmt.Sprintf(", the best of %d cells on %s", len(u.candidates), blockList(u.screen))
	}
	center, low, _ := advantages(k.d, lower)
	return fmt.Sprintf("%s %s against %s %s (%s, %s%s): %s, at least %s %% (%s confidence) where %s %% are needed; %s that confirm",
		u.reading.X, typical(k.pairs, func(p pair) point { return p.a }, unit), u.reading.Y, typical(k.pairs, func(p pair) point { return p.b }, unit),
		k.measure.metric.Label, k.measure.cell, chosen, k.measure.byWords(percentOf(center, lower)), u.besideNeeded(percentOf(low, lower)),
		percent(oneSided(k.d.Confidence)), u.neededWords(), plural(len(k.pairs), "block"))
}

// allReason is the line with the upper bounds of all cells.
func (u upTo) allReason() string {
	var parts []string
	for _, k := range u.candidates {
		parts = append(parts, fmt.Sprintf("%s at most %s %%", k.measure.cell, u.besideNeeded(u.upper(k))))
	}
	first := u.candidates[0]
	return fmt.Sprintf("%s would have to be %s for %s than for %s by %s %% in one cell, and is by less in each: %s (%s confidence each; %s)",
		first.measure.metric.Label, first.measure.betterWord(), u.reading.X, u.reading.Y, u.neededWords(), strings.Join(parts, ", "),
		percent(oneSided(first.d.Confidence)), plural(len(first.pairs), "block"))
}

// upper is the upper bound of a cell's advantage in per cent.
func (u upTo) upper(k comparison) float64 {
	lower := k.measure.metric.LowerBetter
	_, _, high := advantages(k.d, lower)
	return percentOf(high, lower)
}

// largest names the cell in which the advantage may be the largest; each has an interval.
func (u upTo) largest() string {
	cell, most := "", 0.0
	for _, k := range u.candidates {
		if upper := u.upper(k); cell == "" || upper > most {
			cell, most = k.measure.cell, upper
		}
	}
	return fmt.Sprintf("over all blocks it may be as much as %s %% in %s", u.besideNeeded(most), cell)
}

func (u upTo) wouldChange(reached, under bool) string {
	switch {
	case reached:
		return fmt.Sprintf("fresh blocks whose lower bound stays under %s %%", u.neededWords())
	case under:
		return fmt.Sprintf("one cell whose upper bound reaches %s %%", u.neededWords())
	}
	return u.fresh.narrower()
}

// upToNotes are those of the chosen cell, and that the claim says little where far more was measured.
func (c *court) upToNotes(u upTo, v Verdict) []Note {
	k := u.candidates[0]
	if u.chosen >= 0 {
		k = u.fresh
	}
	notes := c.comparisonNotes(k, v)
	factor := c.limits.FloorFarExceededFactor
	if g := k.gain(); v == Supported && g != nil && factor > 0 && g.Percent >= factor*u.reading.Percent {
		notes = append([]Note{{noteFloor, fmt.Sprintf("true and says little: the advantage in %s is %s %%, %s times the %s %% claimed",
			k.measure.cell, number(g.Percent), number(g.Percent/u.reading.Percent), stated(u.reading.Percent))}}, notes...)
	}
	return notes
}
