package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/assay-bench/assay/harness/mistake"
)

// One defect of the real corpus by the real command; the whole takes minutes.
func TestDefects(t *testing.T) {
	t.Parallel()
	temp := t.TempDir()
	file := filepath.Join(temp, "study.json")
	cmd := exec.Command(built.binary, "defects", "--only", "cwe-362-counter", "--json", file)
	cmd.Dir = repository
	cmd.Env = append(os.Environ(), "TMPDIR="+temp)
	var log strings.Builder
	cmd.Stderr = &log
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v\n%s", err, log.String())
	}
	if log.String() != "defects: 1 of 1, cwe-362-counter\n" {
		t.Errorf("the log says %q", log.String())
	}
	if want := "| go | race | stopped | `WARNING: DATA RACE` |\n"; !strings.Contains(string(out), want) {
		t.Errorf("no %q in\n%s", want, out)
	}
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	s, err := mistake.ParseStudy(data)
	if err != nil || len(s.Defects) != 1 || s.Defects[0].Rust.Fate() != mistake.FateRejected {
		t.Errorf("%+v, %v", s, err)
	}
}

// A copy of one defect, with the list that docs/defects.md shows, is a corpus.
func TestOwnDefects(t *testing.T) {
	t.Parallel()
	document, err := os.ReadFile(filepath.Join(repository, "docs", "defects.md"))
	if err != nil {
		t.Fatal(err)
	}
	_, list, _ := strings.Cut(string(document), "```toml\n")
	list, _, found := strings.Cut(list, "```\n")
	if !found {
		t.Fatal("docs/defects.md shows no list")
	}
	dir := t.TempDir()
	copied := filepath.Join(dir, "my-defects", "cwe-20-negative")
	if err := os.CopyFS(copied, os.DirFS(filepath.Join(repository, "scenarios", "defects", "cwe-20-negative"))); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(filepath.Dir(copied), "corpus.toml"), []byte(list), 0o644); err != nil {
		t.Fatal(err)
	}
	root, err := filepath.Abs(repository)
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(built.binary, "--root", root, "defects", "my-defects")
	cmd.Dir, cmd.Env = dir, append(os.Environ(), "TMPDIR="+dir)
	var log strings.Builder
	cmd.Stderr = &log
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v\n%s", err, log.String())
	}
	if want := "| [cwe-20-negative](my-defects/cwe-20-negative/README.md): A negative quantity is accepted | input |  |  |  | silent | silent |  |  | silent | silent |\n"; !strings.Contains(string(out), want) {
		t.Errorf("no %q in\n%s", want, out)
	}
}

// A tool that is not there is an error that says what to install, not an empty column.
func TestDefectsWithoutTools(t *testing.T) {
	t.Parallel()
	cmd := exec.Command(built.binary, "defects")
	cmd.Dir, cmd.Env = repository, []string{"PATH=" + t.TempDir()}
	out, err := cmd.CombinedOutput()
	if err == nil || !strings.Contains(string(out), "go is not in PATH; install Go") {
		t.Errorf("%v\n%s", err, out)
	}
}

// A run goes on without the study, which says what was missing. Not beside other tests: it empties PATH.
func TestARunWithoutTheToolsOfTheStudy(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	var log strings.Builder
	s := session{console: &console{stderr: &log}, root: repository}
	found, err := s.studyDefects(t.Context())
	study, ok := found.(mistake.Study)
	if err != nil || !ok || !strings.HasPrefix(study.Missing, "go is not in PATH; install Go") || len(study.Defects) != 0 || !strings.Contains(log.String(), study.Missing) {
		t.Errorf("%+v, %v; the log says %q", found, err, log.String())
	}
}

// The tables of docs/defects.md follow from the kept study alone.
func TestDefectsFromAStudy(t *testing.T) {
	t.Parallel()
	cmd := exec.Command(built.binary, "defects", "--from", filepath.Join("harness", "defect", "testdata", "study.json"))
	cmd.Dir, cmd.Env = repository, []string{"PATH=" + t.TempDir()} // no tool is needed
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	document, err := os.ReadFile(filepath.Join(repository, "docs", "defects.md"))
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(document), string(out)) {
		t.Errorf("docs/defects.md does not hold\n%s", out)
	}
}
