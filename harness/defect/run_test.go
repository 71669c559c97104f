package defect

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/assay-bench/assay/harness/mistake"
)

// examineReal runs the real tools; it fails where one is missing, as `assay defects` does.
func examineReal(t *testing.T, c Corpus, o Options) (mistake.Study, error) {
	t.Helper()
	tools, err := FindTools(t.Context(), filepath.Join("..", ".."))
	if err != nil {
		t.Fatal(err)
	}
	return Examine(t.Context(), c, tools, o)
}

// Four defects, one for each way to end; the whole corpus is for `assay defects`.
func TestExamine(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	c := realCorpus(t)
	wants := map[string][2][]mistake.Outcome{
		"cwe-563-unused":  {{mistake.Rejected}, {mistake.Warned, mistake.Passed, mistake.Silent, mistake.Silent}},
		"cwe-362-counter": {{mistake.Passed, mistake.Passed, mistake.Passed, mistake.Silent, mistake.Stopped}, {mistake.Rejected}},
		"cwe-681-narrow":  {{mistake.Passed, mistake.Passed, mistake.Passed, mistake.Silent, mistake.Silent}, {mistake.Passed, mistake.Passed, mistake.Silent, mistake.Silent}},
		"cwe-369-integer": {{mistake.Passed, mistake.Passed, mistake.Passed, mistake.Stopped, mistake.Stopped}, {mistake.Passed, mistake.Passed, mistake.Stopped, mistake.Stopped}},
	}
	var some []Defect
	for _, d := range c.Defects {
		if _, ok := wants[d.ID]; ok {
			some = append(some, d)
		}
	}
	c.Defects = some
	s, err := examineReal(t, c, Options{Jobs: 2, Limits: StandardLimits()})
	if err != nil {
		t.Fatal(err)
	}
	if len(s.Defects) != len(wants) || len(s.Tools) != 4 {
		t.Fatalf("%+v", s)
	}
	for _, r := range s.Defects {
		for i, language := range []string{mistake.Go, mistake.Rust} {
			steps, want := r.In(language).Steps, wants[r.ID][i]
			if len(steps) != len(want) {
				t.Errorf("%s %s: %+v", r.ID, language, steps)
				continue
			}
			for j, step := range steps {
				if step.Outcome != want[j] || step.Name != mistake.Columns(language)[j] {
					t.Errorf("%s %s: %+v, want %s %s", r.ID, language, step, mistake.Columns(language)[j], want[j])
				}
			}
			if edited := r.In(language).Edited; (want[0] == mistake.Rejected) != (edited != nil) {
				t.Errorf("%s %s: edited %+v", r.ID, language, edited)
			}
		}
	}
	empty(t, os.Getenv("TMPDIR"))
	data, err := s.JSON()
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(data), os.Getenv("TMPDIR")) {
		t.Error("the study names the temporary directory")
	}
}

func TestExamineFailsOnACorpusThatDoesNotFit(t *testing.T) {
	for name, c := range map[string]struct{ file, text, want string }{
		"an edit without need":    {"cwe-20-x/edited/rust/main.rs", "fn main() {}\n", "accepts the program as it is"},
		"no edit":                 {"cwe-20-x/rust/main.rs", "fn main() {\n    let x: i32 = \"a\";\n}\n", "add "},
		"a status of the program": {"cwe-20-x/rust/main.rs", "fn main() {\n    std::process::exit(3);\n}\n", "no known ending"},
	} {
		t.Setenv("TMPDIR", t.TempDir())
		corpus := tiny(t)
		write(t, filepath.Join(corpus.Dir, c.file), c.text)
		if _, err := examineReal(t, corpus, Options{Jobs: 1, Limits: StandardLimits()}); err == nil || !strings.Contains(err.Error(), c.want) || !strings.Contains(err.Error(), "cwe-20-x") {
			t.Errorf("%s: %v", name, err)
		}
		empty(t, os.Getenv("TMPDIR"))
	}
}

// What is interrupted leaves nothing behind and says what interrupted it.
func TestExamineInterrupted(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	tools, err := FindTools(t.Context(), filepath.Join("..", ".."))
	if err != nil {
		t.Fatal(err)
	}
	corpus := tiny(t)
	write(t, filepath.Join(corpus.Dir, "cwe-20-x/go/main.go"), "package main\n\nimport \"time\"\n\nfunc main() {\n\ttime.Sleep(time.Hour)\n}\n")
	cause := errors.New("caught")
	ctx, cancel := context.WithCancelCause(t.Context())
	go func() {
		for !exists(filepath.Join(os.Getenv("TMPDIR"))) || !running(os.Getenv("TMPDIR")) {
			time.Sleep(10 * time.Millisecond)
		}
		cancel(cause)
	}()
	if _, err := Examine(ctx, corpus, tools, Options{Jobs: 1, Limits: StandardLimits()}); !errors.Is(err, cause) {
		t.Errorf("%v", err)
	}
	empty(t, os.Getenv("TMPDIR"))
}

// running says whether a program has been given its directory.
func running(temp string) bool {
	found, err := filepath.Glob(filepath.Join(temp, "assay-defects-*", "*", "go", "in-run"))
	return err == nil && len(found) > 0
}

func TestMissingToolsAreNamed(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	if _, err := FindTools(t.Context(), "."); err == nil || !strings.Contains(err.Error(), "go is not in PATH; install") {
		t.Error(err)
	}
}

// empty wants no directory of ours; the tools' own are theirs.
func empty(t *testing.T, dir string) {
	t.Helper()
	if left, err := filepath.Glob(filepath.Join(dir, "assay-defects-*")); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}
