package defect

import (
	"bytes"
	"errors"
	"fmt"
	"go/format"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/assay-bench/assay/harness/marks"
	"github.com/assay-bench/assay/harness/mistake"
	"github.com/assay-bench/assay/harness/strict"
)

// readmeMark names the part of a defect's README.md that is made from the results.
const readmeMark = "defect"

// Check holds the folders of a corpus against its list: one for each defect and no other, with README.md and both
// programs. It starts no tool, so it does not say whether the programs build.
func (c Corpus) Check() error {
	var errs []error
	for _, d := range c.Defects {
		if lacks := c.lacks(d); len(lacks) > 0 {
			errs = append(errs, d.table.Problem("id", fmt.Sprintf("%s, beside this file, lacks %s", strict.Quote(d.ID), strings.Join(lacks, ", ")), "write them as in a folder below scenarios/defects, or take the entry out"))
			continue
		}
		errs = append(errs, c.checkReadme(d), c.checkPrograms(d))
	}
	return errors.Join(append(errs, c.checkUnlisted())...)
}

// lacks are the files that a defect's folder does not have, all of them where there is none.
func (c Corpus) lacks(d Defect) []string {
	var missing []string
	for _, name := range []string{"README.md", "go/main.go", "rust/main.rs"} {
		if !exists(filepath.Join(c.Dir, d.ID, filepath.FromSlash(name))) {
			missing = append(missing, name)
		}
	}
	return missing
}

func (c Corpus) checkReadme(d Defect) error {
	name := filepath.Join(c.Dir, d.ID, "README.md")
	text, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	if title := "# " + d.Name + "\n"; !strings.HasPrefix(string(text), title) {
		return fmt.Errorf("%s: the first line must be %q, as in corpus.toml", name, strings.TrimSpace(title))
	}
	if _, err := marks.Between(string(text), readmeMark); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}

func (c Corpus) checkPrograms(d Defect) error {
	if !strings.HasPrefix(d.ID, fmt.Sprintf("cwe-%d-", d.CWE)) {
		return fmt.Errorf("%s: the id must begin with cwe-%d-", d.ID, d.CWE)
	}
	errs := []error{c.checkGo(d, c.program(d.ID, mistake.Go)), checkRust(c.program(d.ID, mistake.Rust))}
	if name := c.editedProgram(d.ID, mistake.Go); exists(name) {
		errs = append(errs, c.checkGo(d, name))
	}
	if name := c.editedProgram(d.ID, mistake.Rust); exists(name) {
		errs = append(errs, checkRust(name))
	}
	return errors.Join(errs...)
}

// checkGo wants a program that gofmt would leave alone and that imports no more than the standard library, neither
// unsafe nor C. One that doesn't parse must be there edited, where it does.
func (c Corpus) checkGo(d Defect, name string) error {
	text, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	file, err := parser.ParseFile(token.NewFileSet(), filepath.Base(name), text, 0)
	if err != nil {
		if edited := c.editedProgram(d.ID, mistake.Go); name != edited && exists(edited) {
			return nil
		}
		return fmt.Errorf("%s: %w", name, err)
	}
	for _, spec := range file.Imports {
		if path, err := strconv.Unquote(spec.Path.Value); err != nil || path == "C" || path == "unsafe" || strings.Contains(path, ".") {
			return fmt.Errorf("%s imports %s; only the standard library's safe part is allowed", name, spec.Path.Value)
		}
	}
	formatted, err := format.Source(text)
	if err != nil || !bytes.Equal(formatted, text) {
		return fmt.Errorf("%s: gofmt would change it", name)
	}
	return nil
}

func checkRust(name string) error {
	text, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	for _, word := range []string{"unsafe", "extern crate", "#[allow", "#![allow"} {
		if bytes.Contains(text, []byte(word)) {
			return fmt.Errorf("%s says %q; programs are safe and refuse no lint", name, word)
		}
	}
	return nil
}

// checkUnlisted finds folders that corpus.toml does not list.
func (c Corpus) checkUnlisted() error {
	entries, err := os.ReadDir(c.Dir)
	if err != nil {
		return err
	}
	var errs []error
	for _, e := range entries {
		if e.IsDir() && !slices.ContainsFunc(c.Defects, func(d Defect) bool { return d.ID == e.Name() }) {
			errs = append(errs, fmt.Errorf("%s: corpus.toml does not list it", filepath.Join(c.Dir, e.Name())))
		}
	}
	return errors.Join(errs...)
}

func exists(name string) bool {
	_, err := os.Stat(name)
	return !errors.Is(err, fs.ErrNotExist)
}
