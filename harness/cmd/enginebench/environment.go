package main

import (
	"context"
	"fmt"
	"os/exec"
	"runtime"
	"runtime/debug"
	"strings"
	"time"

	"github.com/assay-bench/assay/harness/probe"
	"github.com/assay-bench/assay/harness/target"
)

// environment describes what it ran on. steal is a share of the CPUs' time, -1 when not known.
func (b *bench) environment(ctx context.Context, place target.Placement, steal float64) []fact {
	h := probe.ReadHost()
	facts := []fact{
		{"measured", time.Now().UTC().Format("2006-01-02 15:04 UTC")},
		{"CPU", h.CPUModel},
		{"CPUs", fmt.Sprintf("%d usable; servers on %s, generator on %d",
			len(h.UsableCPUs), probe.FormatCPUList(place.TargetCPUs), b.generator.cpu)},
		{"virtualisation", h.Virtualisation},
		{"system", h.OS},
		{"kernel", h.Kernel},
		{"clock source", h.ClockSource},
		{"open files", count(b.generator.openFiles) + " a process"},
		{"steal during the run", percent(steal)},
		{"windows", fmt.Sprintf("%v, %d rounds at most", b.window, b.pairs)},
		{"assay", revision()},
		{"Go", runtime.Version()},
		{"rustc", firstLine(ctx, "rustc", "--version")},
		{"vegeta", moduleVersion("github.com/tsenart/vegeta/v12")},
	}
	if b.wrkPath != "" {
		facts = append(facts, fact{"wrk", wrkVersion(ctx, b.wrkPath)})
	}
	for _, s := range b.servers {
		facts = append(facts, fact{s.id, s.stack})
	}
	for i, f := range facts {
		if f.Value == "" {
			facts[i].Value = "not known"
		}
	}
	return facts
}

func percent(share float64) string {
	if share < 0 {
		return ""
	}
	return fmt.Sprintf("%.1f %%", 100*share)
}

// firstLine is what a command prints, "" when it isn't here.
func firstLine(ctx context.Context, name string, args ...string) string {
	out, err := exec.CommandContext(ctx, name, args...).Output()
	if err != nil {
		return ""
	}
	line, _, _ := strings.Cut(string(out), "\n")
	return strings.TrimSpace(line)
}

// moduleVersion is that of a module this binary was built with.
func moduleVersion(path string) string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return ""
	}
	for _, m := range info.Deps {
		if m.Path == path {
			return m.Version
		}
	}
	return ""
}

// withChanges marks the revision of a build from files that were not committed.
const withChanges = " with changes"

// revision is the commit that this binary was built from, where the build knows it.
func revision() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return ""
	}
	var commit, changed string
	for _, s := range info.Settings {
		switch {
		case s.Key == "vcs.revision" && len(s.Value) >= 12:
			commit = s.Value[:12]
		case s.Key == "vcs.modified" && s.Value == "true":
			changed = withChanges
		}
	}
	return commit + changed
}
