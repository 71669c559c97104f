package report

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/assay-bench/assay/harness/mistake"
	"github.com/assay-bench/assay/harness/trial"
	"github.com/assay-bench/assay/harness/verdict"
)

// The counts of a study of defects lead to the mistakes themselves, and say where those are for a run that lies elsewhere.
func TestDefectsLeadToTheCorpus(t *testing.T) {
	d := &data{Input: Input{Env: trial.Environment{Assay: "0.9 (commit abc)"}}}
	var page bytes.Buffer
	doc := Document{Title: "t", Sections: []Section{section("errors", d.defects(verdict.Defects{X: "rust", Y: "go", Tools: []string{"go 1.26"}})...)}}
	if err := Markdown(&page, doc); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"[scenarios/defects](../../scenarios/defects)", "[docs/defects.md](../../docs/defects.md)", "Both belong to assay 0.9 (commit abc); the links hold where the run lies in reports/ of its source."} {
		if !strings.Contains(page.String(), want) {
			t.Errorf("the page lacks %q:\n%s", want, page.String())
		}
	}
}

// What stops a mistake when it runs stands beside what stops it before, under a name for each end that there is.
func TestEndsOfDefectsAreShown(t *testing.T) {
	d := &data{}
	e := verdict.Defects{X: "rust", Y: "go", Classes: []string{"memory", "concurrency"}, Ends: []verdict.DefectEnd{
		{End: "rejected", Before: true, X: 12, Y: 1}, {End: "stopped", X: 7, Y: 15, XEdited: 9, YEdited: 16},
	}}
	var page bytes.Buffer
	if err := Markdown(&page, Document{Title: "t", Sections: []Section{section("errors", d.defects(e)...)}}); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"How those of memory and concurrency end", "| the compiler refuses it | yes | 12 | 1 | 0 | 0 |", "a panic or a fatal error | no | 7 | 15 | 9 | 16 |"} {
		if !strings.Contains(page.String(), want) {
			t.Errorf("the page lacks %q:\n%s", want, page.String())
		}
	}
	for _, f := range mistake.Fates() {
		if endName(string(f)) == string(f) {
			t.Errorf("no words for %s", f)
		}
	}
}

// The errors of the compilers stand apart from their warnings, and what the programs do that run all the same stands below.
func TestErrorsAndWarningsOfDefectsAreApart(t *testing.T) {
	d := &data{}
	e := verdict.Defects{X: "rust", Y: "go",
		Views:    []verdict.DefectView{{Name: mistake.Whole, X: 46, Y: 20, Of: 93, Holds: true}},
		ByErrors: []verdict.DefectView{{Name: mistake.Whole, X: 32, Y: 15, Of: 93, Holds: true}, {Name: mistake.Cheapest, X: 8, Y: 15, Of: 93}},
		Runs:     []verdict.DefectRun{{End: "gone", XRefused: 13, YRefused: 4}, {End: "silent", XRefused: 10, YRefused: 7, XWarned: 16, YWarned: 5}, {End: "unknown", XRefused: 1}},
	}
	var page bytes.Buffer
	if err := Markdown(&page, Document{Title: "t", Sections: []Section{section("errors", d.defects(e)...)}}); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"| the compiler and own linter (decides) | the whole corpus | 46 | 20 | 93 | yes |", "| the compiler's errors alone | the whole corpus | 32 | 15 | 93 | yes |",
		"| the compiler's errors alone | after the cheapest edit that satisfies the compiler | 8 | 15 | 93 | **no** |", "Mistakes that are noticed before the program runs.",
		"| the mistake is gone: the output is right | 13 | 4 | 0 | 0 |", "| silent: the output is wrong | 10 | 7 | 16 | 5 |", "| not recorded by the version that made the run | 1 | 0 | 0 | 0 |",
	} {
		if !strings.Contains(page.String(), want) {
			t.Errorf("the page lacks %q:\n%s", want, page.String())
		}
	}
	for _, end := range mistake.Ends() {
		if runName(string(end)) == string(end) {
			t.Errorf("no words for %s", end)
		}
	}
}

// The links of a committed report lead to what is there: a run directory's own files, and the project's.
func TestLinksOfTheExamples(t *testing.T) {
	relative := regexp.MustCompile(`\]\(([^)#:]+)\)`)
	for _, run := range []string{"example", "example-process"} {
		dir := filepath.Join("..", "..", "reports", run)
		page, err := os.ReadFile(filepath.Join(dir, "report.md"))
		if err != nil {
			t.Fatal(err)
		}
		found := relative.FindAllStringSubmatch(string(page), -1)
		if len(found) == 0 {
			t.Errorf("%s: no link to a file", run)
		}
		for _, m := range found {
			if _, err := os.Stat(filepath.Join(dir, filepath.FromSlash(m[1]))); err != nil {
				t.Errorf("%s: a link leads nowhere: %v", run, err)
			}
		}
	}
}
