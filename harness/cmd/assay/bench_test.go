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

// judgedExample is the committed example as this version judges it.
func judgedExample(t *testing.T) conclusion {
	t.Helper()
	dir, err := rundir.Open(filepath.Join(repository, "reports", "example"))
	if err != nil {
		t.Fatal(err)
	}
	done, err := judged(dir)
	if err != nil {
		t.Fatal(err)
	}
	return done
}

// benchstat itself, at the version of go.mod, reads the example's bench.txt: every line of
// it, without a word of doubt, and shows a column for each target.
func TestRecordedExampleIsReadByBenchstat(t *testing.T) {
	t.Parallel()
	done := judgedExample(t)
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

// Two runs are set side by side, though the host's kernel and the name of its system are
// others: benchstat compares nothing over two files whose configurations differ.
func TestTwoRunsAreComparedByBenchstat(t *testing.T) {
	t.Parallel()
	done := judgedExample(t)
	var files []string
	for i, kernel := range []string{"6.18.44-1", "6.18.45-1"} {
		in := done.input
		in.RunID, in.Env.Kernel, in.Env.OS = "run-"+kernel, kernel, []string{"Debian GNU/Linux 12", "Debian GNU/Linux 13"}[i]
		body, err := rendered(func(w io.Writer) error { return report.Bench(w, in) })
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Contains(body, []byte("# kernel: "+kernel+"\n")) {
			t.Errorf("%s is not in the file: %s", kernel, body[:400])
		}
		files = append(files, filepath.Join(t.TempDir(), "bench.txt"))
		if err := os.WriteFile(files[i], body, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	cmd := exec.Command("go", append([]string{"tool", "benchstat"}, files...)...)
	tables, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	if compared, all := bytes.Count(tables, []byte("vs base")), bytes.Count(tables, []byte(files[0])); compared == 0 || compared != all {
		t.Errorf("%d of %d tables compare the two runs:\n%s", compared, all, tables)
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
