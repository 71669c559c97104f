package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/assay-bench/assay/harness/claim"
	"github.com/assay-bench/assay/harness/cost"
	"github.com/assay-bench/assay/harness/scenario"
	"github.com/assay-bench/assay/harness/target"
)

// inputs are the files a plan is made from.
type inputs struct {
	article      string // as --article names it in the checkout
	profilesFile string

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

// loadInputs reads and cross-checks everything that a plan of the article is made from; all errors are the user's.
func loadInputs(root, given string) (inputs, error) {
	var in inputs
	a, err := findArticle(root, given)
	if err != nil {
		return in, misuse{err}
	}
	in.article, in.profilesFile = a.name, a.shown(a.ownOr("profiles.toml"))
	var errs [5]error
	in.scenarios, errs[0] = a.loadScenarios()
	overrideImage(in.scenarios)
	in.profiles, errs[1] = scenario.LoadProfiles(a.ownOr("profiles.toml"))
	in.targets, errs[2] = a.loadTargets()
	in.ledger, errs[3] = a.loadLedger()
	in.cost, errs[4] = a.loadCost()
	if err := errors.Join(errs[:]...); err != nil {
		return in, misuse{err}
	}
	if err := crossCheck(in); err != nil {
		return in, misuse{err}
	}
	return in, nil
}

func crossCheck(in inputs) error {
	refs := claim.References{Cells: map[string]int{}, Unloaded: map[string]string{}, Takers: map[string][]string{}, Cases: in.cost.CaseIDs()}
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
			refs.Takers[cell.ID] = takersOf(s, in.targets)
			if s.Database != nil {
				refs.Stored = append(refs.Stored, cell.ID)
			}
			if s.Mode.Lifecycle() {
				refs.Unloaded[cell.ID] = string(s.Mode)
			} else if s.Mode != scenario.Saturate {
				refs.Paced = append(refs.Paced, cell.ID)
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
	return scenario.Profile{}, misuse{fmt.Errorf("--profile %s: no such profile; %s has %s", id, in.profilesFile, strings.Join(names, ", "))}
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
