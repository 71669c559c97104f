package scenario

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/assay-bench/assay/harness/strict"
)

// Files of the folder that hold no scenario: the profiles, and what machines cost (package cost).
const (
	profilesFile = "profiles.toml"
	costFile     = "cost.toml"
)

// LoadDir reads every scenario of a folder: its *.toml files but profiles.toml and cost.toml,
// in the order of their names. Folders below it are left alone. The error joins the problems
// of all files.
func LoadDir(dir string) ([]Scenario, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, fmt.Errorf("scenarios: %w; check the path", err)
	}
	var scenarios []Scenario
	var errs []error
	for _, e := range entries {
		if e.IsDir() || filepath.Ext(e.Name()) != ".toml" || e.Name() == profilesFile || e.Name() == costFile || strings.HasPrefix(e.Name(), ".") {
			continue
		}
		s, err := load(filepath.Join(dir, e.Name()))
		if err != nil {
			errs = append(errs, err)
			continue
		}
		scenarios = append(scenarios, s)
	}
	if len(errs) > 0 {
		return nil, errors.Join(errs...)
	}
	if len(scenarios) == 0 {
		return nil, fmt.Errorf("scenarios: no *.toml in %s; check the path", dir)
	}
	return scenarios, nil
}

func load(path string) (Scenario, error) {
	data, err := strict.ReadFile(path)
	if err != nil {
		return Scenario{}, fmt.Errorf("scenario: %w", err)
	}
	return Parse(path, data)
}

// LoadProfiles reads and parses a profiles file.
func LoadProfiles(path string) ([]Profile, error) {
	data, err := strict.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("profiles: %w", err)
	}
	return ParseProfiles(path, data)
}
