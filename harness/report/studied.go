package report

import (
	"math"
	"strings"

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
	return []Block{table(views), table(classes),
		paragraph(rawf("Tools: %s. Each mistake with what each tool said of it: docs/defects.md. The corpus is a list of kinds of mistakes, "+
			"not a sample of those that people make; a difference of ten kinds may be one in practice, or a hundred.", oneLine(strings.Join(e.Tools, "; "))))}
}

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
	return []Block{table(t)}
}
