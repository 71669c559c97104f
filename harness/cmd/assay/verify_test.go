//go:build !race

package main

import (
	"bytes"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/assay-bench/assay/harness/audit"
	"github.com/assay-bench/assay/harness/report"
	"github.com/assay-bench/assay/harness/rundir"
)

// reported is a copy of a run with all that derives from it.
func reported(t *testing.T, run string) (*rundir.Dir, []report.File) {
	t.Helper()
	to := filepath.Join(t.TempDir(), "run")
	if err := os.CopyFS(to, os.DirFS(run)); err != nil {
		t.Fatal(err)
	}
	dir, err := rundir.Open(to)
	if err != nil {
		t.Fatal(err)
	}
	files, err := derivedFiles(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if err := dir.WriteDerived(f.Name, f.Bytes); err != nil {
			t.Fatal(err)
		}
	}
	return dir, files
}

// A bit flipped anywhere in a run directory is found, and its file is the one that is
// named; of records the line too. The places are drawn, by a fixed seed.
func TestRecordedRunWithAFlippedBit(t *testing.T) {
	t.Parallel()
	dir, derived := reported(t, chained)
	if found, err := verifyRun(dir); err != nil || len(found.Differences) > 0 {
		t.Fatalf("before any change: %v, %v", found.Differences, err)
	}
	want := map[string][]byte{}
	for _, f := range derived {
		want[f.Name] = f.Bytes
	}
	rng := rand.New(rand.NewPCG(7, 7))
	kinds := map[string]int{}
	err := fs.WalkDir(os.DirFS(dir.Path()), ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		file := filepath.Join(dir.Path(), name)
		whole, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		for range flips(name) {
			at, bit := rng.IntN(len(whole)), rng.IntN(8)
			flipped := bytes.Clone(whole)
			flipped[at] ^= 1 << bit
			if err := os.WriteFile(file, flipped, 0o644); err != nil {
				return err
			}
			var found []rundir.Difference
			if made, ok := want[name]; ok { // the sources are as they were, and so is what derives from them
				found = audit.Derived(dir, name, made)
			} else if f, err := audit.Sources(dir); err != nil {
				return err
			} else {
				found = f.Differences
			}
			if err := names(found, name, 1+bytes.Count(whole[:at], []byte("\n"))); err != nil {
				t.Errorf("%s, bit %d of byte %d: %v", name, bit, at, err)
			}
			kinds[filepath.Ext(name)]++
		}
		return os.WriteFile(file, whole, 0o644)
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, kind := range []string{".json", ".jsonl", ".hlog", ".md", ".html", ".svg", ".png"} {
		if kinds[kind] == 0 {
			t.Errorf("no bit was flipped in a file of kind %s", kind)
		}
	}
	if found, err := verifyRun(dir); err != nil || len(found.Differences) > 0 {
		t.Errorf("after all was put back: %v, %v", found.Differences, err)
	}
}

// flips is how many places of a file are tried.
func flips(name string) int {
	switch {
	case name == "trials.jsonl":
		return 120
	case strings.HasPrefix(name, "raw/"):
		return 1
	}
	return 20
}

// names checks that the file, and of records the line, is among what was found, and that
// no other file is.
func names(found []rundir.Difference, file string, line int) error {
	named := false
	for _, d := range found {
		if d.File != file {
			return fmt.Errorf("another file is named: %s", d)
		}
		named = named || file != "trials.jsonl" || d.Line == line
	}
	if !named {
		return fmt.Errorf("not found; found %v", found)
	}
	return nil
}

// An edited verdict is named by its claim, with both values.
func TestRecordedRunWithAnEditedVerdict(t *testing.T) {
	t.Parallel()
	for _, run := range []string{chained, recorded} {
		dir, files := reported(t, run)
		for _, f := range files {
			if f.Name != "verdicts.json" {
				continue
			}
			edited := bytes.Replace(f.Bytes, []byte(`"verdict": "not testable"`), []byte(`"verdict": "supported"`), 1)
			if err := dir.WriteDerived(f.Name, edited); err != nil {
				t.Fatal(err)
			}
		}
		found, err := verifyRun(dir)
		if err != nil {
			t.Fatal(err)
		}
		const want = `verdicts.json: claims[nicer].verdict: recorded "supported", recomputed "not testable"`
		if len(found.Differences) != 1 || found.Differences[0].String() != want {
			t.Errorf("%s: found %v, want %s", run, found.Differences, want)
		}
	}
}

// What is no file of a run is named, and is no difference: somebody may keep notes beside a report.
func TestRecordedRunWithSurplusFiles(t *testing.T) {
	t.Parallel()
	dir, _ := reported(t, chained)
	if err := os.WriteFile(filepath.Join(dir.Path(), "report-final.md"), []byte("all supported\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	found, err := verifyRun(dir)
	if err != nil || len(found.Differences) != 0 || !slices.Contains(found.Notes, "report-final.md is no file of a run; nothing of it was checked") {
		t.Errorf("%v, %q, %v", found.Differences, found.Notes, err)
	}
}

// Records taken from the end leave no trace in the chain; without their raw data, and with
// the report made anew, the plan alone tells that something is not there.
func TestRecordedRunCutShort(t *testing.T) {
	t.Parallel()
	dir, _ := reported(t, chained)
	records, err := dir.Records()
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(dir.Path(), "trials.jsonl")
	body, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	cut := bytes.LastIndexByte(body[:len(body)-1], '\n') + 1
	if err := os.WriteFile(file, body[:cut], 0o644); err != nil {
		t.Fatal(err)
	}
	if err := dir.ClearRaw(records[len(records)-1].ID); err != nil {
		t.Fatal(err)
	}
	done, err := derive(dir)
	if err != nil {
		t.Fatal(err)
	}
	if err := done.write(dir); err != nil {
		t.Fatal(err)
	}
	found, err := verifyRun(dir)
	if err != nil || len(found.Differences) > 0 {
		t.Fatalf("%v, %v", found.Differences, err)
	}
	p, err := dir.Plan()
	if err != nil {
		t.Fatal(err)
	}
	if want := fmt.Sprintf("1 of %d planned trials have no usable record", len(p.Slots)); len(found.Notes) != 2 || !strings.HasPrefix(found.Notes[1], want) {
		t.Errorf("notes %q", found.Notes)
	}
}
