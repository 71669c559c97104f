package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"

	"github.com/assay-bench/assay/harness/audit"
	"github.com/assay-bench/assay/harness/digits"
	"github.com/assay-bench/assay/harness/report"
	"github.com/assay-bench/assay/harness/run"
	"github.com/assay-bench/assay/harness/rundir"
	"github.com/assay-bench/assay/harness/trial"
	"github.com/assay-bench/assay/harness/verdict"
)

func (c *console) verifyCmd() *cobra.Command {
	return &cobra.Command{
		Use:   "verify [RUN]",
		Short: "Check that nothing of a run was changed, and that all of it follows from its raw data",
		Long: `verify checks the SHA-256 of plan, environment, records and raw files; takes every record again
from its raw files, and verdicts, report and plots from the records; and names each file, trial
and value that differs. docs/run-directory.md says what this can show and what not. ` + runWords + `

Exit status: 0 all agrees, 1 something differs or cannot be read, 2 misuse.`,
		Args: atMostArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			dir, err := c.argDir(args)
			if err != nil {
				return err
			}
			found, err := verifyRun(dir)
			if err != nil {
				return err
			}
			for _, d := range found.Differences {
				fmt.Fprintln(c.stdout, d)
			}
			for _, note := range found.Notes {
				fmt.Fprintln(c.stdout, "note:", note)
			}
			if note := otherVersion(dir, found); note != "" {
				fmt.Fprintln(c.stdout, "note:", note)
			}
			if n := len(found.Differences); n > 0 {
				return fmt.Errorf("%s: %s", dir.Path(), digits.Plural(n, "difference"))
			}
			fmt.Fprintf(c.stdout, "%s: %s\n", dir.Path(), agreement(found))
			return nil
		},
	}
}

// otherVersion says why derived files alone may differ, where another version than this one recorded the run.
func otherVersion(dir *rundir.Dir, f audit.Finding) string {
	env, err := dir.Environment()
	ours := version + revision()
	source := func(d rundir.Difference) bool { return d.Trial != "" || rundir.IsSource(d.File) }
	if len(f.Differences) == 0 || err != nil || env.Assay == ours || slices.ContainsFunc(f.Differences, source) {
		return ""
	}
	return fmt.Sprintf("what was measured agrees; only files that follow from it differ. assay %s recorded the run and this is %s, which may judge or word them in "+
		"another way: `assay report` writes them anew, and the earlier version verifies them as they are", env.Assay, ours)
}

// agreement says what was found to agree.
func agreement(f audit.Finding) string {
	return fmt.Sprintf("%s, %s of them chained to plan and environment and %s recomputed from %s; raw data, verdicts, report and plots agree with the records",
		digits.Plural(len(f.Records), "record"), digits.Count(f.Chained), digits.Count(f.Recomputed), digits.Plural(f.RawFiles, "raw file"))
}

// verifyRun audits the sources of a run, and what derives from them.
func verifyRun(dir *rundir.Dir) (audit.Finding, error) {
	found, err := audit.Sources(dir)
	if err != nil {
		return found, err
	}
	if found.Lost {
		return found, nil
	}
	if !found.Sound {
		found.Notes = append(found.Notes, "verdicts, report and plots were not compared, since what they derive from was changed")
		return found, nil
	}
	if p, err := dir.Plan(); err == nil {
		p = verdict.Ended(p, found.Records)
		if left := run.Left(p, found.Records); left > 0 {
			found.Notes = append(found.Notes, fmt.Sprintf("%d of %d planned trials have no usable record: the run was stopped before them, or records were removed from the end", left, len(p.Slots)))
		}
	}
	files, err := derivedAsWritten(dir)
	if err != nil && len(found.Differences) == 0 {
		return found, err
	}
	if err != nil { // the plots read raw data, whose damage was named
		found.Notes = append(found.Notes, "verdicts, report and plots were not compared: "+err.Error())
	}
	derived := map[string]bool{}
	for _, f := range files {
		derived[f.Name] = true
		found.Differences = append(found.Differences, audit.Derived(dir, f.Name, f.Bytes)...)
	}
	if err == nil {
		surplus, err := audit.Surplus(dir, derived)
		if err != nil {
			return found, err
		}
		for _, name := range surplus {
			found.Notes = append(found.Notes, name+" is no file of a run; nothing of it was checked")
		}
	}
	return found, nil
}

func derivedFiles(dir *rundir.Dir) ([]report.File, error) {
	done, err := derive(dir)
	if err != nil {
		return nil, err
	}
	return done.files()
}

// derivedAsWritten is derivedFiles with a word on changed sources where those of the directory have one: they may have been written
// before raw data was changed or behind that, and the change is named already.
func derivedAsWritten(dir *rundir.Dir) ([]report.File, error) {
	changed := func(*rundir.Dir, []trial.Record) (*verdict.Changed, error) { return nil, nil }
	const name = "verdicts.json"
	body, err := []byte(nil), error(nil)
	if dir.Irregular(name) == "" { // else the audit of derived files names it; reading a pipe would not end
		body, err = os.ReadFile(filepath.Join(dir.Path(), name))
	}
	if err == nil {
		if was, err := verdict.ReadJSON(bytes.NewReader(body)); err == nil && was.Changed != nil {
			changed = changedSources
		}
	}
	done, err := conclude(dir, curves, changed)
	if err != nil {
		return nil, err
	}
	return done.files()
}
