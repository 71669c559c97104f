package compare

import (
	"strings"

	"github.com/assay-bench/assay/harness/plan"
)

// An Apart is a cell or a reading that is not the same in both runs. Its numbers are not
// compared.
type Apart struct {
	What string `json:"what"` // "cell hold/10000", "reading cpu of verdict-performance"
	Why  string `json:"why"`
}

// apart are the cells of either run that the other lacks or loads differently, and the
// readings that the two ledgers define differently.
func (p pair) apart() []Apart {
	all := p.cellsApart()
	for _, c := range p.a.Plan.Ledger.Claims {
		for _, r := range c.Readings {
			if _, ok := findReading(p.b.Plan.Ledger, c.ID, r.ID); ok && p.redefined(c.ID, r.ID, r.ID) {
				all = append(all, Apart{"reading " + r.ID + " of " + c.ID, "the two ledgers mean something else by it"})
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
		if why := loadApart(a, b); why != "" {
			all = append(all, Apart{"cell " + a.ID, why})
		}
	}
	for _, b := range p.b.Plan.Cells {
		if _, ok := p.a.Plan.Cell(b.ID); !ok {
			all = append(all, Apart{"cell " + b.ID, "in B only"})
		}
	}
	return all
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
	var how []string
	for _, r := range d.rows {
		how = append(how, r.What+" "+r.A+", then "+r.B)
	}
	return strings.Join(how, "; ")
}

// sameCell reports whether both runs put the same load on a target there.
func (p pair) sameCell(cell, server string) bool {
	a, okA := p.a.Plan.CellOf(plan.Slot{Cell: cell, Target: server})
	b, okB := p.b.Plan.CellOf(plan.Slot{Cell: cell, Target: server})
	return okA && okB && loadApart(a, b) == ""
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
