package report

import (
	"fmt"
	"slices"

	"github.com/assay-bench/assay/harness/digits"
	"github.com/assay-bench/assay/harness/verdict"
)

// threshold shows the evidence for "sustains at least N".
func (d *data) threshold(t verdict.Threshold) []Block {
	c, _ := d.cell(t.Cell)
	p := metricOf(p99, "ms").in(c)
	var values []float64
	for _, v := range t.P99 {
		values = append(values, v.Value)
	}
	text := rawf("%s in cell %s: %s connections claimed; held, with every request answered within the objective, in %s of %s%s. "+
		"That shows, over %s, a reliability of at least %s (one-sided, %s confidence). p99 latency: %s%s%s.",
		d.named(t.Target), orMissing(t.Cell), count(t.Claimed), count(t.Met), plural(t.Trials, "trial"), unusable(t.Unmeasured),
		plural(t.Blocks, "block"), percent(t.Reliability), confidence(t.ReliabilityConfidence), spread(values, p.write), meanInterval(t.P99Interval, p.write), ofEach(waitOf(c)))
	most := rawf(" Highest rung sustained in every trial: %s connections", count(t.Most))
	switch {
	case t.Most == 0:
		most = raw(" No rung was sustained in every trial.")
	case t.HostEnded:
		most = join(most, raw("; the host, not the server, ended the ladder there."))
	default:
		if end := d.endOfLadder(t.Cell, t.Target, t.Most); end != "" {
			most = join(most, plain("; "+end))
		}
		most = join(most, raw("."))
	}
	if t.Trials == 0 {
		return []Block{paragraph(rawf("%s in cell %s: %s connections claimed; no usable trial.",
			d.named(t.Target), orMissing(t.Cell), count(t.Claimed)))}
	}
	out := []Block{paragraph(join(text, most))}
	if len(t.P99) > 0 {
		out = append(out, table(thresholdTable(t, p)))
	}
	if len(t.Misses) > 0 {
		var items []Text
		for _, m := range t.Misses {
			items = append(items, join(code(m.Trial), raw(": "), plain(sentence(m.Why))))
		}
		out = append(out, paragraph(strong("Trials that did not sustain it:")), list(items...))
	}
	return out
}

// unusable says in how many trials nobody knows the p99, "" for none.
func unusable(trials int) string {
	if trials == 0 {
		return ""
	}
	return "; in " + count(trials) + " the p99 is not known, since it was not measured or requests left late and it was over the objective"
}

// meanInterval writes the interval of a mean, or nothing.
func meanInterval(in *verdict.Interval, write func(float64) string) string {
	if in == nil || in.Low <= 0 {
		return ""
	}
	return fmt.Sprintf("; %s interval of that mean %s", confidence(in.Confidence), span(in.Low, in.High, write))
}

// thresholdTable has a column for each trial: a block with an A/A arm has two.
func thresholdTable(t verdict.Threshold, p metric) Table {
	tab := Table{Columns: numbers(p.Label)}
	row := []Text{plain(t.Target)}
	for i, v := range t.P99 {
		title := "Block " + count(v.Block)
		if i > 0 && t.P99[i-1].Block == v.Block {
			title += " again (A/A)"
		}
		tab.Columns = append(tab.Columns, Column{Title: title, Right: true})
		row = append(row, plain(p.write(v.Value)))
	}
	tab.Rows = []TableRow{cells(row...)}
	return tab
}

