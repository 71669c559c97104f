package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

func demoCommand(env []string, args ...string) (stdout, stderr string, err error) {
	cmd := exec.Command(built.binary, append([]string{"demo"}, args...)...)
	cmd.Dir, cmd.Env = repository, env
	var out, log strings.Builder
	cmd.Stdout, cmd.Stderr = &out, &log
	err = cmd.Run()
	return out.String(), log.String(), err
}

// Both demonstrations by the real command; times are not asserted.
func TestDemo(t *testing.T) {
	t.Parallel()
	for id, wants := range map[string][]string{
		"together":      {"**supported** it builds, runs, and gives Go's own answers to 4 functions in each of 10 rounds.", "| add two numbers | 10 | 0 |", "| Build | ", "| Binary | "},
		"async-runtime": {"**refuted** it does not run: ", "| the compiler refuses the program | ", "| a goroutine | go | the language's scheduler | runs | `ran` |"},
	} {
		out, log, err := demoCommand(os.Environ(), id)
		if err != nil || log != "demonstration "+id+" ...\n" {
			t.Errorf("%s: %v\n%s", id, err, log)
		}
		for _, want := range wants {
			if !strings.Contains(out, want) {
				t.Errorf("%s: no %q in\n%s", id, want, out)
			}
		}
	}
}

// A folder of one's own is judged by what its programs do, and left as it was.
func TestDemoOfAFolder(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "mine")
	if err := os.CopyFS(dir, os.DirFS(filepath.Join(repository, "scenarios", "together"))); err != nil {
		t.Fatal(err)
	}
	lib := filepath.Join(dir, "rust", "lib.rs")
	text, err := os.ReadFile(lib)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(lib, []byte(strings.Replace(string(text), "a.wrapping_add(b)", "a.wrapping_sub(b)", 1)), 0o644); err != nil {
		t.Fatal(err)
	}
	out, log, err := demoCommand(os.Environ(), "together", dir)
	if err != nil || !strings.Contains(out, "**refuted** answers differ: add two numbers in 10 of 10 rounds.") {
		t.Errorf("%v\n%s\n%s", err, log, out)
	}
}

func TestDemoThatCannotBe(t *testing.T) {
	t.Parallel()
	here := os.Environ()
	for name, c := range map[string]struct {
		env  []string
		args []string
		exit int
		want string
	}{
		"no name":      {here, nil, 2, "which demonstration? together or async-runtime"},
		"another name": {here, []string{"togther"}, 2, `no demonstration "togther" that a claim rests on; did you mean together?`},
		"a study":      {here, []string{"defects"}, 2, `no demonstration "defects"`},
		"no folder":    {here, []string{"together", "nosuch"}, 2, "nosuch is no folder; copy "},
		"no list":      {here, []string{"async-runtime", "docs"}, 1, "programs.toml"},
		"no tools":     {[]string{"PATH=" + t.TempDir()}, []string{"together"}, 1, "not measured: go is not in PATH; install Go"},
	} {
		_, log, err := demoCommand(c.env, c.args...)
		exit, ok := err.(*exec.ExitError)
		if !ok || exit.ExitCode() != c.exit || !strings.Contains(log, c.want) {
			t.Errorf("%s: %v\n%s", name, err, log)
		}
	}
}
