package plan

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/assay-bench/assay/harness/claim"
	"github.com/assay-bench/assay/harness/scenario"
	"github.com/assay-bench/assay/harness/target"
)

// A choice is the cells that a plan may have, most important first, and why others are not among them.
type choice struct {
	cells []Cell
	why   map[string]string // by cell ID
}

// chooseCells resolves the profile's cells against the host and the --only filter.
func chooseCells(in Input) (choice, error) {
	c := choice{why: map[string]string{}}
	only, err := onlyFilter(in)
	if err != nil {
		return c, err
	}
	for _, id := range candidates(in) {
		s, cell, ok := findCell(in.Scenarios, id)
		if !ok {
			return c, fmt.Errorf("profile %s names cell %q, which no scenario has", in.Profile.ID, id)
		}
		if !only(id) {
			c.why[id] = leftOutByOnly(in, id)
			continue
		}
		resolved := resolve(s, cell, in)
		if resolved.Connections > in.HostLimit.Connections {
			c.why[id] = fmt.Sprintf("this host allows %d connections to one server (%s)", in.HostLimit.Connections, in.HostLimit.Reason)
			continue
		}
		if why := in.Unmeasured[resolved.Mode]; why != "" {
			c.why[id] = why
			continue
		}
		if why := unbuildable(in, resolved); why != "" {
			c.why[id] = why
			continue
		}
		if why := noDatabase(in, s); why != "" {
			c.why[id] = fmt.Sprintf("cell %s: %s", id, why)
			continue
		}
		if resolved.Mode.Closed() && in.Engine != nativeEngine {
			c.why[id] = fmt.Sprintf("mode %s needs the %s engine; cell %s is left out", resolved.Mode, nativeEngine, id)
			continue
		}
		if resolved.PercentOfCapacity > 0 && in.Engine != nativeEngine {
			c.why[id] = fmt.Sprintf("its rate is a share of capacity, which the %s engine alone finds; cell %s is left out", nativeEngine, id)
			continue
		}
		resolved.Paired = paired(in.Cost, in.Ledger, resolved)
		resolved.Stacks = slices.Contains(in.Profile.Stacks, id)
		c.cells = append(c.cells, resolved)
		if id == in.Profile.CrossCheck && in.OtherEngine != "" && !resolved.Mode.Lifecycle() {
			c.cells = append(c.cells, crossCheck(resolved, in.OtherEngine))
		}
	}
	if len(c.cells) == 0 {
		why := reasons(in, c.why)
		if missing := neededBy(in.Ledger, in.Only); why == "" && len(missing) > 0 {
			why = fmt.Sprintf("; %s rests on %s, which a larger profile may have", in.Only, strings.Join(missing, ", "))
		}
		return c, fmt.Errorf("nothing to measure: no cell of profile %s is left%s", in.Profile.ID, why)
	}
	return c, nil
}

// candidates are the profile's cells. One that --only names is measured though the profile does not list it, as are those of a
// scenario of which no profile has any: what somebody asks for by name need not be a part of any size of run.
func candidates(in Input) []string {
	all := slices.Clone(in.Profile.Cells)
	for _, s := range in.Scenarios {
		listed := slices.ContainsFunc(append(slices.Clone(in.Profiles), in.Profile), func(p scenario.Profile) bool { return hasCellOf(p, s.ID) })
		for _, c := range s.Cells {
			if !slices.Contains(all, c.ID) && (c.ID == in.Only || s.ID == in.Only && !listed) {
				all = append(all, c.ID)
			}
		}
	}
	return all
}

func hasCellOf(p scenario.Profile, id string) bool {
	return slices.ContainsFunc(p.Cells, func(cell string) bool { return scenarioOf(cell) == id })
}

// neededBy are the cells and scenarios that the readings of a claim name, each once.
func neededBy(l claim.Ledger, id string) []string {
	var all []string
	for _, c := range l.Claims {
		if c.ID != id {
			continue
		}
		for _, r := range c.Readings {
			for _, name := range append([]string{r.Cell, r.Scenario}, r.Cells...) {
				if name != "" && !slices.Contains(all, name) {
					all = append(all, name)
				}
			}
		}
	}
	return all
}

// reasons says why cells are left out, but for those that --only left out: they were not asked for.
func reasons(in Input, why map[string]string) string {
	var all []string
	for _, id := range sortedKeys(why) {
		if why[id] != leftOutByOnly(in, id) {
			all = append(all, why[id])
		}
	}
	if len(all) == 0 {
		return ""
	}
	return "; " + strings.Join(slices.Compact(all), "; ")
}

func leftOutByOnly(in Input, cell string) string {
	return fmt.Sprintf("--only %s leaves cell %s out", in.Only, cell)
}

func findCell(scenarios []scenario.Scenario, id string) (scenario.Scenario, scenario.Cell, bool) {
	for _, s := range scenarios {
		for _, c := range s.Cells {
			if c.ID == id {
				return s, c, true
			}
		}
	}
	return scenario.Scenario{}, scenario.Cell{}, false
}

// nativeEngine is the only one with closed loops (package load names it too, which plan does not import).
const nativeEngine = "native"

// crossCheck is the same cell, driven by another engine.
func crossCheck(c Cell, engine string) Cell {
	c.CrossCheck, c.Engine, c.Paired, c.Stacks = c.ID, engine, false, false
	c.ID += "-by-" + engine
	return c
}

