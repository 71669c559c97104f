package target

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/assay-bench/assay/harness/strict"
)

const manifest = "target.toml"

// Load reads the manifest of one target; dir is its folder.
func Load(dir string) (Target, error) {
	path := filepath.Join(dir, manifest)
	data, err := strict.ReadFile(path)
	if err != nil {
		return Target{}, fmt.Errorf("target: %w", err)
	}
	return Parse(path, data)
}

// LoadAll reads every target of a folder, in the order of their ids. Folders without a
// target.toml are left alone. The error joins the problems of all.
func LoadAll(dir string) ([]Target, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, fmt.Errorf("targets: %w; check the path", err)
	}
	var targets []Target
	var errs []error
	for _, e := range entries {
		folder := filepath.Join(dir, e.Name())
		if _, err := os.Stat(filepath.Join(folder, manifest)); !e.IsDir() || errors.Is(err, fs.ErrNotExist) {
			continue
		}
		t, err := Load(folder)
		if err != nil {
			errs = append(errs, err)
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
