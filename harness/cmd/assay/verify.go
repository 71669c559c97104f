package main

import (
	"bytes"
	"fmt"
	"os"
	"path"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/assay-bench/assay/harness/rundir"
)

func (c *console) verifyCmd() *cobra.Command {
	return &cobra.Command{
		Use:   "verify [RUN]",
		Short: "Check a run's raw data against its records, and its report against both",
		Long: `verify checks the SHA-256 of every raw file against its record, derives verdicts, report and
plots again, and names every file that differs.`,
		Args: atMostArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			dir, err := c.argDir(args)
			if err != nil {
				return err
			}
			differ, err := verifyRun(dir)
			if err != nil {
				return err
			}
			for _, line := range differ {
				fmt.Fprintln(c.stdout, line)
			}
			if len(differ) > 0 {
				return fmt.Errorf("%s: %s", dir.Path(), count(len(differ), "difference"))
			}
			fmt.Fprintf(c.stdout, "%s: raw data, verdicts, report and plots agree with the records\n", dir.Path())
			return nil
		},
	}
}

// verifyRun lists what does not follow from plan, environment and records.
func verifyRun(dir *rundir.Dir) ([]string, error) {
	records, err := dir.Records()
	if err != nil {
		return nil, err
	}
	var differ []string
	for _, r := range records {
		for _, a := range r.Raw {
			if _, err := dir.ReadRaw(r, path.Base(a.Path)); err != nil {
				differ = append(differ, err.Error())
			}
		}
	}
	if len(differ) > 0 {
		return differ, nil // the report rests on these; deriving it would only fail on the first
	}
	done, err := derive(dir)
	if err != nil {
		return nil, err
	}
	files, err := done.files()
	if err != nil {
		return nil, err
	}
	for _, f := range files {
		have, err := os.ReadFile(filepath.Join(dir.Path(), f.Name))
		switch {
		case err != nil:
			differ = append(differ, err.Error())
		case !bytes.Equal(have, f.Bytes):
			differ = append(differ, f.Name+": differs from what the records give")
		}
	}
	return differ, nil
}
