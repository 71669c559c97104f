package defect

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/assay-bench/assay/harness/mistake"
)

// Write writes the study as Markdown: the totals, the answers, every defect, and what was left out. folders is where the
// folders of the defects are, seen from the document.
func Write(w io.Writer, c Corpus, s mistake.Study, folders string) error {
	var b strings.Builder
	writeTools(&b, s)
	writeTotals(&b, s)
	writeAnswers(&b, s)
	writeEdits(&b, s, folders)
	writeDefects(&b, s, folders)
	writeLeftOut(&b, c)
	_, err := io.WriteString(w, b.String())
	return err
}

func writeTools(b *strings.Builder, s mistake.Study) {
	var names []string // each version says whose it is
	for _, t := range s.Tools {
		names = append(names, t.Version)
	}
	fmt.Fprintf(b, "%s. Tools: %s.\n", defects(len(s.Defects)), strings.Join(names, ", "))
	fmt.Fprintf(b, "Limits of a program: %d s and %d MiB.\n", s.Limits.ProgramSeconds, s.Limits.ProgramMemoryBytes>>20)
}

// writeTotals writes the fates by class, as written and after the cheapest edit.
func writeTotals(b *strings.Builder, s mistake.Study) {
	for _, edited := range []bool{false, true} {
		title := "Totals by class"
		if edited {
			title = "Totals by class after the cheapest edit"
		}
		head := []string{"class", "language", "defects"}
		for _, f := range mistake.Fates() {
			if f != mistake.FateRejected || !edited {
				head = append(head, string(f))
			}
		}
		rows := [][]string{head}
		for _, class := range append(present(s), "") {
			for _, language := range []string{mistake.Go, mistake.Rust} {
				rows = append(rows, totalRow(s.CountFates(class, language, edited), edited))
			}
		}
		fmt.Fprintf(b, "\n### %s\n\n", title)
		writeRows(b, rows)
	}
}

func totalRow(c mistake.Count, edited bool) []string {
	class := c.Class
	if class == "" {
		class = "**all**"
	}
	row := []string{class, c.Language, strconv.Itoa(c.Defects)}
	for _, f := range mistake.Fates() {
		if f == mistake.FateRejected && edited {
			continue
		}
		cell := ""
		if n := c.Fates[f]; n > 0 {
			cell = strconv.Itoa(n)
		}
		row = append(row, cell)
	}
	return row
}

// present are the classes that the study has.
func present(s mistake.Study) []string {
	var some []string
	for _, class := range mistake.Classes() {
		if s.CountFates(class, mistake.Go, false).Defects > 0 {
			some = append(some, class)
		}
	}
	return some
}

// Questions are those that the tables answer: of the whole corpus and of memory and concurrency, at each bar, both ways.
func Questions() []mistake.Question {
	var all []mistake.Question
	for _, classes := range [][]string{nil, mistake.Safety()} {
		for _, bar := range []mistake.Bar{mistake.Headline, mistake.BarCompiler, mistake.BarAny} {
			all = append(all, mistake.Question{X: mistake.Rust, Y: mistake.Go, Classes: classes, Bar: bar}, mistake.Question{X: mistake.Go, Y: mistake.Rust, Classes: classes, Bar: bar})
		}
	}
	return all
}

func writeAnswers(b *strings.Builder, s mistake.Study) {
	rows := [][]string{{"question", "bar", mistake.Whole, mistake.DropOne, mistake.Once, mistake.Cheapest, "answer"}}
	for _, q := range Questions() {
		a := mistake.Judge(s, q)
		row := []string{q.String(), string(q.Bar)}
		for _, v := range a.Views {
			row = append(row, viewCell(v))
		}
		rows = append(rows, append(row, "**"+a.Verdict+"**"))
	}
	fmt.Fprintf(b, "\n### Whose tools notice more before the program runs\n\nHeadline: the bar %q.\n\n", mistake.Headline)
	writeRows(b, rows)
}

// viewCell has the two counts, and for DropOne the defect whose absence changes most.
func viewCell(v mistake.View) string {
	s := fmt.Sprintf("%s : %s of %s", number(v.X), number(v.Y), number(v.Of))
	if v.Note != "" {
		s += " without " + v.Note
	}
	return s
}

func number(f float64) string {
	return strings.TrimSuffix(strings.TrimRight(strconv.FormatFloat(f, 'f', 1, 64), "0"), ".")
}

// writeEdits lists what a compiler rejected and what became of it after the cheapest edit.
func writeEdits(b *strings.Builder, s mistake.Study, folders string) {
	rows := [][]string{{"defect", "language", "the compiler said", "after the cheapest edit"}}
	for _, r := range s.Defects {
		for _, language := range []string{mistake.Go, mistake.Rust} {
			if p := r.In(language); p.Edited != nil {
				rows = append(rows, []string{link(folders, r.ID), language, code(p.Steps[0]), string(p.EditedFate())})
			}
		}
	}
	if len(rows) > 1 {
		b.WriteString("\n### What the compilers rejected\n\n")
		writeRows(b, rows)
	}
}

func writeDefects(b *strings.Builder, s mistake.Study, folders string) {
	head := []string{"defect", "class"}
	for _, language := range []string{mistake.Go, mistake.Rust} {
		for _, column := range mistake.Columns(language) {
			head = append(head, language+" "+column)
		}
	}
	rows := [][]string{head}
	for _, r := range s.Defects {
		row := []string{link(folders, r.ID) + ": " + r.Name, r.Class}
		for _, language := range []string{mistake.Go, mistake.Rust} {
			for _, column := range mistake.Columns(language) {
				row = append(row, stepCell(r.In(language).Step(column)))
			}
		}
		rows = append(rows, row)
	}
	b.WriteString("\n### Every defect\n\nEmpty: the tool had nothing to say, or an earlier step ended the matter.\n\n")
	writeRows(b, rows)
}

func stepCell(s mistake.Step) string {
	switch s.Outcome {
	case mistake.Passed, mistake.Unreached:
		return ""
	case mistake.Warned, mistake.Found:
		return string(s.Outcome) + " " + code(s)
	}
	return string(s.Outcome)
}

func writeLeftOut(b *strings.Builder, c Corpus) {
	rows := [][]string{{"entry", "why it has no defect"}}
	for _, l := range c.LeftOut {
		rows = append(rows, []string{fmt.Sprintf("CWE-%d", l.CWE), l.Why})
	}
	if len(rows) > 1 {
		b.WriteString("\n### Left out\n\n")
		writeRows(b, rows)
	}
}

// code is the diagnostic's own, or what it says where it has none.
func code(s mistake.Step) string {
	if s.Code != "" {
		return "`" + s.Code + "`"
	}
	return verbatim(s.Says)
}

// verbatim quotes a tool's words for a cell.
func verbatim(text string) string {
	if strings.Contains(text, "`") {
		return "`` " + strings.ReplaceAll(text, "|", `\|`) + " ``"
	}
	return "`" + strings.ReplaceAll(text, "|", `\|`) + "`"
}

func link(folders, id string) string { return "[" + id + "](" + folders + "/" + id + "/README.md)" }

func writeRows(b *strings.Builder, rows [][]string) {
	for i, row := range rows {
		b.WriteString("| " + strings.Join(row, " | ") + " |\n")
		if i == 0 {
			b.WriteString("|" + strings.Repeat(" --- |", len(row)) + "\n")
		}
	}
}

// defects counts them: "1 defect", "100 defects".
func defects(n int) string {
	if n == 1 {
		return "1 defect"
	}
	return fmt.Sprintf("%d defects", n)
}