// ratio shows the evidence for "X beats Y on M".
func (d *data) ratio(r verdict.Ratio) []Block {
	c, _ := d.cell(r.Cell)
	m := metricOf(r.Metric, r.Unit).in(c)
	if len(r.XValues) == 0 && len(r.YValues) == 0 {
		return []Block{paragraph(rawf("%s in %s: no pair of usable trials.", m.Label, orMissing(r.Cell)))}
	}
	side := "higher is better"
	if r.LowerBetter {
		side = "lower is better"
	}
	if fixed(r) {
		return []Block{table(fixedTable(r, m, side)), paragraph(plain("Both numbers are the same in each of " + plural(r.Blocks, "block") +
			": counted or read, not timed, so that no interval says more."))}
	}
	out := []Block{table(ratioTable(r, m, side))}
	if r.Ratio <= 0 {
		return append(out, paragraph(rawf("%s with values of both targets: too few for an interval.", plural(r.Blocks, "block"))))
	}
	if r.Bound == verdict.Unbound {
		return append(out, paragraph(raw("The ladder was cut off on both sides: neither end of an interval holds, so none is given.")))
	}
	text := rawf("%s / %s = %s, %s interval %s (paired t, %s)%s.",
		r.X, r.Y, ratio(r.Ratio), confidence(r.Confidence), interval(r.Low, r.High, d.margins()...), plural(r.Blocks, "block"), d.insideWords(r))
	if r.Reliability > 0 {
		text = rawf("%s / %s by the rungs: %s, the same in each of %s. That shows a reliability of at least %s (one-sided, %s confidence); nothing varied, so that an interval has no confidence of its own.",
			r.X, r.Y, byRungs(r, d.margins()), plural(r.Blocks, "block"), percent(r.Reliability), confidence(r.ReliabilityConfidence))
	} else if s := r.Sensitivity; s != nil && s.Low > 0 {
		text = join(text, rawf(" By signed ranks: %s, %s interval %s.", ratio(s.Center), confidence(s.Confidence), interval(s.Low, s.High, d.margins()...)))
	}
	if diff := r.Difference; diff != nil {
		text = join(text, rawf(" %s - %s = %s, %s interval %s (arithmetic mean and paired t of the differences; no verdict rests on it).",
			r.X, r.Y, number(diff.Center)+" "+r.Unit, confidence(diff.Confidence), digits.Interval(diff.Low, diff.High, " to ", number)+" "+r.Unit))
	}
	return append(out, paragraph(join(text, raw(boundWords(r.Bound)+" "), plain(controlWords(r)))))
}

// byRungs writes where a ratio lies, as far as the rungs of a ladder tell.
func byRungs(r verdict.Ratio, margins []float64) string {
	switch r.Bound {
	case verdict.AtLeast:
		return "at least " + ratio(r.Low)
	case verdict.AtMost:
		return "at most " + ratio(r.High)
	}
	return interval(r.Low, r.High, margins...)
}

// insideWords gives the interval that has to lie inside, where it is another one than that of a difference.
func (d *data) insideWords(r verdict.Ratio) string {
	if r.TieConfidence == 0 || r.TieConfidence == r.Confidence {
		return ""
	}
	return fmt.Sprintf("; %s interval, to lie inside: %s", confidence(r.TieConfidence), interval(r.TieLow, r.TieHigh, d.margins()...))
}

// boundWords says which end of an interval holds when a ladder was cut off.
func boundWords(b verdict.Bound) string {
	switch b {
	case verdict.AtLeast:
		return " The ladder was cut off, so the true ratio is this or more: only the lower end holds."
	case verdict.AtMost:
		return " The ladder was cut off, so the true ratio is this or less: only the upper end holds."
	}
	return ""
}

func controlWords(r verdict.Ratio) string {
	switch {
	case r.ControlWide:
		return "The A/A control of the same cell and metric shows no difference, but is too noisy to show that there is none."
	case r.ControlOK:
		return "The A/A control of the same cell and metric lies inside the margin."
	}
	return "The A/A control of the same cell and metric does not hold: " + sentence(orMissing(r.ControlWhy))
}

// fixed tells whether a comparison is of what is not timed, and both sides had one number in all blocks.
func fixed(r verdict.Ratio) bool {
	return slices.Contains([]string{binaryBytes, imageBytes, sourceLines, modules}, r.Metric) && r.Ratio > 0 && r.Bound == verdict.Exact && len(r.XValues) > 1 && len(r.YValues) > 1 && constant(r.XValues) && constant(r.YValues)
}

// fixedTable has the two numbers and their quotient.
func fixedTable(r verdict.Ratio, m metric, side string) Table {
	return Table{
		Caption: fmt.Sprintf("%s in %s, %s", m.Label, orMissing(r.Cell), side), Columns: numbers("Target", "Every block"),
		Rows: []TableRow{
			cells(plain(r.X), plain(m.write(r.XMean))), cells(plain(r.Y), plain(m.write(r.YMean))),
			cells(plain(r.X+" / "+r.Y), plain(ratio(r.Ratio))),
		},
	}
}

