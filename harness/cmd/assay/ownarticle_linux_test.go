package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/assay-bench/assay/harness/verdict"
)

// The article that docs/own-article.md makes from scratch, in fewer than 40 lines of files and commands, is written down and
// measured as the page says.
func TestOwnArticle(t *testing.T) {
	t.Parallel()
	page, err := os.ReadFile(filepath.Join(repository, "docs", "own-article.md"))
	if err != nil {
		t.Fatal(err)
	}
	l, lines := newLab(t), 0
	place := t.TempDir()
	for name, text := range writtenFiles(string(page)) {
		lines += strings.Count(text, "\n")
		file := filepath.Join(place, name)
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for _, command := range commands(string(page)) {
		lines++
		args := strings.Fields(command)
		if args[0] != "bin/assay" {
			t.Fatalf("`%s` is not run here", command)
		}
		args = append(args[1:], "--root", repository)
		if args[0] == "run" {
			args = append(args, "--runtime", "process", "--port", strconv.Itoa(l.port), "--out", l.out)
		}
		for i, a := range args {
			if a == "my-article" {
				args[i] = filepath.Join(place, a)
			}
		}
		l.start(args...).finishes()
	}
	if lines == 0 || lines >= 40 {
		t.Errorf("%d lines of files and commands", lines)
	}
	l.judged(map[string][]verdict.Verdict{"cheaper": {verdict.Supported, verdict.Refuted, verdict.Inconclusive}})
}

// writtenFiles are a page's blocks of TOML, by the name of a file with which the paragraph before each begins.
func writtenFiles(page string) map[string]string {
	files := map[string]string{}
	for _, m := range regexp.MustCompile("(?m)^`([^`\n]+\\.toml)`[^\n]*\n\n```toml\n((?s:.*?))```$").FindAllStringSubmatch(page, -1) {
		files[m[1]] = m[2]
	}
	return files
}

// An article with servers of its own, which are one server under two settings, needs no code. Their settings reach them: a lazy
// collector leaves a server larger, whatever this host is busy with. Where it is too busy for five usable blocks there is no verdict,
// and the trials that it has show it all the same.
func TestExampleArticle(t *testing.T) {
	t.Parallel()
	l := newLab(t)
	l.start("run", "--root", repository, "--article", "gc-settings", "--profile", "quick", "--runtime", "process",
		"--port", strconv.Itoa(l.port), "--out", l.out).finishes()
	some := []verdict.Verdict{verdict.Supported, verdict.Refuted, verdict.Inconclusive}
	l.judged(map[string][]verdict.Verdict{
		"lazy-cpu": some, "eager-memory": {verdict.Supported, verdict.Inconclusive}, "eager-connections": some, "taste": {verdict.NotTestable},
	})
	largest, smallest := map[string]float64{}, map[string]float64{} // resident memory of each server
	for _, r := range l.records() {
		m, measured := r.Metrics["memory_bytes"]
		if r.Cell != "burst/32" || !measured {
			continue
		}
		largest[r.Target] = max(largest[r.Target], m)
		if was, seen := smallest[r.Target]; !seen || m < was {
			smallest[r.Target] = m
		}
	}
	if eager, lazy := largest["go-gc-50"], smallest["go-gc-400"]; eager == 0 || lazy <= eager {
		t.Errorf("resident memory: at most %.0f bytes with GOGC=50, at least %.0f with GOGC=400", eager, lazy)
	}
	report, err := os.ReadFile(filepath.Join(l.dir(), "report.md"))
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range []string{"| setting GOGC | `400` | `50` |", "bin/assay run --article scenarios/examples/gc-settings --profile quick"} {
		if !strings.Contains(string(report), part) {
			t.Errorf("the report lacks %q", part)
		}
	}
}

// judged asks that the lab's run stands up to verification, and has these claims, each with one of these verdicts and a reason.
func (l *lab) judged(want map[string][]verdict.Verdict) {
	l.t.Helper()
	l.start("verify", "--root", l.root, l.dir()).finishes()
	body, err := os.ReadFile(filepath.Join(l.dir(), "verdicts.json"))
	if err != nil {
		l.t.Fatal(err)
	}
	var j verdict.Judgement
	if err := json.Unmarshal(body, &j); err != nil {
		l.t.Fatal(err)
	}
	if len(j.Claims) != len(want) {
		l.t.Errorf("%d claims, want %d", len(j.Claims), len(want))
	}
	for _, c := range j.Claims {
		if !slices.Contains(want[c.ID], c.Verdict) || c.Reason == "" {
			l.t.Errorf("%s: %s (%s), want one of %v", c.ID, c.Verdict, c.Reason, want[c.ID])
		}
	}
}
