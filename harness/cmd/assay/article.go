package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/assay-bench/assay/harness/claim"
	"github.com/assay-bench/assay/harness/cost"
	"github.com/assay-bench/assay/harness/scenario"
	"github.com/assay-bench/assay/harness/target"
)

// defaultArticle is the ledger that a command takes where none is named.
const defaultArticle = "rust-vs-go-2026"

// articleUsage describes --article.
const articleUsage = "the article: a name under scenarios/claims/ or scenarios/examples/, or a folder with claims.toml (docs/own-article.md)"

// An article is where the files of one are. A folder of its own may hold what a checkout's scenarios/ and targets/ do:
//
//	claims.toml    the ledger; the only one that it needs
//	profiles.toml  sizes of run, in place of the checkout's
//	scenarios/     workloads beside the checkout's
//	targets/       servers beside the checkout's
//	evidence/      sources, in place of the checkout's
//	cost.toml      prices, in place of the checkout's
type article struct {
	root   string // the checkout
	folder string // "" for a ledger under scenarios/claims/ or a file alone
	ledger string // file
	name   string // that --article takes in the checkout
}

// findArticle finds what --article names: a ledger or an example of the checkout, a folder, or a ledger's file.
func findArticle(root, given string) (article, error) {
	a := article{root: root, name: given, ledger: filepath.Join(root, "scenarios", "claims", given+".toml")}
	path := strings.ContainsRune(given, filepath.Separator) || strings.HasSuffix(given, ".toml")
	if !path && isFile(a.ledger) {
		return a, nil
	}
	if example := filepath.Join(root, "scenarios", "examples", given); !path && isDir(example) {
		given = example
	}
	info, err := os.Stat(given)
	switch {
	case err == nil && info.IsDir():
		if a.folder, a.ledger = given, filepath.Join(given, "claims.toml"); !isFile(a.ledger) {
			return a, fmt.Errorf("--article %s: the folder has no claims.toml; docs/own-article.md shows what to write there", given)
		}
	case err == nil || path:
		a.ledger = given
	default:
		return a, noArticle(root, given)
	}
	a.name = a.shown(given)
	return a, nil
}

// noArticle lists what there is.
func noArticle(root, given string) error {
	var names []string
	for _, pattern := range []string{"claims/*.toml", "examples/*"} {
		files, err := filepath.Glob(filepath.Join(root, "scenarios", filepath.FromSlash(pattern)))
		if err != nil {
			return err
		}
		for _, f := range files {
			names = append(names, strings.TrimSuffix(filepath.Base(f), ".toml"))
		}
	}
	return fmt.Errorf("--article %s: no such article and no such folder; there are %s", given, strings.Join(names, ", "))
}

// inCheckout is the path of a file relative to the checkout, where it lies within.
func (a article) inCheckout(path string) (rel string, ok bool) {
	root, err := filepath.Abs(a.root)
	if err != nil {
		return "", false
	}
	if path, err = filepath.Abs(path); err != nil {
		return "", false
	}
	rel, err = filepath.Rel(root, path)
	return filepath.ToSlash(rel), err == nil && filepath.IsLocal(rel)
}

// shown is a path as people name it: relative to the checkout, where it lies within.
func (a article) shown(path string) string {
	if rel, ok := a.inCheckout(path); ok {
		return rel
	}
	return path
}

// own is a file or folder of the article's, "" where it has none of that name.
func (a article) own(name string) string {
	path := filepath.Join(a.folder, name)
	if _, err := os.Stat(path); a.folder == "" || errors.Is(err, fs.ErrNotExist) {
		return ""
	}
	return path
}

// ownOr is the article's own file or folder, or the checkout's below scenarios/.
func (a article) ownOr(name string) string {
	if own := a.own(name); own != "" {
		return own
	}
	return filepath.Join(a.root, "scenarios", name)
}

func isDir(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}

func isFile(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular()
}

// loadLedger reads the claims with the evidence that their readings name.
func (a article) loadLedger() (claim.Ledger, error) {
	l, err := claim.Load(a.ledger)
	if err != nil {
		return l, err
	}
	folder := a.ownOr("evidence")
	known, err := claim.LoadEvidence(folder)
	if err != nil {
		return l, err
	}
	return l.Cite(known, folder)
}

// loadScenarios reads the checkout's workloads and the article's own.
func (a article) loadScenarios() ([]scenario.Scenario, error) {
	all, err := scenario.LoadDir(filepath.Join(a.root, "scenarios"))
	own := a.own("scenarios")
	if err != nil || own == "" {
		return all, err
	}
	more, err := scenario.LoadDir(own)
	if err != nil {
		return nil, err
	}
	for _, s := range more {
		for _, other := range all {
			if s.ID == other.ID {
				return nil, fmt.Errorf("%s: scenarios/ has a scenario %s too; rename the file", filepath.Join(own, s.ID+".toml"), s.ID)
			}
		}
	}
	return append(all, more...), nil
}

// loadTargets reads the checkout's servers and the article's own.
func (a article) loadTargets() ([]target.Target, error) {
	var dirs []string
	if own := a.own("targets"); own != "" {
		rel, ok := a.inCheckout(own)
		if !ok {
			return nil, fmt.Errorf("%s: servers have to lie within the checkout, whose places a run records; move the article below scenarios/examples/", own)
		}
		dirs = append(dirs, rel)
	}
	return target.LoadAll(a.root, "targets", dirs...)
}

// loadCost reads what machines cost. Where there is no such file no bill is made: nil.
func (a article) loadCost() (*cost.Model, error) {
	m, err := readCost(a.ownOr("cost.toml"))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	return m, err
}
