package plan

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/assay-bench/assay/harness/claim"
	"github.com/assay-bench/assay/harness/cost"
	"github.com/assay-bench/assay/harness/scenario"
	"github.com/assay-bench/assay/harness/target"
)

// Input is what a plan is made from.
type Input struct {
	Version   string
	Article   string // how --article names it
	Seed      uint64
	Runtime   string
	Engine    string
	Profile   scenario.Profile
	Profiles  []scenario.Profile // all there are: what this one lacks may be left to another
	Ledger    claim.Ledger
	Cost      *cost.Model // nil: no bill is made
	Scenarios []scenario.Scenario
	Targets   []target.Target
	Placement target.Placement
	HostLimit HostLimit
	// OtherEngine drives the profile's cross-check; "" where there is no other one, and then no cross-check.
	OtherEngine string
	NoCanaries  bool
	// Unmeasured says of a mode why this system or runtime cannot measure it; its cells are left out with that reason.
	Unmeasured map[scenario.Mode]string
	NoDatabase string        // why no database can run beside the targets; "" where one can
	Agents     int           // that drive each cell together; 0: as many as it takes
	Only       string        // claim, scenario or cell ID; "" for all
	Budget     time.Duration // 0: the profile's
	Blocks     int           // 0: the profile's
}

// HostLimit is the number of connections one server process may hold on this host.
type HostLimit struct {
	Connections int
	Reason      string // what sets it, for people
}

// New makes the plan. Errors are the user's: an unknown name, a budget too small for one cell.
func New(in Input) (Plan, error) {
	p := Plan{
		Agents: in.Agents,
		Schema: Schema, Version: in.Version, Seed: in.Seed, Profile: in.Profile.ID, Runtime: in.Runtime, Engine: in.Engine,
		Ledger: in.Ledger, Cost: pricesFor(in), Placement: in.Placement, Blocks: blocks(in), Limits: DefaultLimits(),
		Budget: in.Profile.Budget, HostLimit: in.HostLimit.Connections, HostLimitReason: in.HostLimit.Reason,
	}
	if in.Article != in.Ledger.Article.ID {
		p.Article = in.Article
	}
	p.Awake = Awake(in.Engine, in.Agents, in.Placement)
	p.AwakeAtLimit = p.Awake > 0
	var err error
	if p.Studies, err = studies(in); err != nil {
		return Plan{}, err
	}
	if in.Budget > 0 {
		p.Budget = in.Budget
	}
	if in.Profile.FirstLook < p.Blocks { // fewer blocks than the profile's may leave nothing behind the look
		p.FirstLook = in.Profile.FirstLook
	}
	if in.Only == "" && withoutTrials(in.Ledger) {
		p.LeftOut, p.Expected = leftOut(in, p, nil), p.StudyTime()
		return p, nil
	}
	null := target.Null()
	p.Null = &null
	chosen, err := chooseCells(in)
	if err != nil {
		return Plan{}, err
	}
	p.Targets, err = chooseTargets(in, chosen.cells)
	if err != nil {
		return Plan{}, err
	}
	if p.Stacks, err = stacks(in, chosen.cells, p.Targets); err != nil {
		return Plan{}, err
	}
	if contest(in, &chosen, p.Targets); len(chosen.cells) == 0 {
		return Plan{}, fmt.Errorf("nothing to measure: no cell of profile %s is left%s", in.Profile.ID, reasons(in, chosen.why))
	}
	p.Cells = fit(in, &chosen, p)
	if len(p.Cells) == 0 {
		first := chosen.cells[0]
		return Plan{}, fmt.Errorf("a budget of %s is too short for a single cell at %d blocks%s; allow at least %s with --budget",
			p.Budget, p.Blocks, forSamples(in, first), roundUp(takes(chosen.cells[:1], p)))
	}
	p.Targets = dropIdle(p)
	if p.Database, err = database(in, p.Cells); err != nil {
		return Plan{}, err
	}
	if p.Database == nil {
		p.Placement.DatabaseCPUs = nil
	}
	p.Canaries = in.Profile.Canaries && !in.NoCanaries && slices.ContainsFunc(p.Cells, func(c Cell) bool { return !c.Mode.Lifecycle() })
	p.Slots = slots(p)
	p.Expected = takes(p.Cells, p)
	p.LeftOut = leftOut(in, p, withOthers(in, p, chosen.why))
	for _, id := range sortedKeys(chosen.why) {
		p.CellsLeftOut = append(p.CellsLeftOut, CellLeftOut{Cell: id, Why: chosen.why[id]})
	}
	p.CellsLeftOut = append(p.CellsLeftOut, unlisted(in, p)...)
	return p, nil
}

