package target

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/assay-bench/assay/harness/strict"
)

const (
	manifest   = "target.toml"
	dockerfile = "Dockerfile"
)

// Load reads the manifest of one target; dir is its folder.
func Load(dir string) (Target, error) {
	path := filepath.Join(dir, manifest)
	data, err := strict.ReadFile(path)
	if err != nil {
		return Target{}, fmt.Errorf("target: %w", err)
	}
	return Parse(path, data)
}

// LoadAll reads every target of a folder, in the order of their ids. Folders with neither
// target.toml nor Dockerfile are left alone; with a Dockerfile alone one is an unfinished
// target, and an error. The error joins the problems of all.
func LoadAll(dir string) ([]Target, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, fmt.Errorf("targets: %w; check the path", err)
	}
	var targets []Target
	var errs []error
	for _, e := range entries {
		folder := filepath.Join(dir, e.Name())
		if !e.IsDir() || missing(filepath.Join(folder, manifest)) {
			if e.IsDir() && !missing(filepath.Join(folder, dockerfile)) {
				errs = append(errs, fmt.Errorf("%s: a %s but no %s; write one beside it, or move the folder away", folder, dockerfile, manifest))
			}
			continue
		}
		t, err := Load(folder)
		if err != nil {
			errs = append(errs, err)
			continue
		}
		if t.ID == NullID {
			errs = append(errs, fmt.Errorf("%s: %q is the name of the built-in null server; rename the folder and its id", folder, NullID))
			continue
		}
		targets = append(targets, t)
	}
	if len(errs) > 0 {
		return nil, errors.Join(errs...)
	}
	if len(targets) == 0 {
		return nil, fmt.Errorf("targets: no folder of %s has a %s; check the path", dir, manifest)
	}
	return targets, nil
}

func missing(path string) bool {
	_, err := os.Stat(path)
	return errors.Is(err, fs.ErrNotExist)
}