func resolve(s scenario.Scenario, c scenario.Cell, in Input) Cell {
	out := Cell{
		ID: c.ID, Scenario: s.ID, Mode: s.Mode, Request: s.Request, Connections: c.Connections, HostLimit: c.HostLimit,
		RequestsPerSecond: c.RequestsPerSecond, PercentOfCapacity: c.PercentOfCapacity, SLOP99: s.SLO.P99, Spread: s.Spread, WarmUp: max(in.Profile.WarmUp, s.Spread), Window: profileWindow(in, s.ID),
		PoolSize: c.PoolSize,
	}
	if s.Mode.Lifecycle() { // nothing is loaded
		out.Starts, out.Idle, out.Development, out.WarmUp, out.Window = s.Starts, s.Idle, s.Development, 0, 0
		if s.Blocks < blocks(in) {
			out.Blocks = s.Blocks
		}
	}
	if c.HostLimit {
		out.Connections = in.HostLimit.Connections
		out.RequestsPerSecond = c.PerConnection * float64(out.Connections)
	}
	out.Window, _ = longEnough(in, out)
	return out
}

// profileWindow is the profile's window for the cells of a scenario.
func profileWindow(in Input, scenario string) time.Duration {
	if own, ok := in.Profile.Windows[scenario]; ok {
		return own
	}
	return in.Profile.Window
}

// unbuildable says why mode build cannot measure the targets of a cell, "" where it can: one that a reading is about lacks what is
// built or edited in its manifest.
func unbuildable(in Input, c Cell) string {
	if c.Mode != scenario.Build {
		return ""
	}
	for _, t := range in.Targets {
		switch {
		case !namedIn(in, t.ID, c):
		case t.Build.Edit == nil:
			return fmt.Sprintf("cell %s needs an edit to make, and the target.toml of %s has no [build.edit]", c.ID, t.ID)
		case !builds(t, c):
			return fmt.Sprintf("cell %s makes development builds, and the target.toml of %s has no [build.development]", c.ID, t.ID)
		}
	}
	return ""
}

// builds tells whether the manifest has all that a cell of mode build makes.
func builds(t target.Target, c Cell) bool {
	return t.Build.Edit != nil && (t.Build.Development != nil || !c.Development)
}

// namedIn tells whether a reading in the cell is about the target.
func namedIn(in Input, target string, c Cell) bool {
	return slices.ContainsFunc(in.Ledger.Claims, func(cl claim.Claim) bool {
		return slices.ContainsFunc(cl.Readings, func(r claim.Reading) bool {
			return measured(r) && restsOn(in.Cost, r, c) && slices.Contains(readingTargets(r), target)
		})
	})
}

// onlyFilter reads --only: a cell, a scenario, or a claim (then the cells its readings need).
func onlyFilter(in Input) (func(cell string) bool, error) {
	if in.Only == "" {
		return func(string) bool { return true }, nil
	}
	if _, _, ok := findCell(in.Scenarios, in.Only); ok {
		return func(cell string) bool { return cell == in.Only }, nil
	}
	if slices.ContainsFunc(in.Scenarios, func(s scenario.Scenario) bool { return s.ID == in.Only }) {
		return func(cell string) bool { return strings.HasPrefix(cell, in.Only+"/") }, nil
	}
	i := slices.IndexFunc(in.Ledger.Claims, func(c claim.Claim) bool { return c.ID == in.Only })
	if i < 0 {
		return nil, fmt.Errorf("--only %s: no claim, scenario or cell has this name; `assay claims` lists the claims", in.Only)
	}
	if why := unmeasured(in.Ledger.Claims[i]); why != "" {
		return nil, fmt.Errorf("--only %s: no trial decides this claim: %s", in.Only, why)
	}
	return func(cell string) bool {
		return slices.ContainsFunc(in.Ledger.Claims[i].Readings, func(r claim.Reading) bool {
			return measured(r) && (r.Cell == cell || slices.Contains(r.Cells, cell) || r.Scenario != "" && strings.HasPrefix(cell, r.Scenario+"/") ||
				billed(in.Cost, r, cell, scenarioOf(cell)))
		})
	}, nil
}

// unmeasured says why no reading of the claim rests on trials, "" where one does.
func unmeasured(c claim.Claim) string {
	if slices.ContainsFunc(c.Readings, measured) {
		return ""
	}
	h := c.Headline()
	switch {
	case h.NotYet != "":
		return h.NotYet
	case h.Shape == claim.Combines:
		return "it shows the verdicts of " + strings.Join(h.Claims, ", ")
	case h.Shape == claim.Documented:
		return "dated sources do, under scenarios/evidence/"
	}
	return h.Reason
}

// fit takes the cells in their order as long as they fit the budget, and leaves out those that do not. A cell may change what the others take: the null server has to hold
// more connections than any of them asks for, in the largest that there is.
func fit(in Input, c *choice, p Plan) []Cell {
	var kept []Cell
	for _, cell := range c.cells {
		with := append(slices.Clone(kept), cell)
		if t := takes(with, p); t > p.Budget {
			c.why[cell.ID] = fmt.Sprintf("cell %s takes %s more%s and does not fit the budget of %s; raise --budget%s",
				cell.ID, (t - takes(kept, p)).Round(time.Second), forSamples(in, cell), p.Budget, larger(in, cell.ID))
			continue
		}
		kept = with
	}
	return kept
}

// larger names a profile with a larger budget that has the cell, "" where there is none.
func larger(in Input, cell string) string {
	for _, other := range in.Profiles {
		if other.Budget > in.Profile.Budget && slices.Contains(other.Cells, cell) {
			return " or take the " + other.ID + " profile"
		}
	}
	return ""
}
