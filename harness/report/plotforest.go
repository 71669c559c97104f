package report

import (
	"fmt"
	"slices"

	"github.com/assay-bench/assay/harness/report/chart"
	"github.com/assay-bench/assay/harness/verdict"
)

// forestPlot draws the interval of every comparative reading, and the A/A controls of
// the same cells and metrics, against the margin.
func (d *data) forestPlot() (keyedFigure, bool) {
	ratios := d.comparisons()
	margin := d.Judgement.Margin
	if len(ratios) == 0 || margin < 1 {
		return keyedFigure{}, false
	}
	forest := chart.Forest{
		Title: d.forestTitle(ratios, margin),
		Subtitle: fmt.Sprintf("Ratios with their intervals: %s for comparisons, %s for A/A controls (a target against itself). The band is the margin of equivalence.",
			confidence(d.Judgement.Confidence), confidence(d.controlConfidence())),
		XLabel: "ratio (log scale)",
		Margin: margin,
		Format: tick,
	}
	sides := sameSides(ratios)
	if sides != "" {
		forest.XLabel = sides + " (ratio, log scale)"
	}
	for _, r := range ratios {
		forest.Rows = append(forest.Rows, comparisonRow(r, sides == ""))
	}
	for i, c := range d.controlsOf(ratios) {
		value := drawn(c.Ratio, c.Low, c.High)
		if c.Blocks < d.Plan.Limits.MinBlocks {
			value += ", " + plural(c.Blocks, "pair")
		}
		forest.Rows = append(forest.Rows, chart.Ratio{
			Label:          "A/A: " + metricOf(c.Metric, "").Label + ", " + c.Cell,
			Value:          value,
			Mid:            c.Ratio,
			Low:            c.Low,
			High:           c.High,
			Control:        true,
			StartsNewGroup: i == 0,
		})
	}
	return keyedFigure{
		Figure: Figure{ID: "ratios", Title: forest.Title, Chart: forest,
			Caption: plain(d.forestCaption(ratios, margin))},
		kind: forestKind,
	}, true
}

// A forestRatio is a ratio as it is drawn.
type forestRatio struct {
	verdict.Ratio
	decides bool // no validity check keeps it from deciding
}

// comparisons are the ratios that have an interval with an end that holds, each once:
// several readings may rest on the same cell and metric.
func (d *data) comparisons() []forestRatio {
	type key struct{ x, y, metric, cell string }
	seen := map[key]bool{}
	var out []forestRatio
	for _, c := range d.Plan.Ledger.Claims {
		for _, r := range d.judged[c.ID].Readings {
			if r.Ratio == nil || r.Ratio.Ratio <= 0 || r.Ratio.Low <= 0 || r.Ratio.High <= 0 || r.Ratio.Bound == verdict.Unbound {
				continue
			}
			k := key{r.Ratio.X, r.Ratio.Y, r.Ratio.Metric, r.Ratio.Cell}
			if !seen[k] {
				seen[k] = true
				out = append(out, forestRatio{*r.Ratio, r.Ratio.ControlOK && r.WithheldBy == ""})
			}
		}
	}
	return out
}

// controlsOf are the controls of the cells and metrics compared.
func (d *data) controlsOf(ratios []forestRatio) []verdict.Control {
	type key struct{ cell, metric string }
	compared := map[key]bool{}
	for _, r := range ratios {
		compared[key{r.Cell, r.Metric}] = true
	}
	var out []verdict.Control
	for _, c := range d.Judgement.Controls {
		if compared[key{c.Cell, c.Metric}] && c.Ratio > 0 && c.Low > 0 && c.High > 0 {
			out = append(out, c)
		}
	}
	return out
}

