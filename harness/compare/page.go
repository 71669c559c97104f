package compare

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/assay-bench/assay/harness/claim"
	"github.com/assay-bench/assay/harness/digits"
)

// A page is a comparison in words, for renderers that know nothing of runs.
type page []block

// A block is one of its fields.
type block struct {
	heading   string
	paragraph string
	items     []item
	table     *table
}

// An item of a list has lines of its own below it.
type item struct {
	text  string
	below []string
}

// Options say how much of a comparison is shown.
type Options struct {
	All bool // numbers that did not move as well
}

func pageOf(c Comparison, o Options) page {
	p := page{{table: sidesTable(c)}, {paragraph: verdictOnClass(c)}}
	if c.Class != NotComparable {
		p = append(p, changesBlocks(c)...)
		p = append(p, apartBlocks(c)...)
	}
	if c.Class == Comparable {
		p = append(p, movementBlocks("Ratios of comparative readings", c.Ratios, o, ratioTable)...)
		p = append(p, movementBlocks("Numbers of single targets", c.Metrics, o, metricTable)...)
		p = append(p, block{heading: "The rule"}, block{paragraph: c.Rule})
	}
	p = append(p, differencesBlocks(c)...)
	if len(c.Notes) > 0 {
		p = append(p, block{heading: "Notes"}, block{items: plainItems(c.Notes)})
	}
	return p
}

func plainItems(texts []string) []item {
	var all []item
	for _, t := range texts {
		all = append(all, item{text: t})
	}
	return all
}

func sidesTable(c Comparison) *table {
	t := newTable("", "run", "started", "assay", "runtime", "engine", "blocks", "usable trials", "rejected trials").right(6, 7, 8)
	for _, s := range []struct {
		name string
		of   Side
	}{{"A", c.A}, {"B", c.B}} {
		t.row(s.name, s.of.Name, moment(s.of.Started), s.of.Assay, s.of.Runtime, s.of.Engine, count(s.of.Blocks),
			fmt.Sprintf("%s of %s", count(s.of.Trials.Usable), count(s.of.Trials.Planned)), count(s.of.Trials.Invalid+s.of.Trials.Broken))
	}
	return t
}

// verdictOnClass says plainly what the two runs are good for, and why not for more.
func verdictOnClass(c Comparison) string {
	var why []string
	for _, d := range c.Differences {
		if d.Leaves == c.Class && c.Class != Comparable {
			why = append(why, fmt.Sprintf("%s (%s, then %s)", d.What, d.A, d.B))
		}
	}
	of := strings.Join(why, "; ")
	switch c.Class {
	case NotComparable:
		return "NOT COMPARABLE: the verdicts do not mean the same. Not alike: " + of + "."
	case VerdictsOnly:
		return "COMPARABLE IN VERDICTS ONLY: the numbers are of two set-ups. Not alike: " + of + "."
	}
	return "Comparable: the same article, rules and set-up."
}

func changesBlocks(c Comparison) []block {
	claims := 0
	var items []item
	for _, ch := range c.Changes {
		name := ch.Claim
		if ch.Reading == "" {
			claims++
		} else {
			name += ", reading " + ch.Reading
		}
		text := fmt.Sprintf("%s: %s -> %s", name, ch.From, ch.To)
		if ch.Redefined {
			text += " (the two runs mean something else by it)"
		}
		if ch.OtherCells {
			text += " (its cells differ)"
		}
		items = append(items, item{text, []string{"A: " + ch.ReasonA, "B: " + ch.ReasonB}})
	}
	heading := fmt.Sprintf("Verdicts: %s of %s changed", count(claims), plural(c.ClaimsCompared, "claim"))
	if others := len(c.Changes) - claims; others > 0 {
		heading += fmt.Sprintf(", and %s beside the headline", plural(others, "reading"))
	}
	for _, apart := range []struct {
		what string
		ids  []string
	}{
		{"not measured in A", c.NotMeasuredInA},
		{"not measured in B", c.NotMeasuredInB},
		{"in the ledger of A only", c.ClaimsOnlyInA},
		{"in the ledger of B only", c.ClaimsOnlyInB},
	} {
		if len(apart.ids) > 0 {
			items = append(items, item{text: apart.what + ": " + strings.Join(apart.ids, ", ")})
		}
	}
	return withItems(heading, items)
}

func withItems(heading string, items []item) []block {
	if len(items) == 0 {
		return []block{{heading: heading}}
	}
	return []block{{heading: heading}, {items: items}}
}

