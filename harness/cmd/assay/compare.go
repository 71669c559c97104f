package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"github.com/assay-bench/assay/harness/compare"
	"github.com/assay-bench/assay/harness/digits"
	"github.com/assay-bench/assay/harness/rundir"
)

// compareFlags are the flags of `assay compare`.
type compareFlags struct {
	format       string
	all          bool
	failOnChange bool
}

func (c *console) compareCmd() *cobra.Command {
	var f compareFlags
	cmd := &cobra.Command{
		Use:   "compare A B",
		Short: "Say what changed from run A to run B: verdicts, ratios, numbers, set-up",
		Long: `compare judges two runs again and says which verdicts changed, which ratios and numbers moved
by more than noise, and what differed in host, versions and servers. Where the two are not
comparable, or in their verdicts only, it says so and why. A and B are run directories, names
of runs, or "latest".

Exit status 1: the runs are not comparable. 3: a verdict changed and --fail-on-change is given. What
one of the two plans does not measure is listed apart, and is no change.`,
		Example: "  assay compare reports/example latest\n  assay compare --fail-on-change --format md monday tuesday",
		Args:    exactArgs(2),
		RunE:    func(_ *cobra.Command, args []string) error { return c.compare(f, args) },
	}
	cmd.Flags().StringVar(&f.format, "format", "text", "text, md or json")
	cmd.Flags().BoolVar(&f.all, "all", false, "list the numbers that did not move as well (json always does)")
	cmd.Flags().BoolVar(&f.failOnChange, "fail-on-change", false, "exit with status 3 when a verdict changed")
	return cmd
}

func (c *console) compare(f compareFlags, args []string) error {
	write, err := f.renderer()
	if err != nil {
		return err
	}
	var runs [2]compare.Run
	for i := range runs {
		if runs[i], err = c.recordedRun(args[i : i+1]); err != nil {
			return err
		}
	}
	done := compare.Compare(runs[0], runs[1])
	if err := write(c.stdout, done); err != nil {
		return err
	}
	switch {
	case done.Class == compare.NotComparable:
		return fmt.Errorf("%s and %s are not comparable; the output says why", args[0], args[1])
	case f.failOnChange && len(done.Changes) > 0:
		return changed{fmt.Errorf("%s changed from %s to %s", digits.Plural(len(done.Changes), "verdict"), args[0], args[1])}
	}
	return nil
}

func (f compareFlags) renderer() (func(io.Writer, compare.Comparison) error, error) {
	o := compare.Options{All: f.all}
	switch f.format {
	case "text":
		return func(w io.Writer, c compare.Comparison) error { return compare.Text(w, c, o) }, nil
	case "md":
		return func(w io.Writer, c compare.Comparison) error { return compare.Markdown(w, c, o) }, nil
	case "json":
		return compare.JSON, nil
	}
	return nil, misuse{fmt.Errorf("--format %s: no such format; use %s", f.format, strings.Join([]string{"text", "md", "json"}, ", "))}
}

// recordedRun reads what a comparison needs of the run that the argument names.
func (c *console) recordedRun(arg []string) (compare.Run, error) {
	dir, err := c.argDir(arg)
	if err != nil {
		return compare.Run{}, err
	}
	r, err := readRun(dir)
	if err != nil {
		return r, err
	}
	differ, err := changedSources(dir, r.Records)
	c.warnChanged(dir, differ)
	return r, err
}

func readRun(dir *rundir.Dir) (compare.Run, error) {
	r := compare.Run{Name: dir.Name()}
	var err error
	if r.Plan, err = dir.Plan(); err != nil {
		return r, err
	}
	if r.Env, err = dir.Environment(); err != nil {
		return r, err
	}
	r.Records, err = keptRecords(dir)
	return r, err
}
