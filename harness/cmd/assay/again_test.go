package main

import (
	"io"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/assay-bench/assay/harness/plan"
)

// parsedRun is `assay run` with the flags of a command line.
func parsedRun(t *testing.T, line string) *cobra.Command {
	t.Helper()
	cmd := (&console{}).runCmd()
	if err := cmd.ParseFlags(strings.Fields(strings.TrimPrefix(line, "bin/assay run"))); err != nil {
		t.Fatalf("%s: %v", line, err)
	}
	return cmd
}

// The line that makes a run again has what the plan says, and the other flags that the run was given; no more.
func TestTheCommandForANewRun(t *testing.T) {
	t.Parallel()
	p := plan.Plan{Article: "another", Profile: "nightly", Runtime: "docker", Engine: "vegeta", Seed: 7}
	const ofPlan = "bin/assay run --article another --profile nightly --runtime docker --engine vegeta --seed 7"
	for _, c := range []struct{ name, asked, rest string }{
		{"nothing else", "--profile nightly --out /tmp/runs --port 9000 --against a --dry-run", ""},
		{"every other flag", "--no-canaries --load-cpus 2-3 --target-cpus 0-1 --memory 512 --agents 2 --budget 90s --blocks 6 --only hold/1000",
			" --only hold/1000 --blocks 6 --budget 1m30s --agents 2 --memory 512 --target-cpus 0-1 --load-cpus 2-3 --no-canaries"},
		{"a flag that says the default", "--no-canaries=false --memory 2048", " --memory 2048"},
	} {
		kept := given(parsedRun(t, c.asked).Flags())
		if got := again(p, kept); got != ofPlan+c.rest {
			t.Errorf("%s:\ngot  %s\nwant %s", c.name, got, ofPlan+c.rest)
		} else if back := given(parsedRun(t, got).Flags()); again(p, back) != got {
			t.Errorf("%s: the command's own flags are kept as %v", c.name, back)
		}
	}
	if kept := given(parsedRun(t, "").Flags()); kept == nil {
		t.Error("a run without flags looks like one of which they are not known")
	}
	if got := again(p, map[string]string{"only": "a b; reboot", "out; reboot": "x"}); got != ofPlan+" --only 'a b; reboot'" {
		t.Errorf("of a file's flags: %s", got)
	}
	p.Article = defaultArticle
	if got := again(p, nil); strings.Contains(got, "--article") {
		t.Errorf("the default article is named: %s", got)
	}
}

// Each flag of `run` is used when a run is resumed, or refused by its name: none is passed over in silence.
func TestEveryFlagIsUsedOrRefusedAtResume(t *testing.T) {
	t.Parallel()
	used := []string{"against", "agent-binary", "help", "out", "port", "resume", "root"}
	seen := map[string]bool{}
	f := runFlags{port: 18080, engine: defaultEngine(), memoryMiB: 2048}
	check := func(flag *pflag.Flag) {
		seen[flag.Name] = true
		err := f.checkResumed(func(name string) bool { return name == flag.Name })
		if refused := err != nil && strings.Contains(err.Error(), "leave --"+flag.Name+" away"); refused == slices.Contains(used, flag.Name) {
			t.Errorf("--resume --%s: %v", flag.Name, err)
		}
	}
	for _, c := range newRoot(io.Discard, io.Discard).Commands() {
		if c.Name() == "run" {
			c.InitDefaultHelpFlag()
			c.LocalFlags().VisitAll(check)
			c.InheritedFlags().VisitAll(check)
		}
	}
	for _, name := range slices.Concat(used, flagsOfPlan(), flagsBesidePlan()) {
		if !seen[name] {
			t.Errorf("run has no flag --%s; it has %v", name, slices.Sorted(maps.Keys(seen)))
		}
	}
}
