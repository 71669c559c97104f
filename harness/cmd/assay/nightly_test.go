package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// The nightly job compares with the run before it, or says in its log and its summary that it does not, and why.
func TestNightlySaysWhatItComparesWith(t *testing.T) {
	script, err := filepath.Abs(filepath.Join(repository, ".ci", "before"))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ name, list, download, log, output string }{
		{"a run", "echo 7", "mkdir -p before/r && touch before/r/plan.json", "compared with before/r, of job 7", "against=--against before/r\n"},
		{"of the main branch alone", `case "$*" in *"--branch main "*) echo 7 ;; esac`, "mkdir -p before/r && touch before/r/plan.json", "of job 7", "against=--against before/r\n"},
		{"the newest that kept one", "echo 9; echo 8; echo 7; echo 6", `
			case "$3" in
			9) mkdir -p before/cut && exit 1 ;;
			8) mkdir -p before && touch before/report.md ;;
			*) [ ! -e before/cut ] && [ ! -e before/report.md ] && mkdir -p before/r$3 && touch before/r$3/plan.json ;;
			esac`, "compared with before/r7, of job 7", "against=--against before/r7\n"},
		{"no job", "true", "exit 9", "no job of this workflow has ended before", ""},
		{"no list", "exit 1", "exit 9", "the list of earlier jobs could not be read", ""},
		{"no artifact", "echo 7", "exit 1", "none of the last 1 jobs has an artifact `run`", ""},
		{"no run in it", "echo 7", "mkdir -p before && touch before/report.md", "none of the last 1 jobs has an artifact `run` that could be fetched and holds a run", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := t.TempDir()
			gh := "#!/bin/sh\ncase \"$2\" in\nlist) " + c.list + " ;;\ndownload) " + c.download + " ;;\nesac\n"
			if err := os.WriteFile(filepath.Join(dir, "gh"), []byte(gh), 0o700); err != nil {
				t.Fatal(err)
			}
			files := map[string]string{"GITHUB_OUTPUT": "", "GITHUB_STEP_SUMMARY": ""}
			cmd := exec.Command(script)
			cmd.Dir = dir
			cmd.Env = append(os.Environ(), "PATH="+dir+string(os.PathListSeparator)+os.Getenv("PATH"))
			for name := range files {
				cmd.Env = append(cmd.Env, name+"="+filepath.Join(dir, name))
				if err := os.WriteFile(filepath.Join(dir, name), nil, 0o600); err != nil {
					t.Fatal(err)
				}
			}
			log, err := cmd.CombinedOutput()
			if err != nil {
				t.Fatalf("%v: %s", err, log)
			}
			for name := range files {
				text, err := os.ReadFile(filepath.Join(dir, name))
				if err != nil {
					t.Fatal(err)
				}
				files[name] = string(text)
			}
			if !strings.Contains(string(log), c.log) || files["GITHUB_OUTPUT"] != c.output {
				t.Errorf("log %q, output %q; want %q and %q", log, files["GITHUB_OUTPUT"], c.log, c.output)
			}
			if said := strings.Contains(files["GITHUB_STEP_SUMMARY"], c.log); said != (c.output == "") {
				t.Errorf("the summary is %q", files["GITHUB_STEP_SUMMARY"])
			}
		})
	}
}

// The job runs that script, and measures against what it found.
func TestNightlyRunsTheScript(t *testing.T) {
	text, err := os.ReadFile(filepath.Join(repository, ".github", "workflows", "nightly.yml"))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"run: .ci/before\n", "AGAINST: ${{ steps.before.outputs.against }}\n", "id: before\n"} {
		if !strings.Contains(string(text), want) {
			t.Errorf("nightly.yml lacks %q", want)
		}
	}
}
