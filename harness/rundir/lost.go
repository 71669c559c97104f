package rundir

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// Lost names trials.jsonl where it holds no record and raw/ has trials: of each of them nothing more than that could be said. A first
// line that a crash cut short, beside raw data of one trial, is none of it. trials is how many of them raw/ has, 0 where nothing is lost.
func (d *Dir) Lost() (lost Difference, trials int, err error) {
	whole, rest, err := d.readTrials()
	if err != nil || len(whole) > 0 {
		return Difference{}, 0, err
	}
	trials, err = d.rawTrials()
	if err != nil || trials == 0 || trials == 1 && len(rest) > 0 {
		return Difference{}, 0, err
	}
	is := "is empty"
	if _, err := os.Lstat(filepath.Join(d.path, trialsFile)); errors.Is(err, fs.ErrNotExist) {
		is = "is missing"
	} else if len(rest) > 0 {
		is = "has no whole line"
	}
	what := fmt.Sprintf("%s, and raw/ has %d trials: without their records nothing of the run can be checked or judged; restore it from a copy, or measure anew with `assay run`", is, trials)
	if trials == 1 {
		what = is + ", and raw/ has a trial: its record was removed, or the run ended before it was written, and then `assay run --resume` goes on"
	}
	return Difference{File: trialsFile, What: what}, trials, nil
}

// rawTrials counts the trials of which there is raw data.
func (d *Dir) rawTrials() (int, error) {
	raw := filepath.Join(d.path, rawDir)
	info, err := os.Stat(raw)
	if errors.Is(err, fs.ErrNotExist) || err == nil && !info.IsDir() {
		return 0, nil // which CheckRaw says
	}
	if err != nil {
		return 0, err
	}
	entries, err := os.ReadDir(raw)
	if err != nil {
		return 0, err
	}
	n := 0
	for _, e := range entries {
		if !e.IsDir() {
			continue
		}
		files, err := os.ReadDir(filepath.Join(raw, e.Name()))
		if err != nil {
			return 0, err
		}
		if len(files) > 0 {
			n++
		}
	}
	return n, nil
}
