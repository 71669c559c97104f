package report

import (
	"github.com/assay-bench/assay/harness/digits"
	"github.com/assay-bench/assay/harness/verdict"
)

// driftTitle heads the table of all cells, to which the order of the run refers.
const driftTitle = "Drift of the host"

// hostDrift shows how much the host changed in each cell, and which cells fail the check for it.
func (d *data) hostDrift() []Section {
	drifts := d.drifts()
	if len(drifts) == 0 {
		return nil
	}
	return []Section{section(driftTitle, paragraph(join(raw(d.driftMeaning()+" "), d.driftOutcome(drifts))), table(d.driftTable(drifts)))}
}

// drifts are those of the host that were looked at: in all cells with load, and in plans without a test where the null server ran.
func (d *data) drifts() []verdict.CellDrift {
	if d.Plan.Limits.DriftConfidence > 0 {
		return d.Judgement.Drifts
	}
	var out []verdict.CellDrift
	for _, n := range d.Judgement.Null {
		if n.DriftOf != "" {
			out = append(out, verdict.CellDrift{Cell: n.Cell, HostDrift: n.HostDrift})
		}
	}
	return out
}

// driftMeaning says what is in the table.
func (d *data) driftMeaning() string {
	if d.Plan.Limits.DriftConfidence == 0 {
		return "How much the null server's last block differs from its first, up or down. A cell that fails has no verdict on a comparison, but of memory."
	}
	return "How much the host changed from the first block to the last, up or down: a straight trend over the blocks, common to all servers of the cell, with its p-value. " +
		"The null server's trials, and numbers that a check rejected, count in it; the tests of the order leave them out. " +
		"A cell fails where both change and p are beyond their limits, and then has no verdict on a comparison, but of memory, which has no speed."
}

// driftOutcome names the cells that failed, and counts those whose change would have been enough but for its p-value.
func (d *data) driftOutcome(drifts []verdict.CellDrift) Text {
	failed, unclear := d.sortedDrifts(drifts)
	text := rawf("Of %s none fails.", plural(len(drifts), "cell"))
	if len(failed) > 0 {
		text = strong(count(len(failed)) + " of " + plural(len(drifts), "cell") + failOrFails(len(failed)) + ":")
		for i, n := range failed {
			between := ", "
			if i == 0 {
				between = " "
			}
			text = join(text, raw(between), code(n.Cell))
		}
		text = join(text, raw("."))
	}
	if len(unclear) > 0 {
		text = join(text, rawf(" In %s the change is %s or more too, which p does not tell from scatter: that is not to say that the host was the same there.",
			others(len(unclear), len(failed)), settingPercent(d.Plan.Limits.NullDrift)))
	}
	return text
}

func failOrFails(n int) string {
	if n == 1 {
		return " fails"
	}
	return " fail"
}

// others counts cells beside some that were named, if any were.
func others(n, named int) string {
	if named == 0 {
		return plural(n, "cell")
	}
	return plural(n, "other")
}

// sortedDrifts are the cells that failed, and those that passed by their p-value alone.
func (d *data) sortedDrifts(drifts []verdict.CellDrift) (failed, unclear []verdict.CellDrift) {
	for _, n := range drifts {
		switch {
		case !n.DriftOK:
			failed = append(failed, n)
		case n.Drift >= d.Plan.Limits.NullDrift:
			unclear = append(unclear, n)
		}
	}
	return failed, unclear
}

func (d *data) driftTable(drifts []verdict.CellDrift) Table {
	l := d.Plan.Limits
	t := Table{Columns: []Column{{Title: "Cell"}, {Title: "Metric"}, {Title: "Change", Right: true}, {Title: "p", Right: true}, {Title: "Limit"}, {Title: "Check"}}}
	limit := "under " + settingPercent(l.NullDrift) + d.driftTest()
	for _, n := range drifts {
		p, check := missing, plain("holds")
		if n.DriftP > 0 {
			p = digits.Sided(n.DriftP, pValue, 1-l.DriftConfidence)
		}
		if !n.DriftOK {
			check = strong("fails")
		}
		t.Rows = append(t.Rows, cells(code(n.Cell), plain(metricOf(n.DriftOf, "").Label), plain(digits.Sided(n.Drift, percent, l.NullDrift)), plain(p), plain(limit), check))
	}
	return t
}

// hostChanged says beside the tests of the order that the host was not the same throughout, where a check says so or left it open.
func (d *data) hostChanged() Text {
	drifts := d.drifts()
	see := join(raw(": see "), link(driftTitle, "#"+anchor(driftTitle)), raw("."))
	switch failed, unclear := d.sortedDrifts(drifts); {
	case len(failed) > 0:
		return join(rawf(" The host itself changed in %s of %s", count(len(failed)), plural(len(drifts), "cell")), see)
	case len(unclear) > 0:
		return join(rawf(" The host itself may have changed: in %s of %s the drift is large, and not told from scatter", count(len(unclear)), plural(len(drifts), "cell")), see)
	}
	return nil
}

// worstDrift is the largest change of the cells that failed, and of all where none did: the p-value may let a larger one pass.
func worstDrift(cells []verdict.CellDrift) (worst verdict.CellDrift, failed int) {
	for _, n := range cells {
		failed += boolToInt(!n.DriftOK)
		failsMore, asOK := worst.DriftOK && !n.DriftOK, worst.DriftOK == n.DriftOK
		if worst.DriftOf == "" || failsMore || asOK && n.Drift > worst.Drift {
			worst = n
		}
	}
	return worst, failed
}

// driftCell writes the worst drift with its cell and, where it was tested, the p-value, and says by what it is the worst.
func driftCell(worst verdict.CellDrift, failed int) string {
	if worst.DriftOf == "" {
		return missing
	}
	text := percent(worst.Drift)
	if worst.DriftP > 0 {
		text += " (p " + pValue(worst.DriftP) + ")"
	}
	text += " in " + worst.Cell
	switch failed {
	case 0:
		return text + ", the largest change; none failed"
	case 1:
		return text + ", the one that failed"
	}
	return text + ", the largest change of the " + count(failed) + " that failed"
}

// driftLabel names what drifts: plans without a test look at the null server alone.
func (d *data) driftLabel() string {
	if d.Plan.Limits.DriftConfidence == 0 {
		return "drift of the null server"
	}
	return "drift of the host"
}

// driftTest says when a change of the limit or more is scatter, in plans with a test.
func (d *data) driftTest() string {
	if c := d.Plan.Limits.DriftConfidence; c > 0 {
		return ", or p of its trend at least " + setting(1-c)
	}
	return ""
}