// blocks is how many the run has.
func blocks(in Input) int {
	if in.Blocks > 0 {
		return in.Blocks
	}
	return in.Profile.Blocks
}

// chooseTargets keeps the targets that a measured reading in one of the cells names; where --only asks for cells that no reading is
// about, those that any measured reading names.
func chooseTargets(in Input, cells []Cell) ([]target.Target, error) {
	named := namedTargets(in, func(r claim.Reading) bool { return touches(in.Cost, r, cells) })
	beside := len(named) == 0 && in.Only != ""
	if beside {
		named = namedTargets(in, func(claim.Reading) bool { return true })
	}
	var kept []target.Target
	for _, t := range in.Targets {
		variants := variantsOf(in, t, cells)
		_, ok := named[t.ID]
		if ok = ok || slices.ContainsFunc(variants, func(v target.Target) bool { return named[v.ID] != "" }); !ok {
			continue
		}
		for _, one := range append([]target.Target{t}, variants...) {
			kept = append(kept, one)
			delete(named, one.ID)
		}
	}
	if beside { // what is left are variants of other cells
		named = nil
	}
	for _, id := range sortedKeys(named) {
		return nil, fmt.Errorf("claim %s names target %q, which is not under targets/; `assay target list` shows what is", named[id], id)
	}
	if len(kept) == 0 && !slices.ContainsFunc(in.Ledger.Claims, func(c claim.Claim) bool { return slices.ContainsFunc(c.Readings, measured) }) {
		return nil, fmt.Errorf("%s has a reading of conformance and none that is measured: a run starts the servers that measured readings name, so that it has none to ask; "+
			"add one about the same servers in a cell of profile %s, or check a server alone by `assay target verify`", in.Ledger.Article.ID, in.Profile.ID)
	}
	if len(kept) == 0 {
		return nil, fmt.Errorf("no claim of %s is measured in the cells of profile %s; name the cells of its readings there", in.Ledger.Article.ID, in.Profile.ID)
	}
	return kept, nil
}

// namedTargets are the targets of the measured readings of a kind, each with a claim that names it.
func namedTargets(in Input, kind func(claim.Reading) bool) map[string]string {
	named := map[string]string{}
	for _, c := range in.Ledger.Claims {
		for _, r := range c.Readings {
			if !measured(r) || !kind(r) {
				continue
			}
			for _, id := range readingTargets(r) {
				named[id] = c.ID
			}
		}
	}
	return named
}

func readingTargets(r claim.Reading) []string {
	var ids []string
	for _, id := range []string{r.Target, r.X, r.Y} {
		if id != "" {
			ids = append(ids, id)
		}
	}
	return ids
}

// measured tells whether this version measures the reading at all.
func measured(r claim.Reading) bool {
	return r.NotYet == "" && r.Shape.Measured()
}

func touches(m *cost.Model, r claim.Reading, cells []Cell) bool {
	return slices.ContainsFunc(cells, func(c Cell) bool { return restsOn(m, r, c) })
}

// restsOn tells whether a reading is about the cell, or about the ladder of which the cell is a rung, or about a bill that is
// made from either.
func restsOn(m *cost.Model, r claim.Reading, c Cell) bool {
	return c.CrossCheck == "" && (c.ID == r.Cell || c.Scenario == r.Scenario || slices.Contains(r.Cells, c.ID) || billed(m, r, c.ID, c.Scenario))
}

// paired tells whether a comparison rests on the cell.
func paired(m *cost.Model, l claim.Ledger, c Cell) bool {
	return slices.ContainsFunc(l.Claims, func(cl claim.Claim) bool {
		return slices.ContainsFunc(cl.Readings, func(r claim.Reading) bool {
			return measured(r) && r.Shape.Comparative() && restsOn(m, r, c)
		})
	})
}

func sortedKeys(m map[string]string) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

func roundUp(d time.Duration) time.Duration { return d.Truncate(time.Second) + time.Second }

// leftOut lists the readings that this version could measure and this plan doesn't.
func leftOut(in Input, p Plan, why map[string]string) []LeftOut {
	var out []LeftOut
	for _, c := range p.Ledger.Claims {
		for _, r := range c.Readings {
			if r.NotYet == "" && r.Shape == claim.Studied && !slices.Contains(p.Studies, r.Study) {
				out = append(out, LeftOut{Claim: c.ID, Reading: r.ID, Why: whyStudy(in, r.Study)})
			}
			if !measured(r) {
				continue
			}
			if reason := notCovered(p, r, why); reason != "" {
				out = append(out, LeftOut{Claim: c.ID, Reading: r.ID, Why: reason})
			}
		}
	}
	return out
}

