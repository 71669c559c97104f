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
// directory. Where raw/ is no directory, it says that alone.
func (d *Dir) CheckRaw(records []trial.Record) ([]Difference, error) {
	if what := d.insteadOf(rawDir, fs.ModeDir, "a directory"); what != "" {
		return []Difference{{File: rawDir, What: what}}, nil
	}
	var found []Difference
	named, trials := map[string]bool{}, map[string]bool{}
	for _, r := range records {
		dir := path.Join(rawDir, r.ID)
		trials[dir] = true
		if what := d.insteadOf(dir, fs.ModeDir, "a directory"); what != "" {
			named[dir] = true
			found = append(found, Difference{File: dir, Trial: r.ID, What: what})
			continue
		}
		for _, a := range r.Raw {
			named[a.Path] = true
			if what := d.checkArtifact(r.ID, a); what != "" {
				found = append(found, Difference{File: a.Path, Trial: r.ID, What: what})
			}
		}
	}
	files, folders, err := d.rawFiles()
	if err != nil {
		return nil, err
	}
	for _, name := range files {
		if named[name] {
			continue
		}
		lost := Difference{File: name, What: "no record names it"}
		if dir := path.Dir(name); !trials[dir] && path.Dir(dir) == rawDir {
			lost = Difference{File: dir, What: "there is no record of this trial: it was removed, or the run ended before it was written"}
		}
		if !slices.Contains(found, lost) {
			found = append(found, lost)
		}
	}
	for _, name := range folders {
		if !trials[name] {
			found = append(found, Difference{File: name, What: "is an empty folder that no record names"})
		}
	}
	return found, nil
}

// checkArtifact says what is wrong with a raw file, "" for nothing.
func (d *Dir) checkArtifact(trialID string, a trial.Artifact) string {
	if path.Dir(a.Path) != path.Join(rawDir, trialID) {
		return "the record names a file outside of its trial's directory"
	}
	if what := d.Irregular(a.Path); what != "" {
		return what
	}
	got, err := d.Hash(a.Path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "is missing"
	case err != nil:
		return err.Error()
	case got.SHA256 != a.SHA256:
		is, said := apart(got.SHA256, a.SHA256)
		return fmt.Sprintf("its SHA-256 is %s, the record says %s: the file was changed after the trial", is, said)
	case got.Bytes != a.Bytes:
		return fmt.Sprintf("it has %d bytes, the record says %d", got.Bytes, a.Bytes)
	}
	return ""
}

// rawFiles lists what stands under raw/, by name: all that is no directory, and the directories that are empty.
func (d *Dir) rawFiles() (files, empty []string, err error) {
	filled := map[string]bool{rawDir: true} // it may be empty
	err = filepath.WalkDir(filepath.Join(d.path, rawDir), func(name string, entry fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) {
			return nil // a run without a trial
		}
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(d.path, name)
		if err != nil {
			return err
		}
		rel = filepath.ToSlash(rel)
		filled[path.Dir(rel)] = true
		if entry.IsDir() {
			empty = append(empty, rel)
		} else {
			files = append(files, rel)
		}
		return nil
	})
	empty = slices.DeleteFunc(empty, func(name string) bool { return filled[name] })
	slices.SortFunc(files, strings.Compare)
	return files, empty, err
}

// ClearRaw removes what is there of a trial that has no record yet.
func (d *Dir) ClearRaw(trialID string) error {
	return os.RemoveAll(filepath.Join(d.path, rawDir, trialID))
}
