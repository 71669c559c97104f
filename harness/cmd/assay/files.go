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

// inputs are the files a plan is made from.
type inputs struct {
	ledger    claim.Ledger
	scenarios []scenario.Scenario
	profiles  []scenario.Profile
	targets   []target.Target
	cost      *cost.Model // nil: none
	// noDatabase says why no database can run beside the targets; "" where one can.
	noDatabase string
}

// checkout returns the directory that holds scenarios/ and targets/.
func (c *console) checkout() (string, error) {
	if c.root != "" {
		if !isCheckout(c.root) {
			return "", misuse{fmt.Errorf("--root %s: no scenarios/ and targets/ there", c.root)}
		}
		return c.root, nil
	}
	dir, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for {
		if isCheckout(dir) {
			return dir, nil
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			return "", misuse{errors.New("no directory from here upward holds scenarios/ and targets/; change into a checkout of assay or name one with --root")}
		}
		dir = parent
	}
}

func isCheckout(dir string) bool {
	for _, sub := range []string{"scenarios", "targets"} {
		if info, err := os.Stat(filepath.Join(dir, sub)); err != nil || !info.IsDir() {
			return false
		}
	}
	return true
}

// loadInputs reads and cross-checks everything under the checkout; all errors are the user's.
func loadInputs(root, article string) (inputs, error) {
	var in inputs
	var errs [5]error
	in.scenarios, errs[0] = scenario.LoadDir(filepath.Join(root, "scenarios"))
	overrideImage(in.scenarios)
	in.profiles, errs[1] = scenario.LoadProfiles(filepath.Join(root, "scenarios", "profiles.toml"))
	in.targets, errs[2] = target.LoadAll(filepath.Join(root, "targets"))
	in.ledger, errs[3] = loadLedger(root, article)
	in.cost, errs[4] = loadCost(root)
	if errs[3] == nil {
		in.ledger, errs[3] = cite(root, in.ledger)
	}
	if err := errors.Join(errs[:]...); err != nil {
		return in, misuse{err}
	}
	if err := crossCheck(in); err != nil {
		return in, misuse{err}
	}
	return in, nil
}

// loadLedger reads the ledger of an article; for a name that is none it lists those there are.
func loadLedger(root, article string) (claim.Ledger, error) {
	file := articleFile(root, article)
	ledger, err := claim.Load(file)
	if file == article || !errors.Is(err, fs.ErrNotExist) {
		return ledger, err
	}
	files, globErr := filepath.Glob(filepath.Join(root, "scenarios", "claims", "*.toml"))
	if globErr != nil || len(files) == 0 {
		return ledger, err
	}
	for i, f := range files {
		files[i] = strings.TrimSuffix(filepath.Base(f), ".toml")
	}
	return ledger, fmt.Errorf("--article %s: no such ledger; scenarios/claims/ has %s", article, strings.Join(files, ", "))
}

// cite gives the ledger the evidence that its readings name.
func cite(root string, l claim.Ledger) (claim.Ledger, error) {
	known, err := claim.LoadEvidence(filepath.Join(root, "scenarios", "evidence"))
	if err != nil {
		return l, err
	}
	return l.Cite(known)
}

// articleFile accepts a path or the bare name of a ledger under scenarios/claims/.
func articleFile(root, article string) string {
	if strings.ContainsRune(article, filepath.Separator) || strings.HasSuffix(article, ".toml") {
		return article
	}
	return filepath.Join(root, "scenarios", "claims", article+".toml")
}

func crossCheck(in inputs) error {
	refs := claim.References{Cells: map[string]int{}, Unloaded: map[string]string{}, Cases: in.cost.CaseIDs()}
	for _, t := range in.targets {
		refs.Targets = append(refs.Targets, t.ID)
		for _, v := range variantsOf(t, in.scenarios) {
			refs.Targets = append(refs.Targets, v.ID)
		}
	}
	for _, s := range in.scenarios {
		if s.Mode == scenario.Hold {
			refs.Ladders = append(refs.Ladders, s.ID)
		}
		for _, cell := range s.Cells {
			refs.Cells[cell.ID] = cell.Connections
			if s.Mode.Lifecycle() {
				refs.Unloaded[cell.ID] = string(s.Mode)
			}
		}
	}
	errs := []error{in.ledger.CheckReferences(refs), checkCost(in.cost, in.scenarios)}
	for _, p := range in.profiles {
		errs = append(errs, p.CheckCells(in.scenarios))
	}
	return errors.Join(errs...)
}

func (in inputs) profile(id string) (scenario.Profile, error) {
	var names []string
	for _, p := range in.profiles {
		if p.ID == id {
			return p, nil
		}
		names = append(names, p.ID)
	}
	return scenario.Profile{}, misuse{fmt.Errorf("--profile %s: no such profile; scenarios/profiles.toml has %s", id, strings.Join(names, ", "))}
}

func (in inputs) target(id string) (target.Target, error) {
	var names []string
	for _, t := range in.targets {
		if t.ID == id {
			return t, nil
		}
		names = append(names, t.ID)
	}
	return target.Target{}, misuse{fmt.Errorf("no target %q; there are %s", id, strings.Join(names, ", "))}
}
