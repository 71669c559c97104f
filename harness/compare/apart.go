package compare

import (
	"slices"
	"strconv"
	"strings"

	"github.com/assay-bench/assay/harness/plan"
)

// An Apart is a cell, a case or a reading that is not the same in both runs. Its numbers are
// not compared.
type Apart struct {
	What string `json:"what"` // "cell hold/10000", "cell database/64 of go-server", "case roi", "reading cpu of verdict-performance"
	Why  string `json:"why"`
}

// apart are the cells of either run that the other lacks, or loads or checks differently, the
// cases that ask for another bill, and the readings that are defined differently.
func (p pair) apart() []Apart {
	all := append(p.cellsApart(), p.casesApart()...)
	for _, c := range p.a.Plan.Ledger.Claims {
		for _, r := range c.Readings {
			if _, ok := findReading(p.b.Plan.Ledger, c.ID, r.ID); ok && p.redefined(c.ID, r.ID, r.ID) {
				all = append(all, Apart{"reading " + r.ID + " of " + c.ID, "the two runs mean something else by it"})
			}
		}
	}
	return all
}

func (p pair) cellsApart() []Apart {
	var all []Apart
	for _, a := range p.a.Plan.Cells {
		b, ok := p.b.Plan.Cell(a.ID)
		if !ok {
			all = append(all, Apart{"cell " + a.ID, "in A only"})
			continue
		}
		if why := p.whyApart(a, b); why != "" {
			all = append(all, Apart{"cell " + a.ID, why})
			continue
		}
		for _, server := range p.servers() { // one that is asked something of its own
			if why := p.whyApartFor(a.ID, server); why != "" {
				all = append(all, Apart{"cell " + a.ID + " of " + server, why})
			}
		}
	}
	for _, b := range p.b.Plan.Cells {
		if _, ok := p.a.Plan.Cell(b.ID); !ok {
			all = append(all, Apart{"cell " + b.ID, "in B only"})
		}
	}
	return all
}

// whyApart says why numbers of two cells are not drawn alike, "" where they are: another load, or another limit by which their
// trials are found valid.
func (p pair) whyApart(a, b plan.Cell) string {
	var how []string
	if load := loadApart(a, b); load != "" {
		how = append(how, load)
	}
	for _, l := range limitsApart(p.a.Plan.Limits, p.b.Plan.Limits) {
		if slices.Contains(l.modes, a.Mode) {
			how = append(how, "limit "+l.key+" "+l.a+", then "+l.b)
		}
	}
	return strings.Join(how, "; ")
}

// loadApart says how the load of two cells differs, "" when it does not.
func loadApart(a, b plan.Cell) string {
	var d differing
	d.row("mode", string(a.Mode), string(b.Mode))
	d.row("request", a.Request, b.Request)
	d.row("connections", count(a.Connections), count(b.Connections))
	d.row("requests/s", setting(a.RequestsPerSecond), setting(b.RequestsPerSecond))
	d.row("spread", a.Spread.String(), b.Spread.String())
	d.row("objective", a.SLOP99.String(), b.SLOP99.String())
	d.row("warm-up", a.WarmUp.String(), b.WarmUp.String())
	d.row("window", a.Window.String(), b.Window.String())
	d.row("engine", a.Engine, b.Engine)
	d.number("pool", a.PoolSize, b.PoolSize)
	d.number("starts", a.Starts, b.Starts)
	d.row("idle", a.Idle.String(), b.Idle.String())
	d.row("development builds", strconv.FormatBool(a.Development), strconv.FormatBool(b.Development))
	var how []string
	for _, r := range d.rows {
		how = append(how, r.What+" "+r.A+", then "+r.B)
	}
	return strings.Join(how, "; ")
}

// whyApartFor is whyApart for what one target is asked there.
func (p pair) whyApartFor(cell, server string) string {
	a, okA := p.a.Plan.CellOf(plan.Slot{Cell: cell, Target: server})
	b, okB := p.b.Plan.CellOf(plan.Slot{Cell: cell, Target: server})
	if !okA || !okB {
		return "not in both runs"
	}
	return p.whyApart(a, b)
}

// sameCell reports whether both runs put the same load on all of these targets there, and check it alike.
func (p pair) sameCell(cell string, servers ...string) bool {
	return !slices.ContainsFunc(servers, func(server string) bool { return p.whyApartFor(cell, server) != "" })
}

// sameLadder reports whether a scenario has the same rungs in both runs.
func (p pair) sameLadder(scenario string) bool {
	for _, run := range []plan.Plan{p.a.Plan, p.b.Plan} {
		for _, c := range run.Cells {
			if c.Scenario == scenario && c.CrossCheck == "" && !p.sameCell(c.ID, "") {
				return false
			}
		}
	}
	return true
}
