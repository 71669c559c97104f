package prove

import (
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/assay-bench/assay/harness/digits"
)

// Mark names the two lines of a document between which tables or digest stand (package marks).
const Mark = "prove"

// Write writes the sections as Markdown, which reads well on a terminal too: a table each, and below them all what was
// missed. Percentages stand without their sign.
func Write(w io.Writer, proofs []Proof, o Options) error {
	var text strings.Builder
	fmt.Fprintf(&text, "Runs of each scenario: %s; seed: %d. Shares are percentages of the runs, with their 95 %% interval "+
		"(Clopper-Pearson). A dash: cannot happen. A share misses what is wanted when the whole of its 99.9 %% interval does: of so many shares, some miss it by chance.\n", o.runs(), o.Seed)
	for _, p := range proofs {
		fmt.Fprintf(&text, "\n### %s\n\n%s\n\n", p.Section.Title, p.Section.Says)
		writeRows(&text, rows(p))
	}
	text.WriteString("\n" + Summary(proofs) + "\n")
	_, err := io.WriteString(w, text.String())
	return err
}

// runs says how many were drawn of a scenario.
func (o Options) runs() string {
	if o.Closer <= 1 {
		return fmt.Sprint(o.Runs)
	}
	return fmt.Sprintf("%d, and %d where those left open whether a nominal value is kept", o.Runs, o.Closer*o.Runs)
}

// rows are a section's cells, the head first.
func rows(p Proof) [][]string {
	head := labels()
	for _, c := range p.Section.Scenarios[0].Counts {
		head = append(head, c.Name)
	}
	all := [][]string{head}
	for _, o := range p.Outcomes {
		s := o.Scenario
		row := []string{s.Truth, fmt.Sprint(len(s.Truths)), fmt.Sprint(s.Blocks), s.Noise.Name}
		for _, r := range o.Results {
			row = append(row, r.String())
		}
		all = append(all, row)
	}
	return all
}

// labels are the heads of the columns that name a scenario.
func labels() []string { return []string{"truth", "readings", "blocks", "noise"} }

// String is a cell of the table: the rate with its interval and, where something is wanted, whether it is so.
func (r Result) String() string {
	if r.Runs == 0 {
		return "-"
	}
	s := fmt.Sprintf("%.2f (%.2f-%.2f)", r.Rate.Center*100, r.Rate.Low*100, r.Rate.High*100)
	switch {
	case r.Missed():
		return "**" + s + " missed: " + r.Count.Want.String() + "**"
	case r.Count.Want.asked:
		return s + " " + r.Count.Want.String()
	}
	return s
}

// writeRows writes a Markdown table whose columns line up.
func writeRows(text *strings.Builder, rows [][]string) {
	widths := make([]int, len(rows[0]))
	for _, row := range rows {
		for i, cell := range row {
			widths[i] = max(widths[i], utf8.RuneCountInString(cell))
		}
	}
	for n, row := range rows {
		for i, cell := range row {
			fmt.Fprintf(text, "| %-*s ", widths[i], cell)
		}
		text.WriteString("|\n")
		if n == 0 {
			for _, width := range widths {
				text.WriteString("| " + strings.Repeat("-", width) + " ")
			}
			text.WriteString("|\n")
		}
	}
}

// Summary says in a paragraph which nominal values are missed, and how many the simulation leaves open.
func Summary(proofs []Proof) string {
	missed, asked, open := Missed(proofs), 0, 0
	for _, p := range proofs {
		for _, o := range p.Outcomes {
			for _, r := range o.Results {
				switch {
				case !r.Count.Want.asked || r.Runs == 0:
					continue
				case r.open() && !r.Missed():
					open++
				}
				asked++
			}
		}
	}
	text := fmt.Sprintf("%s, ", digits.Plural(asked, "nominal value"))
	switch {
	case len(missed) > 0:
		text += fmt.Sprintf("missed %d", len(missed))
	case open > 0:
		text += "none missed"
	default:
		text += "all kept"
	}
	if open > 0 {
		text += fmt.Sprintf(", %d left open by the simulation's error", open)
	}
	if len(missed) == 0 {
		return text + "."
	}
	return text + ":\n\n- " + strings.Join(missed, "\n- ")
}

// Missed names the nominal values that are missed, a line each.
func Missed(proofs []Proof) []string {
	var all []string
	for _, p := range proofs {
		for _, o := range p.Outcomes {
			for _, r := range o.Results {
				if !r.Missed() {
					continue
				}
				s := o.Scenario
				all = append(all, fmt.Sprintf("%s: %s, %s, %s, noise %s: %s %.2f %% (%.2f-%.2f), wanted %s", p.Section.Title, s.Truth,
					digits.Plural(len(s.Truths), "reading"), digits.Plural(s.Blocks, "block"), s.Noise.Name, r.Count.Name,
					r.Rate.Center*100, r.Rate.Low*100, r.Rate.High*100, r.Count.Want))
			}
		}
	}
	return all
}