// minRungs is how many cells of a ladder a ladder metric needs: two to say which server
// goes further, three to fit a slope with a residual.
func minRungs(metric string) int {
	if metric == memoryPerConnection {
		return 3
	}
	return 2
}

func notCovered(p Plan, r claim.Reading, why map[string]string) string {
	if reason := notInRuntime(p.Runtime, r.Metric); reason != "" {
		return reason
	}
	if r.Shape == claim.UpTo { // it is refuted by all of its cells, so a plan that lacks one cannot judge it
		for _, cell := range r.Cells {
			if _, ok := p.Cell(cell); !ok {
				return whyCell(cell, p.Profile, why)
			}
		}
		return ""
	}
	if r.Case != "" {
		return notBilled(p, r, why)
	}
	if r.Cell != "" {
		if _, ok := p.Cell(r.Cell); ok {
			return ""
		}
		return whyCell(r.Cell, p.Profile, why)
	}
	return tooFewRungs(p, r.Scenario, minRungs(r.Metric))
}

// tooFewRungs says that the plan has fewer cells of a ladder than are needed, "" where it has as many.
func tooFewRungs(p Plan, scenario string, need int) string {
	rungs := 0
	for _, c := range p.Cells {
		if c.Scenario == scenario && c.CrossCheck == "" {
			rungs++
		}
	}
	if rungs < need {
		return fmt.Sprintf("needs %d rungs of the %s ladder, this plan has %d", need, scenario, rungs)
	}
	return ""
}

// notInRuntime says why a runtime cannot measure a metric, "" where it can.
func notInRuntime(runtime, metric string) string {
	if metric == "image_bytes" && runtime == "process" {
		return "a plain process has no image; --runtime docker measures it"
	}
	return ""
}

// withOthers adds to why the cells that are left to another profile.
func withOthers(in Input, p Plan, why map[string]string) map[string]string {
	all := maps.Clone(why)
	for _, other := range in.Profiles {
		for _, id := range other.Cells {
			if _, said := all[id]; !said && !slices.Contains(in.Profile.Cells, id) {
				all[id] = leftTo(in, "cell "+id, other.ID, cellTime(in, p, id))
			}
		}
	}
	return all
}

func whyCell(id, profile string, why map[string]string) string {
	if reason, ok := why[id]; ok {
		return reason
	}
	return fmt.Sprintf("cell %s is not in the %s profile", id, profile)
}

// Cell returns the planned cell of that ID.
func (p Plan) Cell(id string) (Cell, bool) {
	i := slices.IndexFunc(p.Cells, func(c Cell) bool { return c.ID == id })
	if i < 0 {
		return Cell{}, false
	}
	return p.Cells[i], true
}

// Target returns the planned target of that ID, a further stack or the null server too.
func (p Plan) Target(id string) (target.Target, bool) {
	if p.Null != nil && p.Null.ID == id {
		return *p.Null, true
	}
	all := p.AllTargets()
	i := slices.IndexFunc(all, func(t target.Target) bool { return t.ID == id })
	if i < 0 {
		return target.Target{}, false
	}
	return all[i], true
}

// EngineOf is what drives the cell.
func (p Plan) EngineOf(c Cell) string {
	if c.Engine != "" {
		return c.Engine
	}
	return p.Engine
}

// AgentConnections is how many connections one agent is known to hold truthfully.
const AgentConnections = 20_000

// AgentsOf is how many load agents drive the cell together. Only the native engine has parts.
func (p Plan) AgentsOf(c Cell) int {
	switch {
	case p.EngineOf(c) != nativeEngine:
		return 1
	case p.Agents > 0:
		return min(p.Agents, c.Connections)
	}
	return max(1, (c.Connections+AgentConnections-1)/AgentConnections)
}

// Trials is how many slots the cell has, and how many of them are the null server's.
func (p Plan) Trials(cell string) (all, null int) {
	for _, s := range p.Slots {
		if s.Cell != cell {
			continue
		}
		all++
		if s.Target == target.NullID {
			null++
		}
	}
	return all, null
}

// Covered lists, in the ledger's order, the claims of which this plan measures a reading.
func (p Plan) Covered() []string {
	left := map[string]bool{}
	for _, l := range p.LeftOut {
		left[l.Claim+" "+l.Reading] = true
	}
	var ids []string
	for _, c := range p.Ledger.Claims {
		if slices.ContainsFunc(c.Readings, func(r claim.Reading) bool { return measured(r) && !left[c.ID+" "+r.ID] }) {
			ids = append(ids, c.ID)
		}
	}
	return ids
}

// CellNames joins the IDs of the plan's cells.
func (p Plan) CellNames() string {
	names := make([]string, len(p.Cells))
	for i, c := range p.Cells {
		names[i] = c.ID
	}
	return strings.Join(names, ", ")
}
