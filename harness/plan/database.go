package plan

import (
	"fmt"
	"slices"

	"github.com/assay-bench/assay/harness/scenario"
	"github.com/assay-bench/assay/harness/target"
)

// noDatabase says why a scenario that wants a database cannot be measured, "" where it can or wants none.
func noDatabase(in Input, s scenario.Scenario) string {
	switch {
	case s.Database == nil:
		return ""
	case in.NoDatabase != "":
		return in.NoDatabase
	case !slices.ContainsFunc(in.Targets, func(t target.Target) bool { return t.Does(target.HasDatabase) }):
		return `no target provides a database; a target.toml says so with provides = ["database"]`
	}
	return ""
}

// variantsOf are the further contestants that a target is in some of the cells.
func variantsOf(in Input, t target.Target, cells []Cell) []target.Target {
	var all []target.Target
	for _, s := range in.Scenarios {
		if !slices.ContainsFunc(cells, func(c Cell) bool { return c.Scenario == s.ID }) {
			continue
		}
		for _, v := range s.Variants {
			variant := t.Variant(v.ID)
			if t.Does(v.Needs) && !slices.ContainsFunc(all, func(o target.Target) bool { return o.ID == variant.ID }) {
				all = append(all, variant)
			}
		}
	}
	return all
}

// contest names the contestants of the cells in which not every target takes part, or some are asked something else.
func contest(in Input, c *choice, targets []target.Target) {
	for i := range c.cells {
		cell := &c.cells[i]
		at := slices.IndexFunc(in.Scenarios, func(s scenario.Scenario) bool { return s.ID == cell.Scenario })
		s := in.Scenarios[at]
		if s.Mode == scenario.Build {
			if cell.Targets = builders(*cell, targets); cell.Targets != nil && len(cell.Targets) == 0 {
				c.why[cell.ID] = fmt.Sprintf("cell %s: no target.toml of its targets has [build.edit] and what it builds", cell.ID)
			}
			continue
		}
		if s.Database == nil && len(s.Variants) == 0 {
			continue
		}
		for _, t := range targets {
			if s.Database != nil && !t.Does(target.HasDatabase) {
				continue
			}
			if t.Of == "" {
				cell.Targets = append(cell.Targets, t.ID)
				continue
			}
			for _, v := range s.Variants {
				if t.ID == t.Of+"-"+v.ID {
					cell.Targets = append(cell.Targets, t.ID)
					if cell.Requests == nil {
						cell.Requests = map[string]string{}
					}
					cell.Requests[t.ID] = v.Request
				}
			}
		}
	}
	c.cells = slices.DeleteFunc(c.cells, func(cell Cell) bool { return c.why[cell.ID] != "" })
}

// builders are the targets of a cell of mode build, nil for all: without an edit, or a development build where the cell makes those,
// there is nothing to measure. The targets of its readings have both (unbuildable).
func builders(c Cell, targets []target.Target) []string {
	own := slices.DeleteFunc(slices.Clone(targets), func(t target.Target) bool { return t.Of != "" })
	able := []string{}
	for _, t := range own {
		if builds(t, c) {
			able = append(able, t.ID)
		}
	}
	if len(able) == len(own) {
		return nil
	}
	return able
}

// dropIdle leaves out the variants that no cell has.
func dropIdle(p Plan) []target.Target {
	return slices.DeleteFunc(slices.Clone(p.Targets), func(t target.Target) bool {
		return t.Of != "" && !slices.ContainsFunc(p.Cells, func(c Cell) bool { return slices.Contains(c.Targets, t.ID) })
	})
}

// database is the one that the cells want: a run has one.
func database(in Input, cells []Cell) (*scenario.Database, error) {
	var one *scenario.Database
	for _, s := range in.Scenarios {
		if s.Database == nil || !slices.ContainsFunc(cells, func(c Cell) bool { return c.Scenario == s.ID }) {
			continue
		}
		if one != nil && *one != *s.Database {
			return nil, fmt.Errorf("scenario %s wants the database %s, another one %s; a run has one: name the same in both", s.ID, s.Database.Image, one.Image)
		}
		one = s.Database
	}
	return one, nil
}

// LoadCPUsOf are the load agent's CPUs in a cell: beside a database those that it leaves.
func (p Plan) LoadCPUsOf(c Cell) []int {
	if c.PoolSize > 0 {
		return p.Placement.BesideDatabase(target.Database{}).LoadCPUs
	}
	return p.Placement.LoadCPUs
}
