package report

import (
	"fmt"
	"slices"
	"strconv"

	"github.com/assay-bench/assay/harness/digits"
	"github.com/assay-bench/assay/harness/verdict"
)

// ranged shows the advantage in per cent beside the range that is claimed.
func (d *data) ranged(r verdict.Range, of *verdict.Ratio) []Block {
	if r.Inside == nil || r.Difference == nil || of == nil {
		return nil
	}
	text := rawf("Claimed: %s to %s %%. Measured: %s is %s than %s by %s; %s interval, to lie inside: %s; %s interval, to lie outside: %s.",
		declared(r.From), declared(r.To), of.X, direction(of.LowerBetter == (r.Inside.Percent >= 0)), of.Y, advantageWords(r.Inside.Percent),
		confidence(r.Inside.Confidence), gainSpan(*r.Inside), confidence(r.Difference.Confidence), gainSpan(*r.Difference))
	if r.Side != "" {
		text = join(text, rawf(" The whole interval lies %s the range.", r.Side))
	}
	return []Block{paragraph(text)}
}

func direction(lowerBetter bool) string {
	if lowerBetter {
		return "lower"
	}
	return "higher"
}

// perCent writes an advantage; number() has no sign of its own for a small negative one.
func perCent(v float64) string { return strconv.FormatFloat(v, 'f', 1, 64) + " %" }

// advantageWords write by how much a server is lower or higher, with as many digits as the reading's reason. Where that is no
// advantage both stand, since the interval beside it is of the advantage.
func advantageWords(v float64) string {
	if v < 0 {
		return number(-v) + " %, an advantage of " + number(v) + " %"
	}
	return number(v) + " %"
}

func gainSpan(g verdict.Gain) string {
	if low, high := number(g.Low), number(g.High); low == high {
		return digits.Ends(low+" %", " to ", high+" %", g.Low == g.High)
	}
	return number(g.Low) + " to " + number(g.High) + " %"
}

// upTo shows every candidate cell with its blocks, which blocks chose, and what the others say.
func (d *data) upTo(u verdict.UpTo) []Block {
	m := metricOf(u.Metric, u.Unit)
	out := []Block{paragraph(rawf("%s, %s is better. Each number is the advantage of %s over %s in one block: by how many per cent it is %s. %s",
		m.Label, direction(u.LowerBetter), u.X, u.Y, direction(u.LowerBetter), partsWords(u))), table(candidates(u))}
	if u.Chosen == "" || u.Fresh == nil {
		return out
	}
	if u.Gain == nil {
		return append(out, paragraph(rawf("Chosen: %s; too few confirming blocks for an interval.", u.Chosen)))
	}
	text := rawf("Chosen: %s. There the advantage on the confirming blocks is %s, at least %s (one-sided %s confidence, paired t, %s); needed: %s (%s less a tolerance of %s points).",
		u.Chosen, perCent(u.Gain.Percent), perCent(u.Gain.Low), confidence(oneSided(u.Gain.Confidence)), plural(u.Gain.Blocks, "block"),
		perCent(u.Needed), perCent(u.Percent), setting(u.Tolerance))
	return append(append(out, paragraph(text)), d.ratio(*u.Fresh)...)
}

// partsWords says which blocks chose and which confirmed.
func partsWords(u verdict.UpTo) string {
	if len(u.Screen) == 0 {
		return "With one candidate there is nothing to choose: all blocks confirm."
	}
	return fmt.Sprintf("Blocks %s chose the cell (marked *), the others confirm; so that enough of them do, a run needs %s.",
		intList(u.Screen), plural(u.BlocksNeeded, "block"))
}

// meanOfScreen heads the column that is there where some blocks chose.
const meanOfScreen = "Geometric mean of *"

func candidates(u verdict.UpTo) Table {
	t := Table{Caption: "Candidate cells; means are those of the geometric mean of the blocks' ratios; upper bounds over all blocks", Columns: []Column{{Title: "Cell"}}}
	blocks := slices.Sorted(slices.Values(slices.Concat(u.Screen, u.Confirm)))
	for _, b := range blocks {
		title := "Block " + count(b)
		if slices.Contains(u.Screen, b) {
			title += " *"
		}
		t.Columns = append(t.Columns, Column{Title: title, Right: true})
	}
	for _, title := range []string{meanOfScreen, "Geometric mean of all", "At most"} {
		if title != meanOfScreen || len(u.Screen) > 0 {
			t.Columns = append(t.Columns, Column{Title: title, Right: true})
		}
	}
	for _, c := range u.Cells {
		t.Rows = append(t.Rows, cells(candidateRow(u, c, blocks)...))
	}
	return t
}

func candidateRow(u verdict.UpTo, c verdict.Candidate, blocks []int) []Text {
	name := code(c.Cell)
	if c.Cell == u.Chosen {
		name = join(name, raw(" "), strong("(chosen)"))
	}
	row := []Text{name}
	var x, y map[int]verdict.BlockValue
	if c.Ratio != nil {
		x, y = byBlock(c.Ratio.XValues), byBlock(c.Ratio.YValues)
	}
	for _, b := range blocks {
		row = append(row, plain(advantageIn(x, y, b, u.LowerBetter)))
	}
	if len(u.Screen) > 0 {
		screened := missing
		if c.Screened != nil {
			screened = perCent(*c.Screened)
		}
		row = append(row, plain(screened))
	}
	if c.Gain == nil {
		return append(row, plain(missing), plain(missing))
	}
	return append(row, plain(perCent(c.Gain.Percent)), plain(fmt.Sprintf("%s (%s)", perCent(c.Gain.High), confidence(oneSided(c.Gain.Confidence)))))
}

// advantageIn is X's advantage over Y in one block.
func advantageIn(x, y map[int]verdict.BlockValue, block int, lowerBetter bool) string {
	a, okX := x[block]
	b, okY := y[block]
	if !okX || !okY || b.Value <= 0 {
		return missing
	}
	share := 100 * (a.Value/b.Value - 1)
	if lowerBetter {
		share = -share
	}
	return perCent(share)
}

// oneSided is the confidence of each end of a two-sided interval.
func oneSided(twoSided float64) float64 { return (1 + twoSided) / 2 }
