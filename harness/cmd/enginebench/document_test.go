package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/assay-bench/assay/harness/load"
)

func TestDocument(t *testing.T) {
	t.Parallel()
	golden(t, "engine-bench.md", document(synthetic(), notes{text: "The p99 is bound by **the scheduler**.", commit: "0123456789ab", cpu: "another CPU"}))
	golden(t, "wanted.txt", wantedText(synthetic()))
}

// A run that measured nothing says so, and has no empty tables.
func TestDocumentOfNothing(t *testing.T) {
	t.Parallel()
	text := document(&results{}, notes{})
	if n := strings.Count(text, "| "+unknown+" | "+unknown+" |"); n != len(figures(&results{})) {
		t.Errorf("%d figures are not measured, of %d", n, len(figures(&results{})))
	}
	if strings.Contains(text, "## Notes") || strings.Contains(text, "## Every") {
		t.Errorf("an empty section in\n%s", text)
	}
}

// Notes go into the document as they are; where another commit or host was measured, their figures are called another run's.
func TestNotesSurvive(t *testing.T) {
	t.Parallel()
	root := t.TempDir()
	b := &bench{options: options{root: root}}
	if n, err := b.notes(); err != nil || n.text != "" {
		t.Errorf("without a file: %+v, %v", n, err)
	}
	if err := os.Mkdir(filepath.Join(root, "docs"), 0o755); err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(root, "docs", notesFile)
	const text = "These notes were written for the run of assay 0123456789ab on a CPU @ 2 GHz.\n\ntried: busy polling\n"
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	n, err := b.notes()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		commit, cpu string
		same        bool
	}{
		{"0123456789ab", "a CPU @ 2 GHz", true}, {"ba9876543210", "a CPU @ 2 GHz", false}, {"0123456789ab" + withChanges, "a CPU @ 2 GHz", false},
		{"0123456789ab", "another", false}, {"", "", false},
	} {
		got := document(&results{Environment: []fact{{"CPU", c.cpu}, {"assay", c.commit}}}, n)
		if strings.Contains(got, "## Notes\n\n"+text) != c.same || strings.Contains(got, "not those of the tables below") == c.same || !strings.Contains(got, text) {
			t.Errorf("of %q on %q:\n%s", c.commit, c.cpu, got)
		}
	}
	if err := os.WriteFile(name, []byte("tried: busy polling\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := b.notes(); err == nil || !strings.Contains(err.Error(), notesFile+":1: ") {
		t.Errorf("notes of no run: %v", err)
	}
}

// The notes that are there name the run whose document stands beside them.
func TestNotesAreThoseOfTheCommittedRun(t *testing.T) {
	t.Parallel()
	n, err := (&bench{options: options{root: "../../.."}}).notes()
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile("../../../docs/engine-bench.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"| assay | " + n.commit + " |\n", "| CPU | " + n.cpu + " |\n", "## Notes\n\n" + n.text + "\n"} {
		if n.text == "" || !strings.Contains(string(text), want) {
			t.Errorf("docs/engine-bench.md has no %.80q", want)
		}
	}
}

// A job that did not send its schedule has no lateness to show.
func TestRateOfAScheduleNotSent(t *testing.T) {
	t.Parallel()
	for _, r := range []load.Result{{Scheduled: 100, Sent: 99, Done: 99}, {Scheduled: 100, Sent: 100, Done: 99, Pending: 1}, {}} {
		if _, err := readResult(r); err == nil || !strings.Contains(err.Error(), "were sent") {
			t.Errorf("%+v: %v", r, err)
		}
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
