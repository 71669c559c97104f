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
			"with a chance of %s. Noise is the standard deviation of ln(X/Y) from block to block; %s. Both intervals of "+
			"a comparison have to agree in it, and a tie has equality in it. Normal noise is assumed; what the A/A control and a drift withhold comes on top.",
			plural(power.Blocks, "block"), confidence(power.Confidence), setting(power.Margin), settingPercent(power.Chance),
			quietEnough(power))),
		table(assumedTable(power)))
	if t := d.realisedTable(power); len(t.Rows) > 0 {
		s.Blocks = append(s.Blocks, paragraph(raw("And the noise that this run really had, the quietest comparison first:")), table(t))
	}
	return []Section{s}
}

func quietEnough(power verdict.Power) string {
	if power.QuietEnough <= 0 {
		return "two equal servers are shown to tie with less than that chance at any"
	}
	return "up to " + percent(power.QuietEnough) + " of it, two equal servers are shown to tie with the same chance"
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
	over := map[int]verdict.Power{} // builds have fewer blocks than the plan
	for _, r := range d.comparisons() {
		noise, ok := r.Noise()
		if !ok || noise <= 0 {
			continue
		}
		if _, known := over[r.Blocks]; !known {
			over[r.Blocks], _ = power.Over(r.Blocks)
		}
		level, ok := over[r.Blocks].At(noise)
		if !ok {
			continue
		}
		rows = append(rows, row{noise, cells(code(r.Cell), plain(metricOf(r.Metric, r.Unit).Label), plain(count(r.Blocks)), plain(percent(noise)),
			plain(advantage(level)), plain(ratio(r.Ratio.Ratio)))})
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
