package audit

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/assay-bench/assay/harness/rundir"
)

// mostLines is how many lines of one text are named that differ; the rest is counted.
const mostLines = 10

// Derived compares a derived file with what the records give. Of verdicts it names the
// values that differ, of other texts the lines.
func Derived(dir *rundir.Dir, name string, want []byte) []rundir.Difference {
	if what := dir.Irregular(name); what != "" { // and opening a named pipe waits for ever
		return []rundir.Difference{{File: name, What: what}}
	}
	have, err := os.ReadFile(filepath.Join(dir.Path(), name))
	var what []string
	switch {
	case errors.Is(err, fs.ErrNotExist):
		what = []string{"is missing; `assay report` writes it"}
	case err != nil:
		what = []string{err.Error()}
	case bytes.Equal(have, want):
		return nil
	case strings.HasSuffix(name, ".json"):
		if what = compareJSON(have, want); len(what) == 0 {
			what = []string{"differs in its layout from what the records give"}
		}
	case slices.Contains([]string{".md", ".html", ".txt"}, filepath.Ext(name)):
		what = compareLines(string(have), string(want))
	default:
		what = []string{"differs from what the records give"}
	}
	found := make([]rundir.Difference, 0, len(what))
	for _, w := range what {
		found = append(found, rundir.Difference{File: name, What: w})
	}
	return found
}

// Surplus names what a run directory holds beside sources, raw data and these derived files.
func Surplus(dir *rundir.Dir, derived map[string]bool) ([]string, error) {
	entries, err := os.ReadDir(dir.Path())
	if err != nil {
		return nil, err
	}
	var names []string
	for _, e := range entries {
		if !derived[e.Name()] && !rundir.Holds(e.Name()) {
			names = append(names, e.Name())
		}
	}
	return names, nil
}

// compareLines names lines by their number. Texts of different length are compared as far
// as both go: what follows an inserted line differs all the way.
func compareLines(have, want string) []string {
	a, b := linesOf(have), linesOf(want)
	var found []string
	more := 0
	for i := range max(len(a), len(b)) {
		what := lineApart(a, b, i)
		switch {
		case what == "":
		case len(found) == mostLines:
			more++
		default:
			found = append(found, what)
		}
	}
	if more > 0 {
		found = append(found, fmt.Sprintf("%d more lines differ", more))
	}
	return found
}

// linesOf are the lines of a text, each with its end.
func linesOf(text string) []string {
	lines := strings.SplitAfter(text, "\n")
	if lines[len(lines)-1] == "" {
		return lines[:len(lines)-1]
	}
	return lines
}

// lineApart says how two texts differ in the line with that index, "" where they do not.
func lineApart(have, want []string, i int) string {
	var x, y string
	if i < len(have) {
		x = have[i]
	}
	if i < len(want) {
		y = want[i]
	}
	at := fmt.Sprintf("line %d: ", i+1)
	switch {
	case x == y:
		return ""
	case x+"\n" == y: // x is a line without its end, or none and y an empty one
		return at + "the last line end is missing"
	case x == y+"\n":
		return at + "has one line end more than the records give"
	case x == "":
		return at + fmt.Sprintf("is missing, the records give %q", excerpt(strings.TrimSuffix(y, "\n")))
	case y == "":
		return at + fmt.Sprintf("has %q, the records give no such line", excerpt(strings.TrimSuffix(x, "\n")))
	}
	x, y = fromFirstDifference(strings.TrimSuffix(x, "\n"), strings.TrimSuffix(y, "\n"))
	return at + fmt.Sprintf("has %q, the records give %q", excerpt(x), excerpt(y))
}

// fromFirstDifference leaves a little before the first difference of two lines, so that an
// excerpt of long ones shows it.
func fromFirstDifference(a, b string) (string, string) {
	x, y := []rune(a), []rune(b)
	same := 0
	for same < min(len(x), len(y)) && x[same] == y[same] {
		same++
	}
	const before = 20
	if same <= before {
		return a, b
	}
	return "..." + string(x[same-before:]), "..." + string(y[same-before:])
}
