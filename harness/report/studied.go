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
		Caption: "Mistakes that are stopped before the program runs: by the compiler, its warnings, or the linter that comes with the language",
		Columns: []Column{{Title: "Counted"}, {Title: e.X, Right: true}, {Title: e.Y, Right: true}, {Title: "Of", Right: true}, {Title: e.X + " stops more"}},
	}
	for _, v := range e.Views {
		holds := plain("yes")
		if !v.Holds {
			holds = strong("no")
		}
		views.Rows = append(views.Rows, cells(plain(viewName(v)), plain(tick(math.Round(10*v.X)/10)), plain(tick(math.Round(10*v.Y)/10)), plain(tick(math.Round(10*v.Of)/10)), holds))
	}
	classes := Table{Caption: "By class, as they were written", Columns: []Column{{Title: "Class"}, {Title: e.X, Right: true}, {Title: e.Y, Right: true}, {Title: "Of", Right: true}}}
	for _, c := range e.ByClass {
		classes.Rows = append(classes.Rows, cells(plain(c.Class), plain(count(c.X)), plain(count(c.Y)), plain(count(c.Of))))
	}
	blocks := []Block{table(views), table(classes)}
	if len(e.Ends) > 0 {
		blocks = append(blocks, table(defectEnds(e)))
	}
	return append(blocks,
		paragraph(join(rawf("Tools: %s. The programs of each mistake, and why it was chosen: ", oneLine(strings.Join(e.Tools, "; "))), d.inCheckout("scenarios/defects"),
			raw(". Which mistakes are counted on each side, and what each tool said of each: "), d.inCheckout("docs/defects.md"), rawf(". Both belong to assay %s; the links hold where the run lies in reports/ of its source. ", d.version()),
			raw("The corpus is a list of kinds of mistakes, not a sample of those that people make; a difference of ten kinds may be one in practice, or a hundred."))))
}

// defectEnds shows who notices the mistakes that the reading is about, before they run and when they do.
func defectEnds(e verdict.Defects) Table {
	of := "all classes"
	if len(e.Classes) > 0 {
		of = strings.Join(e.Classes, " and ")
	}
	t := Table{
		Caption: "How those of " + of + " end: who notices first",
		Columns: []Column{{Title: "End"}, {Title: "Before it runs"}, {Title: e.X, Right: true}, {Title: e.Y, Right: true},
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
	without := false
	for _, c := range e.Targets {
		t, ok := d.Plan.Target(c.ID)
		switch {
		case !ok:
		case t.Of != "": // another target, asked by other paths
		case t.Does(target.HasBlockingDatabase):
			with = append(with, c.ID)
		default:
			without = true
		}
	}
	if len(with) == 0 || !without {
		return ""
	}
	return "The requests are the same, and each is checked on all paths that answer it. A blocking driver has paths of its own, below /db/blocking, and so more checks: " + listed(with) + "."
}
