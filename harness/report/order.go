package report

import (
	"strconv"

	"github.com/assay-bench/assay/harness/verdict"
)

// order shows whether the numbers depend on when they were measured: a plot of all trials
// and a test for each cell and metric that a comparison rests on.
func (d *data) order(figures figures, shownIn string) []Section {
	var blocks []Block
	if f, ok := figures.drift(); ok {
		blocks = append(blocks, d.show(f, shownIn)...)
	}
	if o := d.Judgement.Order; o != nil {
		blocks = append(blocks, paragraph(join(orderSentence(*o), d.hostChanged())), table(orderTable(*o)))
	}
	if len(blocks) == 0 {
		return nil
	}
	return []Section{section("Order of the run", blocks...)}
}

// orderSentence says what was tested and what came of it. Each test is held to its share of the level, so that none below it shows little:
// the host may well have changed, which is a check of its own.
func orderSentence(o verdict.Order) Text {
	fired := 0
	for _, k := range o.Checks {
		for _, t := range []*verdict.OrderTest{k.Drift, k.Place, k.Carry} {
			if t != nil && t.Fires {
				fired++
			}
		}
	}
	text := raw("Do the numbers depend on when they were measured? Drift: from the first block to the last, which comparisons within blocks " +
		"are free of. Place: from one place in a block to the next. Carry-over: after a trial of another target. p stands in brackets. ")
	switch {
	case o.Level == 0:
		return join(text, raw("The plan of this run declares no level for these tests, so none of them raises a doubt."))
	case fired == 0:
		return join(text, rawf("Of %s none is below %s / %s: no single test shows a drift, an effect of the place or a carry-over, which is not to say that there is none.", plural(o.Tests, "test"), setting(o.Level), count(o.Tests)))
	}
	return join(text, strong("Warning:"), rawf(" %s of %s below %s / %s, in bold. No trial is rejected for it, since the order was drawn at random "+
		"and by turns; a reading that rests on an effect of place or a carry-over has it as a doubt beside it.",
		count(fired), plural(o.Tests, "test"), setting(o.Level), count(o.Tests)))
}

func orderTable(o verdict.Order) Table {
	t := Table{Columns: []Column{{Title: "Cell"}, {Title: "Metric"}, {Title: "Trials", Right: true}, {Title: "Drift", Right: true},
		{Title: "Place", Right: true}, {Title: "Carry-over", Right: true}}}
	for _, k := range o.Checks {
		t.Rows = append(t.Rows, cells(code(k.Cell), plain(metricOf(k.Metric, "").Label), plain(count(k.Trials)),
			orderCell(k.Drift), orderCell(k.Place), orderCell(k.Carry)))
	}
	return t
}

// orderCell writes a change with its p-value, in bold where it raised a doubt.
func orderCell(t *verdict.OrderTest) Text {
	if t == nil {
		return plain(missing)
	}
	sign := ""
	if t.Change > 0 {
		sign = "+"
	}
	s := sign + percent(t.Change) + " (" + pValue(t.P) + ")"
	if t.Fires {
		return strong(s)
	}
	return plain(s)
}

// pValue has two digits while these say something.
func pValue(p float64) string {
	if p < 0.0001 {
		return "under 0.0001"
	}
	return strconv.FormatFloat(p, 'g', 2, 64)
}
