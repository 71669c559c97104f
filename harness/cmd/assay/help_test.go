package main

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/spf13/cobra"

	"github.com/assay-bench/assay/harness/plan"
)

// commandsOf are all that a user may call, the root first.
func commandsOf(t *testing.T) []*cobra.Command {
	t.Helper()
	var all []*cobra.Command
	var walk func(*cobra.Command)
	walk = func(c *cobra.Command) {
		if c.Hidden {
			return
		}
		all = append(all, c)
		for _, sub := range c.Commands() {
			walk(sub)
		}
	}
	walk(newRoot(io.Discard, io.Discard))
	if len(all) < 14 {
		t.Fatalf("%d commands", len(all))
	}
	return all
}

// The help of each command is held by a script.
func TestEveryHelpIsHeld(t *testing.T) {
	t.Parallel()
	script, err := os.ReadFile(filepath.Join("testdata", "script", "help.txtar"))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range commandsOf(t) {
		words := strings.Fields(c.CommandPath())
		held := "\nexec " + words[0] + " " + strings.Join(words[1:], " ") + " --help\ncmp stdout " + strings.Join(words[min(1, len(words)-1):], "-") + ".txt\n"
		if !strings.Contains(string(script), held) {
			t.Errorf("help.txtar lacks %q", held)
		}
	}
}

// Every exit status of the program stands in its help, its documentation and README.md.
func TestHelpListsEveryExitStatus(t *testing.T) {
	t.Parallel()
	var help bytes.Buffer
	if code := runCommand(t.Context(), []string{"--help"}, &help, io.Discard); code != exitOK {
		t.Fatalf("exit status %d", code)
	}
	texts := map[string]string{"--help": help.String()}
	for name, file := range map[string]string{"README.md": filepath.Join(repository, "README.md"), "doc.go": "doc.go", "main.go": "main.go"} {
		b, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		texts[name] = string(b)
	}
	statuses := regexp.MustCompile(`(?m)^\texit\w+\s*= (\d+)$`).FindAllStringSubmatch(texts["main.go"], -1)
	if len(statuses) != 6 {
		t.Errorf("main.go declares %d exit statuses, this test knows of 6", len(statuses))
	}
	for _, name := range []string{"--help", "README.md", "doc.go"} {
		_, told, _ := strings.Cut(texts[name], "Exit status: ")
		told, _, _ = strings.Cut(told, "\n\n")
		for _, s := range statuses {
			if !regexp.MustCompile(`\b` + s[1] + `\b`).MatchString(told) {
				t.Errorf("%s does not tell of exit status %s: %q", name, s[1], told)
			}
		}
	}
}

// A command whose help shows examples understands them: its own name, its flags and as many arguments as it takes.
func TestExamplesOfHelp(t *testing.T) {
	t.Parallel()
	shown := 0
	for _, c := range commandsOf(t) {
		for line := range strings.Lines(c.Example) {
			words := strings.Fields(line)
			if len(words) == 0 {
				continue
			}
			shown++
			found, rest, err := newRoot(io.Discard, io.Discard).Find(words[1:])
			if err != nil || words[0] != "assay" || found.CommandPath() != c.CommandPath() {
				t.Errorf("%q is no example of %s: %v", line, c.CommandPath(), err)
				continue
			}
			if err := found.ParseFlags(rest); err != nil {
				t.Errorf("%q: %v", line, err)
			}
			if err := found.ValidateArgs(found.Flags().Args()); err != nil {
				t.Errorf("%q: %v", line, err)
			}
		}
	}
	if shown < 8 {
		t.Errorf("%d examples", shown)
	}
}

// A flag says what it does, and where it is left at zero, what is taken then.
func TestFlagsAreDescribed(t *testing.T) {
	t.Parallel()
	for _, c := range commandsOf(t) {
		if c.Short == "" {
			t.Errorf("%s does not say what it does", c.CommandPath())
		}
		for f := range strings.Lines(c.LocalFlags().FlagUsages()) {
			if words := strings.Fields(f); len(words) < 4 {
				t.Errorf("%s: flag %q is not described", c.CommandPath(), f)
			}
		}
	}
}

// Numbers that a flag's help tells are those of the code.
func TestDefaultsOfHelp(t *testing.T) {
	t.Parallel()
	for path, wants := range map[string]map[string]string{
		"assay run":   {"blocks": "at least " + strconv.Itoa(plan.DefaultLimits().MinBlocks)},
		"assay prove": {"blocks": "the fewest that give a verdict, " + strconv.Itoa(plan.DefaultLimits().MinBlocks)},
	} {
		for _, c := range commandsOf(t) {
			if c.CommandPath() != path {
				continue
			}
			for flag, want := range wants {
				if f := c.Flags().Lookup(flag); f == nil || !strings.Contains(f.Usage, want) {
					t.Errorf("%s --%s: %+v, want %q", path, flag, f, want)
				}
			}
		}
	}
	b, err := os.ReadFile(filepath.Join(repository, "scenarios", "profiles.toml"))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range commandsOf(t) {
		if c.CommandPath() != "assay run" {
			continue
		}
		for _, id := range regexp.MustCompile(`(?m)^id = "(\w+)"$`).FindAllStringSubmatch(string(b), -1) {
			if !strings.Contains(c.Flags().Lookup("profile").Usage, id[1]) {
				t.Errorf("--profile does not name %s", id[1])
			}
		}
	}
}
