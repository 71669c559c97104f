package rundir

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/assay-bench/assay/harness/trial"
)

// CheckRaw lists the raw files that are missing or not as their record says, in the order
// of the records, and then those that no record names; of a trial without a record, its
// directory.
func (d *Dir) CheckRaw(records []trial.Record) ([]Difference, error) {
	var found []Difference
	named, trials := map[string]bool{}, map[string]bool{}
	for _, r := range records {
		trials[path.Join(rawDir, r.ID)] = true
		for _, a := range r.Raw {
			named[a.Path] = true
			if what := d.checkArtifact(r.ID, a); what != "" {
				found = append(found, Difference{File: a.Path, Trial: r.ID, What: what})
			}
		}
	}
	all, err := d.rawFiles()
	if err != nil {
		return nil, err
	}
	for _, name := range all {
		if named[name] {
			continue
		}
		lost := Difference{File: name, What: "no record names it"}
		if dir := path.Dir(name); !trials[dir] && dir != rawDir {
			lost = Difference{File: dir, What: "there is no record of this trial: it was removed, or the run ended before it was written"}
		}
		if !slices.Contains(found, lost) {
			found = append(found, lost)
		}
	}
	return found, nil
}

// checkArtifact says what is wrong with a raw file, "" for nothing.
func (d *Dir) checkArtifact(trialID string, a trial.Artifact) string {
	if path.Dir(a.Path) != path.Join(rawDir, trialID) {
		return "the record names a file outside of its trial's directory"
	}
	got, err := d.Hash(a.Path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "is missing"
	case err != nil:
		return err.Error()
	case got.SHA256 != a.SHA256:
		return fmt.Sprintf("its SHA-256 is %s, the record says %s: the file was changed after the trial", short(got.SHA256), short(a.SHA256))
	case got.Bytes != a.Bytes:
		return fmt.Sprintf("it has %d bytes, the record says %d", got.Bytes, a.Bytes)
	}
	return ""
}

// rawFiles lists the files under raw/, by name.
func (d *Dir) rawFiles() ([]string, error) {
	var all []string
	err := filepath.WalkDir(filepath.Join(d.path, rawDir), func(name string, entry fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) {
			return nil // a run without a trial
		}
		if err != nil || entry.IsDir() {
			return err
		}
		rel, err := filepath.Rel(d.path, name)
		all = append(all, filepath.ToSlash(rel))
		return err
	})
	slices.SortFunc(all, strings.Compare)
	return all, err
}

// ClearRaw removes what is there of a trial that has no record yet.
func (d *Dir) ClearRaw(trialID string) error {
	return os.RemoveAll(filepath.Join(d.path, rawDir, trialID))
}
