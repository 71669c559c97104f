package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"

	"github.com/assay-bench/assay/harness/measure"
	"github.com/assay-bench/assay/harness/plan"
	"github.com/assay-bench/assay/harness/report"
	"github.com/assay-bench/assay/harness/rundir"
	"github.com/assay-bench/assay/harness/trial"
	"github.com/assay-bench/assay/harness/verdict"
)

// A conclusion is everything that derives from a run directory's sources.
type conclusion struct {
	input    report.Input
	document report.Document
}

// derive judges a run and builds its document, with the plots that raw data gives. It writes nothing.
func derive(dir *rundir.Dir) (conclusion, error) { return conclude(dir, curves, changedSources) }

// judged is derive without the plots of raw data, which may be gone: verdicts follow from plan, environment and records alone.
func judged(dir *rundir.Dir) (conclusion, error) {
	return conclude(dir, func(*rundir.Dir, []trial.Record, plan.Limits) func(string) (report.Curve, error) { return nil }, changedSources)
}

func conclude(dir *rundir.Dir, quantiles func(*rundir.Dir, []trial.Record, plan.Limits) func(string) (report.Curve, error),
	changed func(*rundir.Dir, []trial.Record) (*verdict.Changed, error),
) (conclusion, error) {
	var c conclusion
	p, err := dir.Plan()
	if err != nil {
		return c, err
	}
	env, err := dir.Environment()
	if err != nil {
		return c, err
	}
	records, err := keptRecords(dir)
	if err != nil {
		return c, err
	}
	sources, err := dir.Sources()
	if err != nil {
		return c, err
	}
	for _, r := range records {
		sources = append(sources, r.Raw...)
	}
	judgement := verdict.JudgeWith(p, env.Studies, records)
	if judgement.Changed, err = changed(dir, records); err != nil {
		return c, err
	}
	c.input = report.Input{
		RunID: rundir.Name(env.StartedAt, sources[0].SHA256), Plan: p, PlanHash: sources[0].SHA256, Env: env, Records: records,
		Judgement: judgement, Quantiles: quantiles(dir, records, p.Limits), Hashes: sources,
		Command: again(p, env.Flags),
	}
	c.document, err = report.Build(c.input)
	return c, err
}

// keptRecords are the records of a run. That there are none, beside raw data of trials, is an error: what derives from it would say
// that nothing was measured.
func keptRecords(dir *rundir.Dir) ([]trial.Record, error) {
	records, err := dir.Records()
	if err != nil || len(records) > 0 {
		return records, err
	}
	lost, trials, err := dir.Lost()
	if err == nil && trials > 0 {
		err = fmt.Errorf("%s %s", filepath.Join(dir.Path(), lost.File), lost.What)
	}
	return nil, err
}

// changedSources says how plan, environment, records and raw data differ from what was written of them; nil where they do not.
func changedSources(dir *rundir.Dir, records []trial.Record) (*verdict.Changed, error) {
	found, err := dir.CheckChain()
	if err == nil && len(found) == 0 {
		found, err = dir.CheckRaw(records)
		// What no record names, such as the trial in which a run was stopped, is no ground of a verdict.
		found = slices.DeleteFunc(found, func(d rundir.Difference) bool { return d.Trial == "" })
	}
	if err != nil || len(found) == 0 {
		return nil, err
	}
	return &verdict.Changed{Differences: len(found), First: found[0].String()}, nil
}

// curves reads latency percentiles from the raw histograms, checked against the records.
func curves(dir *rundir.Dir, records []trial.Record, limits plan.Limits) func(string) (report.Curve, error) {
	byID := map[string]trial.Record{}
	for _, r := range records {
		byID[r.ID] = r
	}
	return func(id string) (report.Curve, error) {
		if !byID[id].HasRaw(measure.RawLatencies) {
			return nil, nil // the trial ended before its window
		}
		body, err := dir.ReadRaw(byID[id], measure.RawLatencies)
		if errors.Is(err, fs.ErrNotExist) {
			return nil, fmt.Errorf("%w; the plots take raw data, so restore %s from a copy; `assay judge` needs none", err, filepath.Join(dir.Path(), "raw"))
		}
		if err != nil {
			return nil, err
		}
		h, err := measure.ReadHistogram(body, measure.TagIntended)
		if err != nil {
			return nil, fmt.Errorf("trial %s: %w", id, err)
		}
		var curve report.Curve
		for _, percentile := range report.Percentiles() {
			if h.TotalCount() < limits.SamplesFor(percentile) {
				break // too few samples for this one and all beyond it
			}
			curve = append(curve, report.Quantile{Percentile: percentile, Milliseconds: float64(h.ValueAtQuantile(percentile)) / 1000})
		}
		return curve, nil
	}
}

