package report

import (
	"fmt"
	"strings"

	"github.com/assay-bench/assay/harness/verdict"
)

// stacks sets stacks of one language beside the difference between two languages, a table a cell; nothing where no cell has
// further stacks.
func (d *data) stacks() []Section {
	if len(d.Judgement.Stacks) == 0 {
		return nil
	}
	s := section("Between stacks of one language", paragraph(rawf("A claim about two languages is measured on two servers, each on one stack. "+
		"Here further stacks of the same languages run beside them, in some cells, and answer the same contract. A ratio is the geometric mean over "+
		"the blocks, with its %s interval. The last column divides the ratio within a language by the one between the two, each turned to be 1 "+
		"or more: above 1 the two stacks are further apart than the two languages. In bold where that is shown. Where a spread within a "+
		"language is larger, what was measured between the two servers is about their stacks, and need not be about their languages. No verdict rests on this.",
		settingPercent(d.Plan.Limits.Confidence))))
	for _, c := range d.Plan.Cells {
		if of := d.spreadsIn(c.ID); len(of) > 0 {
			sub := section("Stacks in "+c.ID, table(d.stackTable(of)), list(stackSentences(of)...))
			s.Sections = append(s.Sections, sub)
		}
	}
	return []Section{s}
}

func (d *data) spreadsIn(cell string) []verdict.StackSpread {
	var out []verdict.StackSpread
	for _, s := range d.Judgement.Stacks {
		if s.Cell == cell {
			out = append(out, s)
		}
	}
	return out
}

// stackTable has a row for each ratio: the one between the languages first, in each metric.
func (d *data) stackTable(spreads []verdict.StackSpread) Table {
	t := Table{Columns: []Column{{Title: "Metric"}, {Title: "Compared"}, {Title: "Ratio", Right: true}, {Title: "Interval", Right: true},
		{Title: "Blocks", Right: true}, {Title: "Over that between languages", Right: true}}}
	row := func(label Text, kind string, r verdict.StackRatio, further Text) {
		line := []Text{label, plain(r.X + " / " + r.Y + " (" + kind + ")"), plain(missing), plain(missing), plain(missing), further}
		if r.Ratio != nil {
			line[2], line[3], line[4] = plain(ratio(r.Ratio.Center)), plain(interval(r.Ratio.Low, r.Ratio.High)), plain(count(r.Ratio.Blocks))
		}
		t.Rows = append(t.Rows, cells(line...))
	}
	for _, s := range spreads {
		row(plain(metricOf(s.Metric, "").Label), "between languages", s.Between, nil)
		for _, w := range s.Within {
			row(nil, "within "+w.Language, w.Compared, furtherCell(w))
		}
	}
	return t
}

// furtherCell is how many times further from 1 the ratio is, in bold where it is larger for sure.
func furtherCell(w verdict.WithinRatio) Text {
	if w.Further == nil {
		return plain(missing)
	}
	s := fmt.Sprintf("%s (%s)", ratio(w.Further.Center), interval(w.Further.Low, w.Further.High))
	if w.Finding == verdict.WithinLarger {
		return strong(s)
	}
	return plain(s)
}

// stackSentences say of each metric whether the spread within a language is the larger one.
func stackSentences(spreads []verdict.StackSpread) []Text {
	var out []Text
	for _, s := range spreads {
		label := strong(metricOf(s.Metric, "").Label + ":")
		out = append(out, join(label, raw(" "), plain(sentence(stackFinding(s)))))
	}
	return out
}

func stackFinding(s verdict.StackSpread) string {
	if s.Why != "" {
		return "not compared: " + s.Why
	}
	by := map[verdict.WithinFound][]string{}
	for _, w := range s.Within {
		by[w.Finding] = append(by[w.Finding], w.Compared.X+" and "+w.Compared.Y)
	}
	languages := s.Between.X + " and " + s.Between.Y
	var said []string
	if pairs := by[verdict.WithinLarger]; len(pairs) > 0 {
		said = append(said, fmt.Sprintf("the spread within a language is larger than the difference between the two: %s are further apart than %s",
			strings.Join(pairs, ", and "), languages))
	}
	if pairs := by[verdict.WithinSmaller]; len(pairs) > 0 {
		said = append(said, fmt.Sprintf("%s are closer together than %s", strings.Join(pairs, ", and "), languages))
	}
	if pairs := by[verdict.WithinOpen]; len(pairs) > 0 {
		said = append(said, fmt.Sprintf("whether %s are further apart than %s was not found", strings.Join(pairs, ", or "), languages))
	}
	return strings.Join(said, "; ")
}
