package main

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/spf13/pflag"

	"github.com/assay-bench/assay/harness/plan"
)

// flagsOfPlan are those of `run` whose values a plan holds, also where they were chosen or drawn.
func flagsOfPlan() []string { return []string{"article", "profile", "runtime", "engine", "seed"} }

// flagsBesidePlan are the others that decide what is planned. The port is none of them: it may be another one from run to run.
func flagsBesidePlan() []string {
	return []string{"only", "blocks", "budget", "agents", "memory", "target-cpus", "load-cpus", "no-canaries"}
}

// given are the flags beside the plan that a run was given; empty, not nil, where it was given none.
func given(flags *pflag.FlagSet) map[string]string {
	kept := map[string]string{}
	for _, name := range flagsBesidePlan() {
		if f := flags.Lookup(name); f.Changed {
			kept[name] = f.Value.String()
		}
	}
	return kept
}

// again is the command for a new run with the same plan, as far as the flags given are known. Of these only those that it knows
// are written: they come from a file.
func again(p plan.Plan, flags map[string]string) string {
	var b strings.Builder
	b.WriteString("bin/assay run")
	if article := cmp.Or(p.Article, p.Ledger.Article.ID); article != defaultArticle {
		b.WriteString(" --article " + quoted(article))
	}
	fmt.Fprintf(&b, " --profile %s --runtime %s --engine %s --seed %d", p.Profile, p.Runtime, p.Engine, p.Seed)
	for _, name := range flagsBesidePlan() {
		value, ok := flags[name]
		switch {
		case !ok || value == "false":
		case value == "true":
			b.WriteString(" --" + name)
		default:
			b.WriteString(" --" + name + " " + quoted(value))
		}
	}
	return b.String()
}
