package report

import (
	"slices"

	"github.com/assay-bench/assay/harness/verdict"
)

// power shows what the plan could see before its first trial, and beside it how noisy the
// run was in the end.
func (d *data) power() []Section {
	power, ok := verdict.PowerOf(d.Plan)
	if !ok {
		return nil
	}
	s := section("What this plan could see",
		paragraph(rawf("Fixed before the first trial: with %s, intervals at %s and a margin of %s, a true advantage of the size below is found "+
			"with a chance of %s. Noise is the standard deviation of ln(X/Y) from block to block; up to %s of it, the interval of "+
			"two equal servers lies inside the margin with the same chance. Normal noise is assumed.",
			plural(power.Blocks, "block"), confidence(power.Confidence), setting(power.Margin), settingPercent(power.Chance),
			percent(power.QuietEnough))),
		table(assumedTable(power)))
	if t := d.realisedTable(power); len(t.Rows) > 0 {
		s.Blocks = append(s.Blocks, paragraph(raw("And the noise that this run really had, the quietest comparison first:")), table(t))
	}
	return []Section{s}
}

func assumedTable(power verdict.Power) Table {
	t := Table{Columns: columns(true, "Noise, assumed", "Advantage found", "Chance that a tie is shown")}
	for _, l := range power.Levels {
		t.Rows = append(t.Rows, cells(plain(settingPercent(l.Noise)), plain(advantage(l)), plain(chance(l.TieShown))))
	}
	return t
}

// realisedTable has a row for each comparison whose noise is known.
func (d *data) realisedTable(power verdict.Power) Table {
	type row struct {
		noise float64
		line  TableRow
	}
	var rows []row
	for _, r := range d.comparisons() {
		noise, ok := r.Noise()
		if !ok || noise <= 0 {
			continue
		}
		own := power
		own.Blocks = r.Blocks // builds have fewer than the plan
		level, ok := own.At(noise)
		if !ok {
			continue
		}
		rows = append(rows, row{noise, cells(code(r.Cell), plain(metricOf(r.Metric, r.Unit).Label), plain(count(r.Blocks)), plain(percent(noise)),
			plain(advantage(level)), plain(ratio(r.Ratio)))})
	}
	slices.SortStableFunc(rows, func(a, b row) int {
		switch {
		case a.noise < b.noise:
			return -1
		case a.noise > b.noise:
			return 1
		}
		return 0
	})
	t := Table{Columns: []Column{{Title: "Cell"}, {Title: "Metric"}, {Title: "Blocks", Right: true}, {Title: "Noise", Right: true},
		{Title: "Advantage found at it", Right: true}, {Title: "Measured X/Y", Right: true}}}
	for _, r := range rows {
		t.Rows = append(t.Rows, r.line)
	}
	return t
}

// advantage writes the smallest one that is found, as a share while that reads well.
func advantage(l verdict.PowerLevel) string {
	if l.Detectable >= 2 {
		return "a factor of " + number(l.Detectable)
	}
	return percent(l.Detectable - 1)
}

// chance writes a probability that is known to be neither 0 nor 1.
func chance(p float64) string {
	switch {
	case p < 0.01:
		return "under 1 %"
	case p > 0.99:
		return "over 99 %"
	}
	return number(100*p) + " %"
}
