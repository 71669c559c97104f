package report

import (
	"cmp"
	"math"
	"strings"

	"github.com/assay-bench/assay/harness/target"
	"github.com/assay-bench/assay/harness/verdict"
)

// defects shows a study of mistakes: the four ways to count, and the classes.
func (d *data) defects(e verdict.Defects) []Block {
	views := Table{
		Caption: "Mistakes that are noticed before the program runs. A program that is only warned about runs all the same, so that the compilers' errors stand apart; they decide nothing",
		Columns: []Column{{Title: "Noticed by"}, {Title: "Counted"}, {Title: e.X, Right: true}, {Title: e.Y, Right: true}, {Title: "Of", Right: true}, {Title: e.X + " notices more"}},
	}
	views.Rows = append(viewRows("the compiler and own linter (decides)", e.Views), viewRows("the compiler's errors alone", e.ByErrors)...)
	classes := Table{Caption: "By class, as they were written: noticed by the compiler or own linter", Columns: []Column{{Title: "Class"}, {Title: e.X, Right: true}, {Title: e.Y, Right: true}, {Title: "Of", Right: true}}}
	for _, c := range e.ByClass {
		classes.Rows = append(classes.Rows, cells(plain(c.Class), plain(count(c.X)), plain(count(c.Y)), plain(count(c.Of))))
	}
	blocks := []Block{table(views), paragraph(plain(harmlessCounts)), table(classes)}
	if len(e.Ends) > 0 {
		blocks = append(blocks, table(defectEnds(e)))
	}
	if len(e.Runs) > 0 {
		blocks = append(blocks, table(defectRuns(e)))
	}
	return append(blocks,
		paragraph(join(rawf("Tools: %s. The programs of each mistake, and why it was chosen: ", oneLine(strings.Join(e.Tools, "; "))), d.inCheckout("scenarios/defects"),
			raw(". Which mistakes are counted on each side, and what each tool said of each: "), d.inCheckout("docs/defects.md"), rawf(". Both belong to assay %s; the links hold where the run lies in reports/ of its source. ", d.version()),
			raw("The corpus is a list of kinds of mistakes, not a sample of those that people make; a difference of ten kinds may be one in practice, or a hundred."))))
}

// harmlessCounts says what the rows count beside what a tool says.
const harmlessCounts = "What a language makes harmless counts in every row. After the cheapest edit no compiler refuses anything, so that the errors alone count what is harmless then."

// viewRows are the ways to count by some of the tools.
func viewRows(by string, views []verdict.DefectView) []TableRow {
	var rows []TableRow
	for _, v := range views {
		holds := plain("yes")
		if !v.Holds {
			holds = strong("no")
		}
		rows = append(rows, cells(plain(by), plain(viewName(v)), plain(tick(math.Round(10*v.X)/10)), plain(tick(math.Round(10*v.Y)/10)), plain(tick(math.Round(10*v.Of)/10)), holds))
	}
	return rows
}

// defectRuns shows what the programs do when they are run all the same.
func defectRuns(e verdict.Defects) Table {
	t := Table{
		Caption: "What the programs of " + classesOf(e) + " do when they are run after the cheapest edit: those that the compiler refused before it, and those that are only warned about, " +
			"edited or not (a program can be both)",
		Columns: left("When run"),
	}
	for _, of := range []string{"refused before the edit", "only warned about, by compiler or linter"} {
		t.Columns = append(t.Columns, Column{Title: e.X + ", " + of, Right: true}, Column{Title: e.Y + ", " + of, Right: true})
	}
	for _, r := range e.Runs {
		t.Rows = append(t.Rows, cells(plain(runName(r.End)), plain(count(r.XRefused)), plain(count(r.YRefused)), plain(count(r.XWarned)), plain(count(r.YWarned))))
	}
	return t
}

func runName(end string) string {
	switch end {
	case "gone":
		return "the mistake is gone: the output is right"
	case "stopped":
		return "a panic or a fatal error"
	case "tested":
		return "silent, and stopped in a build for tests alone"
	case "hung":
		return "it does not end, or takes more memory than it may"
	case "silent":
		return "silent: the output is wrong"
	case "unknown":
		return "not recorded by the version that made the run"
	}
	return end
}

