package main

import (
	"errors"
	"strings"
	"testing"

	"github.com/assay-bench/assay/harness/plan"
	"github.com/assay-bench/assay/harness/scenario"
	"github.com/assay-bench/assay/harness/target"
)

// Builds need the compilers of the host in both runtimes; starts need nothing.
func TestBuildsNeedTheHostsCompilers(t *testing.T) {
	targets := []target.Target{{ID: "one", Build: target.Build{Command: []string{"cc"}}}, {ID: "two", Build: target.Build{Command: []string{"rarec"}}}}
	lacking := func(command string) error {
		if command == "rarec" {
			return errors.New("not found")
		}
		return nil
	}
	for _, r := range []string{"docker", "process"} {
		if why := unmeasured(r, targets, lacking); !strings.Contains(why[scenario.Build], "rarec, which builds two, is not installed") || why[scenario.Start] != "" {
			t.Errorf("%s: %q", r, why)
		}
		if why := unmeasured(r, targets[:1], lacking); len(why) != 0 {
			t.Errorf("%s: %q", r, why)
		}
	}
	targets = []target.Target{{ID: "one", Build: target.Build{Command: []string{"cc"}, Development: &target.Development{Command: []string{"rarec"}}}}}
	if why := unmeasured("docker", targets, lacking); !strings.Contains(why[scenario.Build], "rarec, which builds one, is not installed") {
		t.Errorf("its development build's compiler: %q", why)
	}
}

// The plan says which builds a cell makes.
func TestThePlanSaysWhichBuilds(t *testing.T) {
	for want, c := range map[string]plan.Cell{
		"builds": {Mode: scenario.Build}, "builds in 5 blocks": {Mode: scenario.Build, Blocks: 5}, "9 starts": {Mode: scenario.Start, Starts: 9},
		"development builds in 5 blocks": {Mode: scenario.Build, Development: true, Blocks: 5},
	} {
		if got := withoutLoad(c); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
