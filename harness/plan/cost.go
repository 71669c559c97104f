package plan

import (
	"slices"
	"strings"

	"github.com/assay-bench/assay/harness/claim"
	"github.com/assay-bench/assay/harness/cost"
)

// memoryPerConnection is the ID of the metric that is the slope of a line through a ladder (package claim has its name).
const memoryPerConnection = "memory_bytes_per_connection"

// billed tells whether the bill that a reading is about is made from a cell's numbers: CPU time a request from one cell,
// memory from each rung of a ladder.
func billed(m *cost.Model, r claim.Reading, cell, scenario string) bool {
	c, ok := m.Case(r.Case)
	return ok && (c.CPUCell == cell || c.MemoryScenario == scenario)
}

// pricesFor are the prices and cases, nil for an article that names no case: those of another one are none of its business.
func pricesFor(in Input) *cost.Model {
	named := slices.ContainsFunc(in.Ledger.Claims, func(c claim.Claim) bool {
		return slices.ContainsFunc(c.Readings, func(r claim.Reading) bool { return r.Case != "" })
	})
	if !named {
		return nil
	}
	return in.Cost
}

// scenarioOf is the scenario of a cell's ID: what stands before the slash.
func scenarioOf(cell string) string {
	scenario, _, _ := strings.Cut(cell, "/")
	return scenario
}

// notBilled says what the plan lacks for a reading about a bill, "" where nothing.
func notBilled(p Plan, r claim.Reading, why map[string]string) string {
	c, ok := p.Cost.Case(r.Case)
	if !ok {
		return "there is no case " + r.Case + " in scenarios/cost.toml"
	}
	if _, ok := p.Cell(c.CPUCell); !ok {
		return whyCell(c.CPUCell, p.Profile, why)
	}
	return tooFewRungs(p, c.MemoryScenario, minRungs(memoryPerConnection))
}