// ratioTable has the two targets and their quotient as rows, the blocks as columns.
func ratioTable(r verdict.Ratio, m metric, side string) Table {
	x, y := byBlock(r.XValues), byBlock(r.YValues)
	var blocks []int
	for b := range x {
		blocks = append(blocks, b)
	}
	for b := range y {
		if _, both := x[b]; !both {
			blocks = append(blocks, b)
		}
	}
	slices.Sort(blocks)
	t := Table{
		Caption: fmt.Sprintf("%s in %s, %s; geometric mean, range, and each block", m.Label, orMissing(r.Cell), side),
		Columns: numbers("Target", "Geometric mean", "Range"),
	}
	xRow := []Text{plain(r.X), plain(meanOf(r.XMean, r.XValues, m)), plain(rangeOf(r.XValues, m))}
	yRow := []Text{plain(r.Y), plain(meanOf(r.YMean, r.YValues, m)), plain(rangeOf(r.YValues, m))}
	qRow := []Text{plain(r.X + " / " + r.Y), plain(missing), plain(missing)}
	if r.Ratio > 0 && r.Bound != verdict.Unbound {
		qRow[1] = plain(sign(r.Bound) + ratio(r.Ratio))
	}
	for _, b := range blocks {
		t.Columns = append(t.Columns, Column{Title: "Block " + count(b), Right: true})
		xv, hasX := x[b]
		yv, hasY := y[b]
		xRow = append(xRow, plain(orNot(xv, hasX, m)))
		yRow = append(yRow, plain(orNot(yv, hasY, m)))
		qRow = append(qRow, plain(quotient(xv, yv, hasX && hasY)))
	}
	t.Rows = []TableRow{cells(xRow...), cells(yRow...), cells(qRow...)}
	return t
}

func byBlock(vs []verdict.BlockValue) map[int]verdict.BlockValue {
	out := map[int]verdict.BlockValue{}
	for _, v := range vs {
		out[v.Block] = v
	}
	return out
}

// orNot writes a block's value; one that is only a bound says so.
func orNot(v verdict.BlockValue, measured bool, m metric) string {
	if !measured {
		return missing
	}
	return sign(v.Bound) + m.write(v.Value)
}

// sign stands before a number that is only a bound.
func sign(b verdict.Bound) string {
	switch b {
	case verdict.AtLeast:
		return "≥ "
	case verdict.AtMost:
		return "≤ "
	}
	return ""
}

// quotient of one block: a bound where one side is one, missing where both are.
func quotient(x, y verdict.BlockValue, both bool) string {
	if !both || y.Value == 0 {
		return missing
	}
	q := ratio(x.Value / y.Value)
	above, below := sign(verdict.AtLeast), sign(verdict.AtMost)
	switch [2]string{sign(x.Bound), sign(y.Bound)} {
	case [2]string{"", ""}:
		return q
	case [2]string{above, ""}, [2]string{"", below}, [2]string{above, below}:
		return above + q
	case [2]string{below, ""}, [2]string{"", above}, [2]string{below, above}:
		return below + q
	}
	return missing
}

// meanOf writes a mean; over values that are bounds it is one too, unless they are bounds
// in both directions.
func meanOf(v float64, values []verdict.BlockValue, m metric) string {
	if v <= 0 {
		return missing
	}
	var bound verdict.Bound
	for _, b := range values {
		switch {
		case sign(b.Bound) == "":
		case bound == "" || bound == b.Bound:
			bound = b.Bound
		default:
			return missing
		}
	}
	return sign(bound) + m.write(v)
}

func rangeOf(vs []verdict.BlockValue, m metric) string {
	var values []float64
	for _, v := range vs {
		values = append(values, v.Value)
	}
	if len(values) == 0 {
		return missing
	}
	lo, hi := slices.Min(values), slices.Max(values)
	if lo == hi {
		return m.write(lo)
	}
	return span(lo, hi, m.write)
}

// spread writes geometric mean and range in one phrase.
func spread(values []float64, write func(float64) string) string {
	mean, ok := geometricMean(values)
	if !ok {
		return missing
	}
	return fmt.Sprintf("geometric mean %s, range %s", write(mean), span(slices.Min(values), slices.Max(values), write))
}