// files returns what is derived, by name.
func (c conclusion) files() ([]report.File, error) {
	files, err := report.Plots(c.document)
	if err != nil {
		return nil, err
	}
	for _, f := range []struct {
		name   string
		render func(io.Writer) error
	}{
		{"verdicts.json", c.input.Judgement.WriteJSON},
		{"report.md", func(w io.Writer) error { return report.Markdown(w, c.document) }},
		{"report.html", func(w io.Writer) error { return report.HTMLOf(w, c.document, files) }},
		{"bench.txt", func(w io.Writer) error { return report.Bench(w, c.input) }},
	} {
		body, err := rendered(f.render)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", f.name, err)
		}
		files = append(files, report.File{Name: f.name, Bytes: body})
	}
	return files, nil
}

// write makes the derived files of the run directory anew.
func (c conclusion) write(dir *rundir.Dir) error {
	files, err := c.files()
	if err != nil {
		return err
	}
	for _, f := range files {
		if err := dir.WriteDerived(f.Name, f.Bytes); err != nil {
			return err
		}
	}
	return nil
}

// print shows the verdict table.
func (c conclusion) print(w io.Writer) error {
	return report.Terminal(width(w), colours(w))(w, c.document)
}

// runWords say what RUN is, for the help of the commands that take one.
const runWords = `RUN is a run directory, the name of a run, or
the latest by default.`

func (c *console) judgeCmd() *cobra.Command {
	return &cobra.Command{
		Use:   "judge [RUN]",
		Short: "Judge a run again from its records and print the verdicts",
		Long: `judge decides every claim again from a run's plan, environment and records, by the limits of its
plan, prints the verdicts and writes verdicts.json anew. Where records or raw data are not as they
were measured, verdicts.json says so. ` + runWords,
		Args: atMostArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			dir, done, err := c.derived(args, judged)
			if err != nil {
				return err
			}
			body, err := rendered(done.input.Judgement.WriteJSON)
			if err != nil {
				return err
			}
			if err := dir.WriteDerived("verdicts.json", body); err != nil {
				return err
			}
			return done.print(c.stdout)
		},
	}
}

func (c *console) reportCmd() *cobra.Command {
	return &cobra.Command{
		Use:   "report [RUN]",
		Short: "Write a run's report and plots again from its records",
		Long: `report judges a run again from its records, and writes its verdicts.json, report.md, report.html,
plots and bench.txt anew. Where records or raw data are not as they were measured, the
first lines say so. ` + runWords,
		Args: atMostArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			dir, done, err := c.derived(args, derive)
			if err != nil {
				return err
			}
			if err := done.write(dir); err != nil {
				return err
			}
			fmt.Fprintln(c.stdout, filepath.Join(dir.Path(), "report.md"))
			return nil
		},
	}
}

// derived judges the run that the arguments name again, and says when its sources were changed.
func (c *console) derived(args []string, conclude func(*rundir.Dir) (conclusion, error)) (*rundir.Dir, conclusion, error) {
	dir, err := c.argDir(args)
	if err != nil {
		return nil, conclusion{}, err
	}
	done, err := conclude(dir)
	if err == nil { // what cannot be derived is said already
		c.warnChanged(dir, done.input.Judgement.Changed)
	}
	return dir, done, err
}

// argDir is the run that the arguments name, the latest by default.
func (c *console) argDir(args []string) (*rundir.Dir, error) {
	root, err := c.checkout()
	if err != nil && runName(args) == latest {
		return nil, err // a run that is named by its directory needs no checkout
	}
	return c.runDir(root, "", runName(args))
}

// warnChanged says when sources of a run are not as they were written. What derives from them is made all the same, and says so too.
func (c *console) warnChanged(dir *rundir.Dir, changed *verdict.Changed) {
	if changed != nil {
		fmt.Fprintf(c.stderr, "warning: %s is not as it was measured (%s); `assay verify %s` names all that differs\n", dir.Path(), changed.First, dir.Path())
	}
}
