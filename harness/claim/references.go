package claim

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/assay-bench/assay/harness/strict"
)

// References are the things outside of a ledger that its readings name.
type References struct {
	Targets []string       // ids
	Cells   map[string]int // cell id to its connections; 0 where the host sets the number
	Ladders []string       // ids of the scenarios that hold a ladder of connections
	Cases   []string       // ids of the cases of scenarios/cost.toml
	// Unloaded is the mode of each cell in which no load is made: "start" or "build".
	Unloaded map[string]string
	// Paced are the cells in which the rate is the plan's, and not what a server can do: of every mode with load but saturate.
	Paced []string
	// Takers are the targets that take part in each cell; one that is not among them has no trial there. A cell without an entry has all.
	Takers map[string][]string
	// Stored are the cells beside a database.
	Stored []string
}

// CheckReferences reports every reading that names a target, cell or ladder that is
// not there, or a threshold that its cell can't show. Readings with NotYet may name
// cells and scenarios to come. The error joins one line a problem, with file and line
// where the ledger was read from a claims file.
func (l Ledger) CheckReferences(refs References) error {
	var errs []error
	for _, c := range l.Claims {
		for _, r := range c.Readings {
			for _, p := range r.unresolved(refs) {
				errs = append(errs, r.locate(c.ID, p))
			}
		}
	}
	return errors.Join(errs...)
}

// unresolved lists what a reading names and refs do not have; the problems have no place
// yet.
func (r Reading) unresolved(refs References) []strict.Problem {
	var found []strict.Problem
	missing := func(key, kind, name string, known []string) {
		if name != "" && !slices.Contains(known, name) {
			fix := "there is none at all; add one, or take the reading out"
			if known = slices.Sorted(slices.Values(known)); len(known) > 0 {
				fix = strict.Suggest(name, known, "use one of "+strings.Join(known, ", "))
			}
			found = append(found, strict.Problem{Key: key, What: "no " + kind + " " + strict.Quote(name), Fix: fix})
		}
	}
	missing("target", "target", r.Target, refs.Targets)
	if r.Study != Defects { // there they are languages
		missing("x", "target", r.X, refs.Targets)
		missing("y", "target", r.Y, refs.Targets)
	}
	if r.NotYet != "" {
		return found
	}
	for _, cell := range append([]string{r.Cell}, r.Cells...) {
		key := "cell"
		if cell != r.Cell {
			key = "cells"
		}
		missing(key, "cell", cell, slices.Collect(maps.Keys(refs.Cells)))
	}
	missing("scenario", "scenario of mode hold called", r.Scenario, refs.Ladders)
	missing("case", "case of scenarios/cost.toml called", r.Case, refs.Cases)
	found = append(append(found, r.misplaced(refs)...), r.absent(refs)...)
	held, exists := refs.Cells[r.Cell]
	if r.Shape == Threshold && exists && held > 0 && held < r.AtLeast {
		found = append(found, strict.Problem{Key: "at_least",
			What: fmt.Sprintf("is %d, but %s has %d connections", r.AtLeast, r.Cell, held),
			Fix:  "name a cell with as many, or lower the number"})
	}
	return found
}

// misplaced lists the cells that do not yield what is read in them.
func (r Reading) misplaced(refs References) []strict.Problem {
	var found []strict.Problem
	m, known := MetricByID(r.Metric)
	for _, cell := range append([]string{r.Cell}, r.Cells...) {
		if _, there := refs.Cells[cell]; !there {
			continue
		}
		switch mode := refs.Unloaded[cell]; {
		case r.Shape == Threshold && mode != "":
			found = append(found, strict.Problem{Key: "cell", What: cell + " has no connections", Fix: "name a cell of mode hold or in-flight"})
		case known && m.Mode != mode:
			found = append(found, strict.Problem{Key: "metric", What: fmt.Sprintf("%s is not measured in %s", m.ID, cell), Fix: whereFix(m)})
		case m.ID == Throughput && slices.Contains(refs.Paced, cell):
			found = append(found, strict.Problem{Key: "metric", What: fmt.Sprintf("%s is the load's in %s: as many answers come back as were asked for", m.ID, cell),
				Fix: "name a cell of mode saturate"})
		}
	}
	return found
}

func whereFix(m Metric) string {
	if m.Mode == "" {
		return "name a cell with load"
	}
	return "name a cell of mode " + m.Mode
}

// locate completes p with its place; without a file, claim and reading say where.
func (r Reading) locate(claim string, p strict.Problem) error {
	if r.table == nil {
		return fmt.Errorf("claim %s, reading %s: %s: %s; %s", claim, r.ID, p.Key, p.What, p.Fix)
	}
	return r.table.Problem(p.Key, p.What, p.Fix)
}
