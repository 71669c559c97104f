package main

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/assay-bench/assay/harness/plan"
	"github.com/assay-bench/assay/harness/rundir"
	"github.com/assay-bench/assay/harness/verdict"
)

// recordedRuns are the recorded run, and the same with a second server that needs a third less CPU time.
func recordedRuns(t *testing.T) (before, after *rundir.Dir) {
	t.Helper()
	open := func(change func(string) string) *rundir.Dir {
		path := filepath.Join(t.TempDir(), "run")
		if err := os.CopyFS(path, os.DirFS(filepath.Join("testdata", "recorded"))); err != nil {
			t.Fatal(err)
		}
		trials := filepath.Join(path, "trials.jsonl")
		body, err := os.ReadFile(trials)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(trials, []byte(change(string(body))), 0o644); err != nil {
			t.Fatal(err)
		}
		dir, err := rundir.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		return dir
	}
	cheaper := func(body string) string {
		lines := strings.SplitAfter(body, "\n")
		for i, line := range lines {
			value := map[bool]string{true: "100.", false: "143."}[strings.Contains(line, `"target":"second"`)]
			if head, tail, ok := strings.Cut(line, `"cpu_us_per_request":`); ok {
				_, rest, _ := strings.Cut(tail, ",")
				lines[i] = head + `"cpu_us_per_request":` + value + string('1'+byte(i%7)) + "," + rest
			}
		}
		return strings.Join(lines, "")
	}
	return open(func(s string) string { return s }), open(cheaper)
}

// A summary that cannot be written is found before the run, and one that can be stays as it was.
func TestSummaryIsTriedBeforeTheRun(t *testing.T) {
	t.Setenv(summaryVariable, filepath.Join(t.TempDir(), "no such folder", "summary.md"))
	if err := summaryWritable(); err == nil || !strings.Contains(err.Error(), summaryVariable) || !strings.Contains(err.Error(), "or unset it") {
		t.Errorf("error %v", err)
	}
	name := filepath.Join(t.TempDir(), "summary.md")
	if err := os.WriteFile(name, []byte("earlier\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	t.Setenv(summaryVariable, name)
	if err := summaryWritable(); err != nil {
		t.Error(err)
	}
	if body, err := os.ReadFile(name); err != nil || string(body) != "earlier\n" {
		t.Errorf("%q, %v", body, err)
	}
	t.Setenv(summaryVariable, "")
	if err := summaryWritable(); err != nil {
		t.Error(err)
	}
}

// A run whose verdict is another one than before ends with an error of its own, and the job's summary has the verdicts and the change;
// one that changed nothing does not.
func TestARunIsHeldAgainstAnEarlierOne(t *testing.T) {
	before, after := recordedRuns(t)
	earlier, err := readRun(before)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		dir     *rundir.Dir
		changes int
	}{{before, 0}, {after, 1}} {
		var out bytes.Buffer
		s := session{console: &console{stdout: &out, stderr: &out}}
		versus, err := s.tellVersus(&earlier, c.dir)
		var verdicts changed
		if got := errors.As(err, &verdicts); got != (c.changes > 0) || versus == nil || len(versus.Changes) != c.changes {
			t.Errorf("%v, %v; want %d changes\n%s", versus, err, c.changes, &out)
		}
		summary := filepath.Join(t.TempDir(), "summary.md")
		t.Setenv(summaryVariable, summary)
		done, err := derive(c.dir)
		if err != nil {
			t.Fatal(err)
		}
		for range 2 { // appended, never written over
			if err := appendSummary(done.document, versus); err != nil {
				t.Fatal(err)
			}
		}
		text, err := os.ReadFile(summary)
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range done.document.Verdicts {
			if n := strings.Count(string(text), "| `"+row.Claim+"` | "+string(row.Verdict)); n != 2 {
				t.Errorf("claim %s stands %d times in the summary, want 2:\n%s", row.Claim, n, text)
			}
		}
		if has := strings.Contains(string(text), string(verdict.Inconclusive)+" -> ") || strings.Contains(string(text), "inconclusive |"); c.changes > 0 && !has {
			t.Errorf("the change is not in the summary:\n%s", text)
		}
	}
	s := session{}
	if versus, err := s.tellVersus(nil, before); versus != nil || err != nil {
		t.Errorf("without an earlier run: %v, %v", versus, err)
	}
	t.Setenv(summaryVariable, "")
	done, err := derive(before)
	if err != nil {
		t.Fatal(err)
	}
	if err := appendSummary(done.document, nil); err != nil {
		t.Errorf("outside of a job: %v", err)
	}
}

// What a plan alone shows to be incomparable is said before anything is measured: another article is misuse, another limit a warning,
// since the run after this one can be held against it.
func TestIncomparablePlansAreForeseen(t *testing.T) {
	before, _ := recordedRuns(t)
	earlier, err := readRun(before)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name         string
		change       func(*plan.Plan)
		misuse, said string
	}{
		{"the same plan", func(*plan.Plan) {}, "", ""},
		{"more blocks", func(p *plan.Plan) { p.Blocks++ }, "", ""},
		{"another article", func(p *plan.Plan) { p.Ledger.Article.ID = "other" }, "this one of other", ""},
		{"another margin", func(p *plan.Plan) { p.Ledger.Article.Margin = 1.5 }, "", "(margin: "},
		{"another limit", func(p *plan.Plan) { p.Limits.MinBlocks++ }, "", "(limit min_blocks: "},
	} {
		var log bytes.Buffer
		p := earlier.Plan
		c.change(&p)
		err := (&console{stderr: &log}).foreseen(&earlier, p)
		var wrong misuse
		if errors.As(err, &wrong) != (c.misuse != "") || err != nil && !strings.Contains(err.Error(), c.misuse) {
			t.Errorf("%s: %v, want misuse %q", c.name, err, c.misuse)
		}
		if !strings.Contains(log.String(), c.said) || c.said == "" && log.Len() > 0 {
			t.Errorf("%s: said %q, want %q", c.name, &log, c.said)
		}
	}
	if err := (&console{}).foreseen(nil, earlier.Plan); err != nil {
		t.Errorf("without an earlier run: %v", err)
	}
}

// The exit status of a changed verdict is one of its own.
func TestExitStatusOfAChangedVerdict(t *testing.T) {
	before, after := recordedRuns(t)
	var out, log bytes.Buffer
	if code := runCommand(t.Context(), []string{"compare", "--fail-on-change", before.Path(), after.Path()}, &out, &log); code != exitChanged {
		t.Errorf("exit status %d, want %d:\n%s%s", code, exitChanged, &out, &log)
	}
	log.Reset()
	if code := runCommand(t.Context(), []string{"run", "--against", filepath.Join(t.TempDir(), "none")}, &out, &log); code != exitMisuse || !strings.Contains(log.String(), "--against") {
		t.Errorf("an earlier run that is not there: exit status %d\n%s", code, &log)
	}
}
