package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// repository is the checkout that this source stands in.
var repository = filepath.Join("..", "..", "..")

// runBy names, for each command of README.md and docs/, what runs it: a test of this
// package, a script of testdata/script, or a line of .ci/run. A command that is not here is
// run by TestDocumentedCommands itself.
func runBy() map[string]string {
	return map[string]string{
		"make bench":                                               "test TestMakeTargets",
		"make test":                                                "ci make test",
		"bin/assay claims --article my-article":                    "test TestOwnArticle",
		"bin/assay run --article my-article":                       "test TestOwnArticle",
		"bin/assay run --resume":                                   "test TestAssayKilledInMidTrial",
		"bin/assay judge":                                          "script derive.txtar",
		"bin/assay report":                                         "script derive.txtar",
		"bin/assay verify":                                         "script verify.txtar",
		"bin/assay prove":                                          "script prove.txtar",
		"bin/assay defects":                                        "test TestDefects",
		"bin/assay demo together":                                  "test TestDemo",
		"bin/assay defects --only cwe-362-counter":                 "test TestDefects",
		"bin/assay defects my-defects":                             "test TestOwnDefects",
		"bin/assay compare example latest":                         "script compare.txtar",
		"bin/assay compare --all --format md example latest":       "script compare.txtar",
		"bin/assay compare --fail-on-change example latest":        "script compare.txtar",
		"bin/assay target verify go-server":                        "test TestTargetVerify",
		"go tool benchstat -col /target reports/example/bench.txt": "test TestRecordedExampleIsReadByBenchstat",
	}
}

func TestDocumentedCommands(t *testing.T) {
	t.Parallel()
	documented := documentedCommands(t)
	by := runBy()
	for _, command := range documented {
		if where, ok := by[command]; ok {
			if err := exists(where); err != nil {
				t.Errorf("`%s`: %v", command, err)
			}
			delete(by, command)
			continue
		}
		args, ok := strings.CutPrefix(command, "bin/assay ")
		if !ok {
			t.Errorf("`%s` is in the documentation, and no test runs it; name one in runBy", command)
			continue
		}
		if err := harmless(strings.Fields(args)); err != nil {
			t.Errorf("`%s`: %v", command, err)
		}
	}
	for command := range by {
		t.Errorf("runBy has `%s`, the documentation no longer", command)
	}
}

// A check that cannot fail is none.
func TestDocumentedCommandsFindsWhatNothingRuns(t *testing.T) {
	t.Parallel()
	if err := harmless([]string{"run", "--no-such-flag"}); err == nil {
		t.Error("a flag that is not there passes")
	}
	if err := harmless([]string{"frobnicate"}); err == nil {
		t.Error("a command that is not there passes")
	}
	for _, where := range []string{"test TestNoSuchTest", "script nosuch.txtar", "ci no such step", "hope"} {
		if exists(where) == nil {
			t.Errorf("%q passes", where)
		}
	}
	if got := commands("text\n```sh\na  # why\n\n# only a comment\nb \\\n  c\n```\n```go\nno\n```\n"); !slices.Equal(got, []string{"a", "b c"}) {
		t.Errorf("commands %q", got)
	}
}

// documentedCommands are those of all ```sh blocks, each once.
func documentedCommands(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(repository, "docs", "*.md"))
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, name := range append(files, filepath.Join(repository, "README.md")) {
		body, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, commands(string(body))...)
	}
	if len(all) == 0 {
		t.Fatal("no commands in README.md")
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// commands returns the commands of a document's ```sh blocks without their comments.
func commands(document string) []string {
	var all []string
	inside := false
	for line := range strings.Lines(strings.ReplaceAll(document, "\\\n", "")) {
		line = strings.TrimSpace(line)
		if strings.HasPrefix(line, "```") {
			inside = line == "```sh"
			continue
		}
		command, _, _ := strings.Cut(line, "#")
		if command = strings.Join(strings.Fields(command), " "); inside && command != "" {
			all = append(all, command)
		}
	}
	return all
}

// exists checks that what shall run a command is there.
func exists(where string) error {
	kind, name, _ := strings.Cut(where, " ")
	files, text := []string{}, name
	switch kind {
	case "test":
		files, _ = filepath.Glob("*_test.go") // the pattern is well-formed
		text = "func " + name + "(t *testing.T)"
	case "script":
		_, err := os.Stat(filepath.Join("testdata", "script", name))
		return err
	case "ci":
		files = []string{filepath.Join(repository, ".ci", "run")}
	}
	for _, file := range files {
		body, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		if strings.Contains(string(body), text) {
			return nil
		}
	}
	return fmt.Errorf("is said to be run by %q, which is not there", where)
}

// harmless runs a documented command on the real claims, scenarios and targets; of a run,
// the plan alone, for plain processes.
func harmless(args []string) error {
	if args[0] == "run" {
		args = append(args, "--dry-run")
		if !slices.Contains(args, "--runtime") {
			args = append(args, "--runtime", "process")
		}
	}
	cmd := exec.Command(built.binary, args...)
	cmd.Dir = repository
	out, err := cmd.CombinedOutput()
	if err != nil && strings.Contains(string(out), "this host allows") {
		return nil // a low limit of open files is the host's affair, and it was said
	}
	if err != nil {
		return fmt.Errorf("%w\n%s", err, out)
	}
	return nil
}

// What make does with its measuring targets, assay takes.
func TestMakeTargets(t *testing.T) {
	t.Parallel()
	for target, want := range map[string]string{
		"bench": "bin/assay run ", "quick": "bin/assay run --profile quick ", "nightly": "bin/assay run --profile nightly ", "report": "bin/assay report",
	} {
		cmd := exec.Command("make", "--no-print-directory", "-n", target)
		cmd.Dir = repository
		out, err := cmd.Output()
		if err != nil {
			t.Errorf("make -n %s: %v", target, err)
			continue
		}
		lines := strings.Split(strings.TrimSuffix(string(out), "\n"), "\n")
		last := lines[len(lines)-1]
		if last != want {
			t.Errorf("make %s ends with %q, want %q", target, last, want)
		}
		if args := strings.Fields(last)[1:]; args[0] == "run" {
			if err := harmless(args); err != nil {
				t.Errorf("make %s: %v", target, err)
			}
		}
	}
}
