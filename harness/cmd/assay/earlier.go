package main

import (
	"errors"
	"fmt"
	"os"

	"github.com/assay-bench/assay/harness/compare"
	"github.com/assay-bench/assay/harness/digits"
	"github.com/assay-bench/assay/harness/plan"
	"github.com/assay-bench/assay/harness/report"
	"github.com/assay-bench/assay/harness/rundir"
)

// summaryVariable names the file to which a job of GitHub Actions appends what it shows of itself, as Markdown.
const summaryVariable = "GITHUB_STEP_SUMMARY"

// changed marks the error of a comparison in which a verdict is another one: exit status 3.
type changed struct{ error }

func (c changed) Unwrap() error { return c.error }

// earlierRun reads the run that verdicts are to be held against, before anything is measured; nil where none is named.
func (c *console) earlierRun(name string) (*compare.Run, error) {
	if name == "" {
		return nil, nil
	}
	r, err := c.recordedRun([]string{name})
	if err != nil {
		return nil, fmt.Errorf("--against %s: %w", name, err)
	}
	return &r, nil
}

// foreseen tells before anything is built that this plan and the earlier run (nil: there is none) will not be comparable. Of
// another article it is misuse. Where a margin or a limit has changed, the run is measured: the next one can be held against it.
func (c *console) foreseen(earlier *compare.Run, p plan.Plan) error {
	if earlier == nil {
		return nil
	}
	if was, is := earlier.Plan.Ledger.Article.ID, p.Ledger.Article.ID; was != is {
		return misuse{fmt.Errorf("--against %s: that run is of article %s, this one of %s; name a run of the same article", earlier.Name, was, is)}
	}
	for _, d := range compare.Barriers(earlier.Plan, p) {
		fmt.Fprintf(c.stderr, "warning: this run will not be comparable with %s (%s: %s then, %s now): its verdicts stand, and it ends with exit status %d\n",
			earlier.Name, d.What, d.A, d.B, exitFailed)
	}
	return nil
}

// tellVersus prints what changed from an earlier run to this one; nil: there is none. The error is a [changed] where a verdict did.
func (s *session) tellVersus(earlier *compare.Run, dir *rundir.Dir) (*compare.Comparison, error) {
	if earlier == nil {
		return nil, nil
	}
	now, err := readRun(dir)
	if err != nil {
		return nil, err
	}
	done := compare.Compare(*earlier, now)
	fmt.Fprintf(s.stdout, "\nagainst %s:\n", earlier.Name)
	if err := compare.Text(s.stdout, done, compare.Options{}); err != nil {
		return nil, err
	}
	switch {
	case done.Class == compare.NotComparable:
		return &done, fmt.Errorf("this run and %s are not comparable; the output says why", earlier.Name)
	case len(done.Changes) > 0:
		return &done, changed{fmt.Errorf("%s changed since %s", digits.Plural(len(done.Changes), "verdict"), earlier.Name)}
	}
	return &done, nil
}

// summaryWritable finds out before anything is built whether the summary can be written: what a run measured would be there, and its job fail.
func summaryWritable() error {
	name := os.Getenv(summaryVariable)
	if name == "" {
		return nil
	}
	f, err := openSummary(name)
	if err != nil {
		return fmt.Errorf("%w; name a file that can be written, or unset it", err)
	}
	return f.Close()
}

func openSummary(name string) (*os.File, error) {
	f, err := os.OpenFile(name, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o644)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", summaryVariable, err)
	}
	return f, nil
}

// appendSummary adds the verdicts, and what changed, to the summary of the job that this run is a part of, if it is one of any.
func appendSummary(doc report.Document, versus *compare.Comparison) error {
	name := os.Getenv(summaryVariable)
	if name == "" {
		return nil
	}
	f, err := openSummary(name)
	if err != nil {
		return err
	}
	err = report.Summary(f, doc)
	if err == nil && versus != nil {
		err = compare.Markdown(f, *versus, compare.Options{})
	}
	return errors.Join(err, f.Close())
}
