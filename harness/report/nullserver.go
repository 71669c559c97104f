package report

import (
	"math"

	"github.com/assay-bench/assay/harness/verdict"
)

// runChecks are the rows of the validity table that take more than one trial: the null server's.
func (d *data) runChecks() []TableRow {
	l := d.Plan.Limits
	var out []TableRow
	row := func(label, limit, worst string, made, failed int) {
		if made > 0 {
			out = append(out, cells(plain(label), plain(limit), plain(worst), plain(count(made)), plain(count(failed))))
		}
	}
	least, lowest := math.Inf(1), math.Inf(1)
	var rooms, noRoom, drifts, drifted int
	for _, n := range d.Judgement.Null {
		for _, h := range n.Headroom {
			rooms++
			noRoom += boolToInt(!h.OK)
			least, lowest = math.Min(least, h.Ratio), math.Min(lowest, h.Lowest)
		}
	}
	for _, n := range d.drifts() {
		drifts++
		drifted += boolToInt(!n.DriftOK)
	}
	row("headroom in mode saturate: the null server's rate over the target's", "at least "+setting(l.Headroom), ratio(least)+", lowest block "+ratio(lowest), rooms, noRoom)
	row(d.driftLabel()+", first to last block", "under "+settingPercent(l.NullDrift)+d.driftTest(), driftCell(worstDrift(d.drifts())), drifts, drifted)
	return append(out, d.nullHolds()...)
}

// nullHolds tells in how many trials the null server held more connections than the targets were asked for. One that held them, with
// all requests answered, and has no usable p99 did not fail: it was not checked.
func (d *data) nullHolds() []TableRow {
	var trials, held, unmeasured int
	for _, n := range d.Judgement.Null {
		if c, ok := d.cell(n.Cell); ok && c.Mode == "hold" {
			trials, held, unmeasured = trials+n.Trials, held+n.Held, unmeasured+n.Unmeasured
		}
	}
	if trials == 0 {
		return nil
	}
	checked := trials - unmeasured
	seen, failed := count(held)+" of "+count(checked), count(checked-held)
	if unmeasured > 0 {
		why := "not checked: " + plural(unmeasured, "trial") + " held them, with every request answered, but without a usable p99 (too few samples, or sends that left late)"
		if seen += "; " + why; checked == 0 {
			seen, failed = why, missing
		}
	}
	return []TableRow{cells(plain("the null server holds "+setting(d.Plan.Limits.NullHold)+" times the connections"), plain("every trial"), plain(seen),
		plain(count(checked)), plain(failed))}
}

func boolToInt(b bool) int {
	if b {
		return 1
	}
	return 0
}

// nullServer shows what host and load side do with the simplest server. It is a bound only where requests press one
// another: one that comes alone costs mostly the waking of a sleeping thread, of which a target may need less.
func (d *data) nullServer() []Section {
	if len(d.Judgement.Null) == 0 {
		return nil
	}
	t := Table{Columns: numbers("Cell", "Connections", "Sustained", "Answers/s", "p50", "p99", "CPU per request")}
	for _, n := range d.Judgement.Null {
		t.Rows = append(t.Rows, cells(code(n.Cell), plain(count(n.Connections)), plain(sustainedOf(n)),
			plain(orNone(n.RequestsPerSecond, "")), plain(orNone(n.P50, " ms")), plain(orNone(n.P99, " ms")),
			plain(orNone(n.CPUPerRequest, " us"))))
	}
	s := section("Null server", paragraph(raw("A server built into assay that answers a constant, in the place of a target. In mode saturate it shows the ceiling "+
		"of the rate and the floor of latency that this host and the load side allow. In the other modes it is no bound: a request that comes alone costs "+
		"mostly the waking of a sleeping thread, so that a target may need less CPU time for one than the null server. There it shows what host "+
		"and load side do with the simplest server. Medians over its trials.")), table(t))
	if h := d.headrooms(); len(h.Rows) > 0 {
		s.Blocks = append(s.Blocks, paragraph(rawf("Headroom is the null server's rate over a target's in the same block, of each its fastest trial there. Where the median over the blocks "+
			"is below %s the load side may be what was measured: no verdict then rests on the rate.", setting(d.Plan.Limits.Headroom))), table(h))
	}
	return []Section{s}
}

// sustainedOf counts the trials of the null server that sustained its load, beside those of which nobody knows it.
func sustainedOf(n verdict.NullCell) string {
	said := count(n.Held) + " of " + plural(n.Trials, "trial")
	if n.Unmeasured > 0 {
		said += ", " + count(n.Unmeasured) + " without a usable p99"
	}
	return said
}

func orNone(v float64, unit string) string {
	if v == 0 {
		return missing
	}
	return number(v) + unit
}

func (d *data) headrooms() Table {
	t := Table{Columns: []Column{{Title: "Cell"}, {Title: "Target"}, {Title: "Headroom", Right: true}, {Title: "Lowest block", Right: true}, {Title: "Enough"}}}
	for _, n := range d.Judgement.Null {
		for _, h := range n.Headroom {
			enough := plain("yes")
			if !h.OK {
				enough = strong("no")
			}
			t.Rows = append(t.Rows, cells(code(n.Cell), plain(h.Target), plain(ratio(h.Ratio)), plain(ratio(h.Lowest)), enough))
		}
	}
	return t
}

// crossChecks shows how far two load engines agree.
func (d *data) crossChecks() []Section {
	if len(d.Judgement.Checks) == 0 {
		return nil
	}
	first := d.Judgement.Checks[0]
	t := Table{Columns: []Column{{Title: "Target"}, {Title: "Metric"}, {Title: first.Engine, Right: true}, {Title: first.Other, Right: true},
		{Title: "Ratio", Right: true}, {Title: confidence(d.Plan.Limits.EquivalenceConfidence) + " interval", Right: true}, {Title: "Blocks", Right: true}}}
	for _, x := range d.Judgement.Checks {
		m := metricOf(x.Metric, "")
		r, in, blocks := missing, missing, 0
		if x.Ratio != nil {
			r, in, blocks = ratio(x.Ratio.Center), interval(x.Ratio.Low, x.Ratio.High), x.Ratio.Blocks
		}
		t.Rows = append(t.Rows, cells(plain(x.Target), plain(m.Label), plain(writtenBy(x.Mine, m)), plain(writtenBy(x.Theirs, m)),
			plain(r), plain(in), plain(blocksOf(blocks, x))))
	}
	return []Section{section("Two load engines",
		paragraph(join(raw("Cell "), code(first.Cell), raw(" was measured by both. A difference in a latency or in CPU time is the engines', not the "+
			"servers': it shows how much of the number the load side is. No verdict rests on it. Numbers are geometric means over the blocks that both have, the ratio is theirs."))), table(t))}
}

func writtenBy(v float64, m metric) string {
	if v == 0 {
		return missing
	}
	return m.write(v)
}

func blocksOf(n int, x verdict.CrossCheck) string {
	if x.RejectedBlocks == 0 {
		return count(n)
	}
	return count(n) + ", " + count(x.RejectedBlocks) + " rejected"
}
