package target

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/assay-bench/assay/harness/strict"
)

const (
	manifest   = "target.toml"
	dockerfile = "Dockerfile"
)

// Load reads the manifest of the target whose folder is dir, relative to root, the checkout: a plan records no place outside
// of it.
func Load(root, dir string) (Target, error) {
	path := filepath.Join(root, dir, manifest)
	data, err := strict.ReadFile(path)
	if err != nil {
		return Target{}, fmt.Errorf("target: %w", err)
	}
	t, err := Parse(shown(path), data)
	t.Dir = filepath.ToSlash(dir)
	if err != nil {
		return t, err
	}
	return t, t.uncountedAreThere(root)
}

// uncountedAreThere reports the files left out of the count that are not in the folder: the count would be of all, and the report
// would say otherwise.
func (t Target) uncountedAreThere(root string) error {
	var errs []error
	for i, name := range t.Uncounted() {
		info, err := os.Lstat(filepath.Join(root, t.Dir, filepath.FromSlash(name)))
		if err != nil || !info.Mode().IsRegular() {
			errs = append(errs, fmt.Errorf("%s:%d: source.uncounted: %q is no file of %s; correct the path or leave it out", t.file(root), t.Source.lines[i], name, t.Dir))
		}
	}
	return errors.Join(errs...)
}

// LoadAll reads every target of a folder and of more, which are relative to root, in the order of their ids. What is in a folder with
// neither target.toml nor Dockerfile is left alone; with a Dockerfile alone one is an unfinished target, and an error. The error
// joins the problems of all.
func LoadAll(root, dir string, more ...string) ([]Target, error) {
	var all []Target
	var errs []error
	for _, dir := range append([]string{dir}, more...) {
		targets, err := loadFolder(root, dir)
		if err == nil && len(targets) == 0 {
			err = fmt.Errorf("targets: no folder of %s has a %s; check the path", filepath.Join(root, dir), manifest)
		}
		all, errs = append(all, targets...), append(errs, err)
	}
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	slices.SortStableFunc(all, func(a, b Target) int { return strings.Compare(a.ID, b.ID) })
	for i := range all {
		if i > 0 && all[i].ID == all[i-1].ID {
			return nil, fmt.Errorf("%s: %q is the name of a target in %s too; rename the folder and its id", all[i].file(root), all[i].ID, all[i-1].Dir)
		}
	}
	return all, borrow(root, all)
}

// shown is a file as errors name it: from the working directory, where it lies below.
func shown(path string) string {
	wd, err := os.Getwd()
	if err != nil {
		return path
	}
	if rel, err := filepath.Rel(wd, path); err == nil && filepath.IsLocal(rel) {
		return rel
	}
	return path
}

// loadFolder reads the targets whose folders are in dir.
func loadFolder(root, dir string) ([]Target, error) {
	entries, err := os.ReadDir(filepath.Join(root, dir))
	if err != nil {
		return nil, fmt.Errorf("targets: %w; check the path", err)
	}
	var targets []Target
	var errs []error
	for _, e := range entries {
		folder := filepath.Join(root, dir, e.Name())
		if !e.IsDir() || missing(filepath.Join(folder, manifest)) {
			if e.IsDir() && !missing(filepath.Join(folder, dockerfile)) {
				errs = append(errs, fmt.Errorf("%s: a %s but no %s; write one beside it, or move the folder away", folder, dockerfile, manifest))
			}
			continue
		}
		t, err := Load(root, filepath.Join(dir, e.Name()))
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
	return targets, errors.Join(errs...)
}

// borrow gives targets with SameAs the source, the build and the abilities of the one that they name, and what that one discloses
// where they say nothing else.
func borrow(root string, all []Target) error {
	var errs []error
	for i := range all {
		t := &all[i]
		if t.SameAs == "" {
			continue
		}
		k := slices.IndexFunc(all, func(o Target) bool { return o.ID == t.SameAs && o.SameAs == "" })
		if k < 0 {
			errs = append(errs, fmt.Errorf("%s:%d: same_as: names %q, which is no target with a source of its own; `assay target list` shows what is", t.file(root), t.sameAsLine, t.SameAs))
			continue
		}
		if all[k].Language != t.Language {
			errs = append(errs, fmt.Errorf("%s:%d: same_as: %s is of language %q and this one of %q; give both the same", t.file(root), t.sameAsLine, t.SameAs, all[k].Language, t.Language))
			continue
		}
		disclosed := maps.Clone(all[k].Disclose)
		maps.Copy(disclosed, t.Disclose)
		t.Dir, t.Build, t.Source, t.Provides, t.Disclose = all[k].Dir, all[k].Build, all[k].Source, all[k].Provides, disclosed
	}
	return errors.Join(errs...)
}

// file is the manifest's name in errors.
func (t Target) file(root string) string { return shown(filepath.Join(root, t.Dir, manifest)) }

func missing(path string) bool {
	_, err := os.Stat(path)
	return errors.Is(err, fs.ErrNotExist)
}
