package report

import (
	"fmt"
	"slices"

	"github.com/assay-bench/assay/harness/verdict"
)

// A comparison is what a reading compares and its blocks are drawn of, with how far the
// claim says that X is better.
type comparison struct {
	ratio   verdict.Ratio
	wanted  []float64 // advantages of X in per cent: what is needed, or the ends of a range
	confirm bool      // the blocks are those that had no part in the choice of the cell
}

// comparisonOf is the comparison that a reading is decided by: of "up to" the one of the
// chosen cell, on the blocks that confirm.
func comparisonOf(r verdict.Reading) (comparison, bool) {
	switch {
	case r.UpTo != nil && r.UpTo.Fresh != nil:
		return comparison{ratio: *r.UpTo.Fresh, wanted: []float64{r.UpTo.Needed}, confirm: len(r.UpTo.Screen) > 0}, true
	case r.Ratio != nil && r.Range != nil:
		return comparison{ratio: *r.Ratio, wanted: []float64{r.Range.From, r.Range.To}}, true
	case r.Ratio != nil:
		return comparison{ratio: *r.Ratio}, true
	}
	return comparison{}, false
}

// same reports whether a plot of one is a plot of the other.
func (c comparison) same(as comparison) bool {
	a, b := c.ratio, as.ratio
	return a.X == b.X && a.Y == b.Y && a.Metric == b.Metric && a.Cell == b.Cell && c.confirm == as.confirm && slices.Equal(c.wanted, as.wanted)
}

// blockWords is what a line of the plot is.
func (c comparison) blockWords() string {
	if c.confirm {
		return "confirming block"
	}
	return "block"
}

// at is the ratio of X to Y at an advantage of X.
func (c comparison) at(percent float64) float64 {
	if c.ratio.LowerBetter {
		percent = -percent
	}
	return 1 + percent/100
}

// lines are the values of X, in units of the axis, that are wanted beside the mean of Y.
func (c comparison) lines(scale float64) []float64 {
	var out []float64
	for _, p := range c.wanted {
		if v := c.at(p) * c.ratio.YMean / scale; v > 0 {
			out = append(out, v)
		}
	}
	return out
}

// linesName is the legend of the lines.
func (c comparison) linesName() string {
	than := direction(c.ratio.LowerBetter) + " than the mean of " + c.ratio.Y
	switch len(c.wanted) {
	case 1:
		return fmt.Sprintf("needed: %s %% %s", declared(c.wanted[0]), than)
	case 2:
		return fmt.Sprintf("claimed: %s to %s %% %s", declared(c.wanted[0]), declared(c.wanted[1]), than)
	}
	return ""
}

// wantedWords says the same of the ratio.
func (c comparison) wantedWords() string {
	switch len(c.wanted) {
	case 1:
		side := "more"
		if c.ratio.LowerBetter {
			side = "less"
		}
		return fmt.Sprintf("Needed: the whole interval at %s or %s.", ratio(c.at(c.wanted[0])), side)
	case 2:
		a, b := c.at(c.wanted[0]), c.at(c.wanted[1])
		return fmt.Sprintf("Claimed: %s to %s.", ratio(min(a, b)), ratio(max(a, b)))
	}
	return ""
}
