package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

// The recorded runs stay small. With -record the one of this version is measured anew, as a
// change of the records' format demands; the other one is of records of schema 1, and no
// program writes these any more.
func TestRecordedRunsAreSmall(t *testing.T) {
	if *record {
		recordRun(t)
	}
	for _, run := range []string{recorded, chained} {
		checkSize(t, run)
	}
}

func checkSize(t *testing.T, run string) {
	t.Helper()
	var bytes int64
	err := filepath.WalkDir(run, func(_ string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		info, err := entry.Info()
		if err == nil {
			bytes += info.Size()
		}
		return err
	})
	if err != nil || bytes < 10_000 || bytes > 200_000 {
		t.Errorf("%s has %d bytes, want a run of at most 200,000: %v", run, bytes, err)
	}
}

// recordRun measures one cell in five blocks.
func recordRun(t *testing.T) {
	l := newLab(t)
	p := l.run(5, "--profile", "standard", "--only", "rate/400")
	p.finishes()
	l.settled(nil)
	if err := os.RemoveAll(chained); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"plan.json", "env.json", "trials.jsonl"} {
		if err := copyPlain(filepath.Join(l.dir(), name), filepath.Join(chained, name)); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.CopyFS(filepath.Join(chained, "raw"), os.DirFS(filepath.Join(l.dir(), "raw"))); err != nil {
		t.Fatal(err)
	}
}

func copyPlain(from, to string) error {
	body, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
		return err
	}
	return os.WriteFile(to, body, 0o644)
}