// classesOf names the classes of mistakes that a reading is about.
func classesOf(e verdict.Defects) string {
	if len(e.Classes) > 0 {
		return strings.Join(e.Classes, " and ")
	}
	return "all classes"
}

// defectEnds shows who notices the mistakes that the reading is about, before they run and when they do.
func defectEnds(e verdict.Defects) Table {
	t := Table{
		Caption: "How those of " + classesOf(e) + " end: who notices first",
		Columns: []Column{{Title: "End"}, {Title: "Noticed before it runs"}, {Title: e.X, Right: true}, {Title: e.Y, Right: true},
			{Title: e.X + ", after the cheapest edit", Right: true}, {Title: e.Y + ", after the cheapest edit", Right: true}},
	}
	for _, end := range e.Ends {
		before := "no"
		if end.Before {
			before = "yes"
		}
		t.Rows = append(t.Rows, cells(plain(endName(end.End)), plain(before), plain(count(end.X)), plain(count(end.Y)), plain(count(end.XEdited)), plain(count(end.YEdited))))
	}
	return t
}

func endName(end string) string {
	switch end {
	case "rejected":
		return "the compiler refuses it"
	case "gone":
		return "the language makes it harmless"
	case "warned":
		return "the compiler warns of it"
	case "vetted":
		return "the linter that comes with the language finds it"
	case "linted":
		return "a linter from elsewhere finds it (staticcheck)"
	case "stopped":
		return "the program stops when it comes to it: a panic or a fatal error"
	case "tested":
		return "only a build for tests stops: the race detector, a debug build"
	case "hung":
		return "the program does not end, or takes more memory than it may"
	case "silent":
		return "nobody: the output is wrong"
	}
	return end
}

// inCheckout links to a file or folder of assay's source, as it lies from a run directory below reports/, where runs are by default. The
// text is its path there, which is what a reader of a run elsewhere looks for.
func (d *data) inCheckout(path string) Text { return link(path, "../../"+path) }

// version is that of assay which made the run.
func (d *data) version() string { return orMissing(oneLine(cmp.Or(d.Env.Assay, d.Plan.Version))) }

func viewName(v verdict.DefectView) string {
	switch v.Name {
	case "whole":
		return "the whole corpus"
	case "drop-one":
		return "with any one dropped, the nearest: without " + v.Note
	case "related-once":
		return "related ones counted once"
	case "cheapest-edit":
		return "after the cheapest edit that satisfies the compiler"
	}
	return v.Name
}

// conformance shows how many of the contract's checks each target passed.
func (d *data) conformance(e verdict.Conformance) []Block {
	t := Table{Columns: []Column{{Title: "Target"}, {Title: "Checks", Right: true}, {Title: "Differences", Right: true}}}
	for _, c := range e.Targets {
		t.Rows = append(t.Rows, cells(plain(d.named(c.ID)), plain(count(c.Checked)), plain(count(c.Differences))))
	}
	blocks := []Block{table(t)}
	if words := d.moreChecks(e); words != "" {
		blocks = append(blocks, paragraph(plain(words)))
	}
	return blocks
}

// moreChecks says why some targets are checked oftener than others, "" where none is known to be: each request goes to all paths that a target has.
func (d *data) moreChecks(e verdict.Conformance) string {
	var with []string
	without, least, most := false, 0, 0 // the fewest checks of one that has such a driver, the most of one that has not
	for _, c := range e.Targets {
		t, ok := d.Plan.Target(c.ID)
		switch {
		case !ok:
		case t.Of != "": // another target, asked by other paths
		case t.Does(target.HasBlockingDatabase):
			if with = append(with, c.ID); least == 0 || c.Checked < least {
				least = c.Checked
			}
		default:
			without, most = true, max(most, c.Checked)
		}
	}
	if len(with) == 0 || !without || least <= most { // without a database nothing below /db is asked
		return ""
	}
	return "The requests are the same, and each is checked on all paths that answer it. A blocking driver has paths of its own, below /db/blocking, and so more checks: " + listed(with) + "."
}
