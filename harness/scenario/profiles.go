package scenario

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/assay-bench/assay/harness/strict"
)

// Bounds of a profile.
const (
	maxProfiles = 50
	minBlocks   = 5 // fewer give no verdict (docs/method.md)
	maxBlocks   = 100
	maxCell     = 2*strict.MaxID + 1 // characters of a cell id
	maxBudget   = 24 * time.Hour
	maxPhase    = 10 * time.Minute // warm-up, window
)

// ParseProfiles reads the profiles file that data holds; file is its name in errors.
// The error joins every problem found, in the order of lines, one line each.
func ParseProfiles(file string, data []byte) ([]Profile, error) {
	doc, top := strict.Parse(file, data)
	if top == nil {
		return nil, doc.Err()
	}
	top.Only("profile")
	top.Need("profile", "[[profile]]")
	var profiles []Profile
	seen := map[string]int{}
	for _, t := range top.Tables("profile", maxProfiles) {
		p := parseProfile(t)
		if first, ok := seen[p.ID]; ok && p.ID != "" {
			t.Bad("id", fmt.Sprintf("%q is taken by the profile on line %d", p.ID, first), "choose another")
		}
		seen[p.ID] = t.Line("id")
		profiles = append(profiles, p)
	}
	if err := doc.Err(); err != nil {
		return nil, err
	}
	return profiles, nil
}

func parseProfile(t *strict.Table) Profile {
	t.Only("id", "summary", "blocks", "budget", "warm_up", "window", "cells", "cross_check", "canaries", "studies", "stacks", "first_look", "windows")
	t.Need("id", `id = "..."`)
	t.Need("summary", `summary = "..."`)
	t.Need("blocks", "blocks = 5")
	t.Need("budget", `budget = "15m"`)
	t.Need("warm_up", `warm_up = "2s"`)
	t.Need("window", `window = "5s"`)
	t.Need("cells", `cells = ["hold/10000"]`)
	p := Profile{
		ID:      t.ID("id"),
		Summary: t.Text("summary", maxSummary),
		Blocks:  t.Integer("blocks", minBlocks, maxBlocks),
		Budget:  t.Duration("budget", time.Second, maxBudget),
		WarmUp:  t.Duration("warm_up", 0, maxPhase),
		Window:  t.Duration("window", time.Second, maxPhase),
		table:   t,
	}
	if t.Has("cells") {
		p.Cells = t.Texts("cells", maxProfiles*maxCells, maxCell)
	}
	for i, id := range p.Cells {
		if !isCell(id) {
			t.BadElement("cells", i, strict.Quote(id)+" is not a cell", `write it as "hold/10000" or "hold/host-limit"`)
		}
		if slices.Contains(p.Cells[:i], id) {
			t.BadElement("cells", i, "names "+strict.Quote(id)+" twice", "remove one")
		}
	}
	if t.Has("studies") {
		p.Studies = t.Texts("studies", maxProfiles, strict.MaxID)
	}
	if t.Has("first_look") {
		p.FirstLook = t.Integer("first_look", minBlocks, maxBlocks)
		if p.Blocks > 0 && p.FirstLook >= p.Blocks {
			t.Bad("first_look", fmt.Sprintf("is block %d of a run of %d", p.FirstLook, p.Blocks), "name an earlier block, or leave it out")
		}
	}
	p.Stacks = parseStacks(t, p.Cells)
	p.Windows = parseWindows(t)
	p.Canaries = t.Flag("canaries")
	if p.CrossCheck = t.Text("cross_check", maxCell); p.CrossCheck != "" && !slices.Contains(p.Cells, p.CrossCheck) {
		t.Bad("cross_check", strict.Quote(p.CrossCheck)+" is not among the cells", strict.Suggest(p.CrossCheck, p.Cells, "name one of them"))
	}
	return p
}

// parseStacks reads the cells in which further stacks of the same languages run as well.
func parseStacks(t *strict.Table, cells []string) []string {
	if !t.Has("stacks") {
		return nil
	}
	stacks := t.Texts("stacks", maxProfiles*maxCells, maxCell)
	for i, id := range stacks {
		if !slices.Contains(cells, id) {
			t.BadElement("stacks", i, strict.Quote(id)+" is not among the cells", strict.Suggest(id, cells, "name some of them"))
		}
		if slices.Contains(stacks[:i], id) {
			t.BadElement("stacks", i, "names "+strict.Quote(id)+" twice", "remove one")
		}
	}
	return stacks
}

// parseWindows reads the windows that differ from the profile's, by scenario.
func parseWindows(t *strict.Table) map[string]time.Duration {
	w := t.Sub("windows")
	if w == nil {
		return nil
	}
	windows := map[string]time.Duration{}
	for _, id := range w.Keys() {
		windows[id] = w.Duration(id, time.Second, maxPhase)
	}
	return windows
}

func isCell(s string) bool {
	scenario, point, found := strings.Cut(s, "/")
	return found && strict.IsID(scenario) && strict.IsID(point)
}

// CheckCells reports every cell that a profile names and no scenario has, one line
// each.
func (p Profile) CheckCells(scenarios []Scenario) error {
	var known []string
	for _, s := range scenarios {
		for _, c := range s.Cells {
			known = append(known, c.ID)
		}
	}
	var errs []error
	for id := range p.Windows {
		switch at := slices.IndexFunc(scenarios, func(s Scenario) bool { return s.ID == id }); {
		case at < 0:
			errs = append(errs, fmt.Errorf("profile %s: windows: no scenario %s; remove it", p.ID, strict.Quote(id)))
		case scenarios[at].Mode.Lifecycle():
			errs = append(errs, fmt.Errorf("profile %s: windows: scenario %s loads nothing and has no window; remove it", p.ID, strict.Quote(id)))
		}
	}
	for i, id := range p.Cells {
		if slices.Contains(known, id) {
			continue
		}
		what, fix := "no cell "+strict.Quote(id), strict.Suggest(id, known, "use one of "+strings.Join(known, ", "))
		if p.table == nil {
			errs = append(errs, fmt.Errorf("profile %s: cells: %s; %s", p.ID, what, fix))
			continue
		}
		errs = append(errs, p.table.ElementProblem("cells", i, what, fix))
	}
	return errors.Join(errs...)
}
