package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/assay-bench/assay/harness/claim"
	"github.com/assay-bench/assay/harness/demo"
	"github.com/assay-bench/assay/harness/plan"
	"github.com/assay-bench/assay/harness/report"
	"github.com/assay-bench/assay/harness/strict"
	"github.com/assay-bench/assay/harness/verdict"
)

// demos are the studies that `assay demo` makes.
func demos() []string { return []string{claim.Together, claim.AsyncRuntime} }

// demoFolder is where the programs of a demonstration are, below scenarios/.
func demoFolder(root, id string) string { return filepath.Join(root, "scenarios", id) }

func (c *console) demoCmd() *cobra.Command {
	var article string
	cmd := &cobra.Command{
		Use:   "demo together|async-runtime [FOLDER]",
		Short: "Build and run a demonstration, and judge the claim that rests on it",
		Long: `demo builds and runs the small programs of a demonstration and judges what they show:

  together       a Go program with a part in Rust: does it work, what does a call across the border
                 cost, what does the build
  async-runtime  does asynchronous work run without a runtime, in Rust and in Go

FOLDER is a copy of scenarios/together or scenarios/async-runtime with programs of yours; their
README.md say what may change. It needs Go, Rust and a C compiler, no network, and takes seconds.

Exit status 1: a tool is missing, or a program did not build or run.`,
		Example: "  assay demo together\n  assay demo async-runtime my-programs",
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return misuse{errors.New("which demonstration? " + strings.Join(demos(), " or "))}
			}
			return atMostArgs(2)(cmd, args)
		},
		RunE: func(cmd *cobra.Command, args []string) error { return c.demo(cmd.Context(), article, args) },
	}
	cmd.Flags().StringVar(&article, "article", defaultArticle, articleUsage)
	return cmd
}

func (c *console) demo(ctx context.Context, article string, args []string) error {
	root, err := c.checkout()
	if err != nil {
		return err
	}
	a, err := findArticle(root, article)
	if err != nil {
		return misuse{err}
	}
	ledger, err := a.loadLedger()
	if err != nil {
		return misuse{err}
	}
	ledger, says := demonstratedBy(ledger, args[0])
	if len(says) == 0 {
		return misuse{fmt.Errorf("no demonstration %s that a claim rests on; %s", strict.Quote(args[0]), strict.Suggest(args[0], demos(), "there are "+strings.Join(demos(), " and ")))}
	}
	folder := demoFolder(root, args[0])
	if len(args) > 1 {
		folder = args[1]
	}
	if info, err := os.Stat(folder); err != nil || !info.IsDir() {
		return misuse{fmt.Errorf("%s is no folder; copy %s and change its programs", folder, demoFolder(root, args[0]))}
	}
	found, err := c.demonstrate(ctx, args[0], folder)
	if err != nil {
		return err
	}
	body, err := json.Marshal(found)
	if err != nil {
		return err
	}
	readings := judgeDemo(ledger, args[0], body)
	if err := report.Markdown(c.stdout, report.Demonstrated(args[0], readings, says)); err != nil {
		return err
	}
	if readings[0].Verdict == verdict.NotMeasured {
		return errors.New(readings[0].Reason)
	}
	return nil
}

// demonstratedBy keeps the readings that rest on a demonstration, and says their sentences. Citations stay with the ledger.
func demonstratedBy(l claim.Ledger, id string) (claim.Ledger, []string) {
	var says []string
	var kept []claim.Claim
	for _, cl := range l.Claims {
		var readings []claim.Reading
		for _, r := range cl.Readings {
			if r.NotYet == "" && r.Shape == claim.Studied && r.Study == id && id != claim.Defects && id != claim.Conformance {
				r.Context = nil
				readings, says = append(readings, r), append(says, r.Says)
			}
		}
		if cl.Readings = readings; len(readings) > 0 {
			kept = append(kept, cl)
		}
	}
	l.Claims = kept
	return l, says
}

// judgeDemo judges those readings as a run would.
func judgeDemo(l claim.Ledger, id string, body json.RawMessage) []verdict.Reading {
	p := plan.Plan{Ledger: l, Limits: plan.DefaultLimits()}
	var out []verdict.Reading
	for _, cl := range verdict.JudgeWith(p, verdict.Studies{id: body}, nil).Claims {
		out = append(out, cl.Readings...)
	}
	return out
}

// demonstrate makes a demonstration; what was not shown is said on the log at once.
func (c *console) demonstrate(ctx context.Context, id, folder string) (any, error) {
	fmt.Fprintf(c.stderr, "demonstration %s ...\n", id)
	if id == claim.Together {
		found, err := demo.Together(ctx, folder)
		c.notShown(id, found.Missing, found.Failed)
		return found, err
	}
	found, err := demo.AsyncRuntime(ctx, folder)
	c.notShown(id, found.Missing, found.Failed)
	return found, err
}

func (c *console) notShown(id, missing, failed string) {
	if missing+failed != "" {
		fmt.Fprintf(c.stderr, "demonstration %s was not made: %s%s\n", id, missing, failed)
	}
}
