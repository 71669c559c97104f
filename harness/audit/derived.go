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
	a, b := strings.Split(have, "\n"), strings.Split(want, "\n")
	var found []string
	more := 0
	for i := range max(len(a), len(b)) {
		var x, y string
		if i < len(a) {
			x = a[i]
		}
		if i < len(b) {
			y = b[i]
		}
		if x == y && (i < len(a)) == (i < len(b)) {
			continue
		}
		if len(found) == mostLines {
			more++
			continue
		}
		x, y = fromFirstDifference(x, y)
		found = append(found, fmt.Sprintf("line %d: has %q, the records give %q", i+1, excerpt(x), excerpt(y)))
	}
	if more > 0 {
		found = append(found, fmt.Sprintf("%d more lines differ", more))
	}
	return found
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
