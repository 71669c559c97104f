package main

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"

	"github.com/spf13/cobra"

	"github.com/assay-bench/assay/harness/defect"
	"github.com/assay-bench/assay/harness/mistake"
)

const (
	defectsMark    = "defects"
	mostDefectJobs = 256
)

// defectsFlags are those of assay defects.
type defectsFlags struct {
	only, json string
	folder     string // "" for the checkout's corpus
	from       string // a file that --json wrote, "" to run the tools
	write      string // file with the two marks, "" for none
	jobs       int    // as many as CPUs where it is not given
	jobsGiven  bool
}

func (c *console) defectsCmd() *cobra.Command {
	var f defectsFlags
	cmd := &cobra.Command{
		Use:   "defects [FOLDER]",
		Short: "Show who notices the same mistakes in Go and in Rust",
		Long: `defects takes the pairs of small programs below scenarios/defects, each of which makes the same
mistake in Go and in Rust, and shows who notices: the compilers, go vet, staticcheck, clippy, the
running program, Go's race detector, Rust's debug build, or nobody. It needs Go, Rust with clippy
and a C compiler, no network, and takes some minutes.

FOLDER holds defects of yours in place of those: corpus.toml and a folder for each, such as a copy of
one below scenarios/defects (docs/defects.md).

Exit status 1: a tool is missing, or a program ended in a way that no rule knows.`,
		Example: "  assay defects --only cwe-362-counter\n  assay defects my-defects",
		Args:    atMostArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) > 0 {
				f.folder = args[0]
			}
			f.jobsGiven = cmd.Flags().Changed("jobs")
			return c.examineDefects(cmd.Context(), f)
		},
	}
	cmd.Flags().StringVar(&f.only, "only", "", "one defect, by the name of its folder")
	cmd.Flags().StringVar(&f.from, "from", "", "make the tables from a file that --json wrote, and run nothing")
	cmd.Flags().StringVar(&f.json, "json", "", "also write what each tool said into this file")
	cmd.Flags().StringVar(&f.write, "write", "", "also write the tables into this file, between its two marks (docs/defects.md has them), and into each defect's README.md")
	cmd.Flags().IntVar(&f.jobs, "jobs", 0, "defects at a time (default: one for each CPU)")
	return cmd
}

func (f defectsFlags) check() error {
	switch {
	case f.jobsGiven && (f.jobs < 1 || f.jobs > mostDefectJobs):
		return misuse{fmt.Errorf("--jobs %d: from 1 to %d; leave it out for one on each CPU", f.jobs, mostDefectJobs)}
	case f.only != "" && f.write != "":
		return misuse{errors.New("--write takes the tables of the whole corpus; leave out --only")}
	case f.only != "" && f.from != "":
		return misuse{errors.New("--from takes a study as it is; leave out --only")}
	case f.write == "":
		return nil
	}
	if err := f.document().check(); err != nil {
		return misuse{err}
	}
	return nil
}

// folders is where the folders of the defects are, seen from the document that the tables are for: docs/defects.md where none is named.
func (f defectsFlags) folders() string {
	if f.folder == "" {
		return "../scenarios/defects"
	}
	if from, err := filepath.Rel(filepath.Dir(f.write), f.folder); err == nil {
		return filepath.ToSlash(from)
	}
	return filepath.ToSlash(f.folder)
}

func (f defectsFlags) document() document { return document{f.write, defectsMark} }

// examineDefects runs the corpus and prints the tables.
func (c *console) examineDefects(ctx context.Context, f defectsFlags) error {
	if err := f.check(); err != nil {
		return err
	}
	root, err := c.checkout()
	if err != nil {
		return err
	}
	folder := cmp.Or(f.folder, corpusFolder(root))
	if !isFile(filepath.Join(folder, "corpus.toml")) && f.folder != "" {
		return misuse{fmt.Errorf("%s has no corpus.toml; docs/defects.md shows what to write there", folder)}
	}
	corpus, err := loadCorpus(folder, f.only)
	if err != nil {
		return misuse{err}
	}
	study, err := c.studyCorpus(ctx, f, root, corpus)
	if err != nil {
		return err
	}
	var tables bytes.Buffer
	if f.only != "" {
		tables.WriteString(defect.Readme(study.Defects[0]))
	} else if err := defect.Write(&tables, corpus, study, f.folders()); err != nil {
		return err
	}
	if _, err := c.stdout.Write(tables.Bytes()); err != nil {
		return err
	}
	return f.keep(corpus, study, tables.String())
}

// studyCorpus runs the tools, or reads what they said before.
func (c *console) studyCorpus(ctx context.Context, f defectsFlags, root string, corpus defect.Corpus) (mistake.Study, error) {
	if f.from != "" {
		data, err := os.ReadFile(f.from)
		if err != nil {
			return mistake.Study{}, misuse{fmt.Errorf("--from: %w", err)}
		}
		return mistake.ParseStudy(data)
	}
	tools, err := defect.FindTools(ctx, root)
	if err != nil {
		return mistake.Study{}, err
	}
	jobs := f.jobs
	if jobs == 0 {
		jobs = runtime.NumCPU()
	}
	return defect.Examine(ctx, corpus, tools, defect.Options{Jobs: jobs, Limits: defect.StandardLimits(), Done: c.examinedSoFar()})
}

// corpusFolder is that of a checkout.
func corpusFolder(root string) string { return filepath.Join(root, "scenarios", "defects") }

func loadCorpus(folder, only string) (defect.Corpus, error) {
	corpus, err := defect.Load(folder)
	if err != nil {
		return corpus, err
	}
	if err := corpus.Check(); err != nil {
		return corpus, err
	}
	if only == "" {
		return corpus, nil
	}
	corpus, err = corpus.Only(only)
	if err != nil {
		return corpus, fmt.Errorf("--only: %w", err)
	}
	return corpus, nil
}

// keep writes the files that were asked for.
func (f defectsFlags) keep(corpus defect.Corpus, study mistake.Study, tables string) error {
	if f.json != "" {
		data, err := study.JSON()
		if err != nil {
			return err
		}
		if err := os.WriteFile(f.json, data, 0o644); err != nil {
			return err
		}
	}
	if f.write == "" {
		return nil
	}
	if err := f.document().write(tables); err != nil {
		return err
	}
	return defect.WriteReadmes(corpus, study)
}

// examinedSoFar tells the log about each defect.
func (c *console) examinedSoFar() func(id string, done, total int) {
	return func(id string, done, total int) {
		fmt.Fprintf(c.stderr, "defects: %d of %d, %s\n", done, total, id)
	}
}
