package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestDocument(t *testing.T) {
	t.Parallel()
	golden(t, "engine-bench.md", document(synthetic(), "The p99 is bound by **the scheduler**.\n"))
	golden(t, "wanted.txt", wantedText(synthetic()))
}

// A run that measured nothing says so, and has no empty tables.
func TestDocumentOfNothing(t *testing.T) {
	t.Parallel()
	text := document(&results{}, "")
	if n := strings.Count(text, "| "+unknown+" | "+unknown+" |"); n != len(figures(&results{})) {
		t.Errorf("%d figures are not measured, of %d", n, len(figures(&results{})))
	}
	if strings.Contains(text, "## Notes") || strings.Contains(text, "## Every") {
		t.Errorf("an empty section in\n%s", text)
	}
}

func TestNotesSurvive(t *testing.T) {
	t.Parallel()
	root := t.TempDir()
	b := &bench{options: options{root: root}}
	if text, err := b.notes(); err != nil || text != "" {
		t.Errorf("without a file: %q, %v", text, err)
	}
	if err := os.Mkdir(filepath.Join(root, "docs"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(root, "docs", notesFile), []byte("tried: busy polling\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	text, err := b.notes()
	if err != nil || !strings.Contains(document(&results{}, text), "## Notes\n\ntried: busy polling\n") {
		t.Errorf("notes %q, %v", text, err)
	}
}

func TestCount(t *testing.T) {
	t.Parallel()
	for n, want := range map[int]string{0: "0", 999: "999", 1000: "1,000", 19500: "19,500", 1234567: "1,234,567"} {
		if got := count(n); got != want {
			t.Errorf("%d: %s, want %s", n, got, want)
		}
	}
}