// movementBlocks are a heading with the counts, the numbers that moved, and why others
// could not be compared.
func movementBlocks(title string, all []Movement, o Options, write func([]Movement) *table) []block {
	blocks := []block{{heading: fmt.Sprintf("%s: %s of %s moved", title, count(moved(all)), count(compared(all)))}}
	var shown []Movement
	for _, m := range all {
		if m.Moved || o.All && m.compared() {
			shown = append(shown, m)
		}
	}
	if len(shown) > 0 {
		blocks = append(blocks, block{table: write(shown)})
	}
	if left := leftOut(all); len(left) > 0 {
		blocks = append(blocks, block{items: left})
	}
	return blocks
}

// leftOut says which numbers were not compared, by reason.
func leftOut(all []Movement) []item {
	var reasons []string
	names := map[string][]string{}
	for _, m := range all {
		if m.compared() {
			continue
		}
		if !slices.Contains(reasons, m.Why) {
			reasons = append(reasons, m.Why)
		}
		names[m.Why] = append(names[m.Why], fmt.Sprintf("%s of %s in %s", label(m), subject(m), m.Cell)+settledAt(m))
	}
	var items []item
	for _, why := range reasons {
		items = append(items, item{fmt.Sprintf("%s not compared: %s", count(len(names[why])), why), names[why]})
	}
	return items
}

// settledAt are the two numbers of one that has no spread, "" of any other: the first of these is known exactly, if not how much noise
// would move it.
func settledAt(m Movement) string {
	if m.Why != noSpread {
		return ""
	}
	write := func(v float64) string { return quantity(v, m.Unit) }
	if m.A == m.B {
		return ": " + write(m.A) + " in both"
	}
	if write(m.A) == write(m.B) { // they differ beyond the digits that are shown otherwise
		write = func(v float64) string { return strings.TrimSpace(setting(v) + " " + m.Unit) }
	}
	return ": " + write(m.A) + " in A, " + write(m.B) + " in B"
}

func subject(m Movement) string {
	if m.Over != "" {
		return m.Target + " / " + m.Over
	}
	return m.Target
}

func label(m Movement) string {
	if of, ok := claim.MetricByID(m.Metric); ok {
		return of.Label
	}
	return m.Metric
}

func ratioTable(all []Movement) *table {
	t := newTable("ratio", "metric", "where", "A", "B", "B/A", percent(confidence)+" interval", "moved", "claims").right(3, 4, 5, 6)
	for _, m := range all {
		t.row(subject(m), label(m), m.Cell, ratio(m.A), ratio(m.B), ratio(m.Change), interval(m), gain(m), strings.Join(m.Claims, ", "))
	}
	return t
}

func metricTable(all []Movement) *table {
	t := newTable("target", "metric", "where", "A", "B", "B/A", percent(confidence)+" interval", "moved").right(3, 4, 5, 6)
	for _, m := range all {
		t.row(subject(m), label(m), m.Cell, quantity(m.A, m.Unit), quantity(m.B, m.Unit), ratio(m.Change), interval(m), gain(m))
	}
	return t
}

func interval(m Movement) string { return digits.Interval(m.Low, m.High, " to ", ratio, 1) }

// gain says which way a number moved: of one target, better or worse; of a ratio, for whom.
func gain(m Movement) string {
	up := (m.Change < 1) == m.LowerBetter
	switch {
	case !m.Moved:
		return "no"
	case m.Over != "" && up:
		return "for " + m.Target
	case m.Over != "":
		return "for " + m.Over
	case up:
		return "better"
	}
	return "worse"
}

func apartBlocks(c Comparison) []block {
	if len(c.Apart) == 0 {
		return nil
	}
	var items []item
	for _, a := range c.Apart {
		items = append(items, item{text: a.What + ": " + a.Why})
	}
	return withItems("Cells, cases and readings that are not the same in both", items)
}

// differencesBlocks are a table of what can be read in columns, and a list of the rest.
func differencesBlocks(c Comparison) []block {
	if len(c.Differences) == 0 {
		return []block{{heading: "Set-up: no difference"}}
	}
	blocks := []block{{heading: "Set-up: " + plural(len(c.Differences), "difference")}}
	t := newTable("what", "A", "B", "rules out")
	var long []item
	for _, d := range c.Differences {
		if max(utf8.RuneCountInString(d.A), utf8.RuneCountInString(d.B)) > widest {
			long = append(long, item{d.What, []string{"A: " + d.A, "B: " + d.B}})
			continue
		}
		t.row(d.What, d.A, d.B, rulesOut(d))
	}
	if len(t.rows) > 0 {
		blocks = append(blocks, block{table: t})
	}
	if len(long) > 0 {
		blocks = append(blocks, block{items: long})
	}
	return blocks
}

// rulesOut says what a difference takes from the comparison.
func rulesOut(d Difference) string {
	switch d.Leaves {
	case NotComparable:
		return "everything"
	case VerdictsOnly:
		return "numbers"
	}
	return d.RulesOut
}