// forestTitle counts the intervals that lie wholly beyond the margin, by the target that
// they favour. Those of too few blocks, and those that a validity check keeps from deciding, do not count: no
// verdict rests on them.
func (d *data) forestTitle(ratios []forestRatio, margin float64) string {
	drawn := len(ratios)
	ratios = slices.DeleteFunc(slices.Clone(ratios), func(r forestRatio) bool { return r.Blocks < d.Plan.Limits.MinBlocks })
	if len(ratios) == 0 {
		return fmt.Sprintf("Ratios over fewer than %s: too few to say which is better", plural(d.Plan.Limits.MinBlocks, "block"))
	}
	ratios = slices.DeleteFunc(ratios, func(r forestRatio) bool { return !r.decides })
	favours := map[string]int{}
	beyond := 0
	for _, r := range ratios {
		if to := favoured(r.Ratio, margin); to != "" {
			favours[to]++
			beyond++
		}
	}
	title := fmt.Sprintf("Beyond the margin of %s: %s of %s", number(margin), count(beyond), plural(drawn, "comparison"))
	var parts []string
	for _, id := range sortedKeys(favours) {
		parts = append(parts, fmt.Sprintf("%s in favour of %s", count(favours[id]), id))
	}
	switch {
	case beyond == 0:
		return title
	case len(parts) == 1 && beyond > 1:
		return title + ", all in favour of " + sortedKeys(favours)[0]
	}
	return title + ", " + listed(parts)
}

// forestCaption says how to read the intervals, and why the reader may count more of them
// outside the band than the title does.
func (d *data) forestCaption(ratios []forestRatio, margin float64) string {
	var undecided, beyond int
	for _, r := range ratios {
		if !r.decides {
			undecided++
			beyond += boolToInt(favoured(r.Ratio, margin) != "")
		}
	}
	text := "An interval wholly outside the band is a difference; one wholly inside it that contains 1 is a tie; any other decides nothing."
	if slices.ContainsFunc(ratios, func(r forestRatio) bool { return r.Reliability > 0 }) {
		text += " What servers sustain on the same rungs in every block is drawn as wide as the rungs leave it, which is at no confidence."
	}
	if undecided == 0 {
		return text
	}
	text += fmt.Sprintf(" Hollow: a validity check failed (the A/A control of the same cell and metric, drift of the host), so that the comparison decides nothing, wherever its interval lies (%s of %s).",
		count(undecided), count(len(ratios)))
	switch {
	case beyond == 1:
		text += " One of these lies wholly outside the band; the title does not count it."
	case beyond > 1:
		text += fmt.Sprintf(" %s of these lie wholly outside the band; the title does not count them.", count(beyond))
	}
	return text
}

// favoured is the target on whose side of the margin the whole interval lies, or "". An
// end that a cut-off ladder leaves open cannot lie there.
func favoured(r verdict.Ratio, margin float64) string {
	higher := r.Low > margin && r.Bound != verdict.AtMost
	lower := r.High < 1/margin && r.Bound != verdict.AtLeast
	switch {
	case higher && r.LowerBetter, lower && !r.LowerBetter:
		return r.Y
	case lower && r.LowerBetter, higher && !r.LowerBetter:
		return r.X
	}
	return ""
}

// sameSides names the two targets when all comparisons have the same, else it is empty.
func sameSides(ratios []forestRatio) string {
	for _, r := range ratios {
		if r.X != ratios[0].X || r.Y != ratios[0].Y {
			return ""
		}
	}
	return ratios[0].X + " / " + ratios[0].Y
}

// drawn writes a ratio beside its mark, with the ends of the interval, which are left away where it has no width.
func drawn(center, low, high float64) string {
	if low == high {
		return ratio(center)
	}
	return ratio(center) + "  (" + interval(low, high) + ")"
}

func comparisonRow(r forestRatio, nameSides bool) chart.Ratio {
	label := metricOf(r.Metric, r.Unit).Label + ", " + r.Cell
	if nameSides {
		label = r.X + " / " + r.Y + ": " + label
	}
	if !r.LowerBetter {
		label += " (higher is better)"
	}
	row := chart.Ratio{Label: label, Mid: r.Ratio.Ratio, Low: r.Low, High: r.High, Undecided: !r.decides,
		Value: drawn(r.Ratio.Ratio, r.Low, r.High)}
	switch r.Bound {
	case verdict.AtLeast:
		row.OpenHigh, row.Value = true, "at least "+ratio(r.Low)
	case verdict.AtMost:
		row.OpenLow, row.Value = true, "at most "+ratio(r.High)
	}
	return row
}
