package main

import (
	"errors"
	"fmt"
	"path/filepath"

	"github.com/assay-bench/assay/harness/cost"
	"github.com/assay-bench/assay/harness/plan"
	"github.com/assay-bench/assay/harness/scenario"
	"github.com/assay-bench/assay/harness/strict"
)

func costFile(root string) string { return filepath.Join(root, "scenarios", "cost.toml") }

func readCost(file string) (*cost.Model, error) {
	data, err := strict.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("cost: %w", err)
	}
	return cost.Parse(file, data)
}

// checkCost holds the cases of the cost file against the scenarios.
func checkCost(m *cost.Model, scenarios []scenario.Scenario) error {
	if m == nil {
		return nil
	}
	var cells, ladders []string
	for _, s := range scenarios {
		if s.Mode == scenario.Hold {
			ladders = append(ladders, s.ID)
		}
		if s.Mode.Lifecycle() { // without load there is no request
			continue
		}
		for _, c := range s.Cells {
			cells = append(cells, c.ID)
		}
	}
	return m.CheckPlaces(cells, ladders)
}

// prices are the model that bills are made by, and where it comes from: a file that is asked for, else the run's plan, else
// the checkout.
func (c *console) prices(file string, p plan.Plan) (*cost.Model, string, error) {
	if file != "" {
		m, err := readCost(file)
		if err != nil {
			return nil, "", misuse{err}
		}
		return m, file, nil
	}
	if p.Cost != nil {
		return p.Cost, "the run's plan", nil
	}
	root, err := c.checkout()
	if err != nil {
		return nil, "", misuse{errors.New("the run's plan has no price list, and no checkout of assay is here; name a file with --prices")}
	}
	m, err := readCost(costFile(root))
	if err != nil {
		return nil, "", misuse{err}
	}
	return m, "scenarios/cost.toml, since the run's plan has none", nil
}
