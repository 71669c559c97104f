//go:build !race

package main

import (
	"bytes"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/perf/benchfmt"

	"github.com/assay-bench/assay/harness/report"
	"github.com/assay-bench/assay/harness/rundir"
)

// benchstat itself, at the version of go.mod, reads the example's bench.txt: every line of
// it, without a word of doubt, and shows a column for each target.
func TestRecordedExampleIsReadByBenchstat(t *testing.T) {
	t.Parallel()
	dir, err := rundir.Open(filepath.Join(repository, "reports", "example"))
	if err != nil {
		t.Fatal(err)
	}
	done, err := judged(dir)
	if err != nil {
		t.Fatal(err)
	}
	body, err := rendered(func(w io.Writer) error { return report.Bench(w, done.input) })
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "bench.txt")
	if err := os.WriteFile(file, body, 0o644); err != nil {
		t.Fatal(err)
	}
	if got, want := benchLines(t, body), done.input.Judgement.Trials.Usable; got != want {
		t.Errorf("%d lines are understood, and %d trials are usable", got, want)
	}
	cmd := exec.Command("go", "tool", "benchstat", "-col", "/target", file)
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	if err := cmd.Run(); err != nil || stderr.Len() > 0 {
		t.Fatalf("benchstat: %v\n%s", err, &stderr)
	}
	tables := stdout.String() // one for each metric and window: not every server is in every cell
	if !strings.Contains(tables, "vs base") {
		t.Fatalf("benchstat compares nothing:\n%s", tables)
	}
	columns := strings.FieldsFunc(tables, func(r rune) bool { return r == '│' || r == '\n' })
	for i := range columns {
		columns[i] = strings.TrimSpace(columns[i])
	}
	for _, target := range done.input.Plan.Targets {
		if !slices.Contains(columns, target.ID) {
			t.Errorf("benchstat shows no column for %s:\n%s", target.ID, tables)
		}
	}
}

// benchLines counts the lines that the format's own reader understands; others fail.
func benchLines(t *testing.T, body []byte) int {
	t.Helper()
	n := 0
	r := benchfmt.NewReader(bytes.NewReader(body), "bench.txt")
	for r.Scan() {
		switch rec := r.Result().(type) {
		case *benchfmt.Result:
			n++
		case *benchfmt.SyntaxError:
			t.Error(rec)
		}
	}
	if err := r.Err(); err != nil {
		t.Fatal(err)
	}
	return n
}
