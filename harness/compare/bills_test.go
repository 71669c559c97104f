package compare

import (
	"strings"
	"testing"
	"time"

	"github.com/assay-bench/assay/harness/cost"
	"github.com/assay-bench/assay/harness/plan"
)

func priced(usd float64) plan.Plan {
	return plan.Plan{
		Cells: []plan.Cell{{ID: "rate/6000", Scenario: "rate"}, {ID: "hold/1000", Scenario: "hold", Connections: 1000}},
		Cost: &cost.Model{
			Assumptions: cost.Assumptions{Utilisation: 0.5, Replicas: 2, HoursPerMonth: 730},
			Machines:    []cost.Machine{{Provider: "p", Name: "m", USDPerHour: usd, Date: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)}},
			Cases:       []cost.Case{{ID: "case", Connections: 1000, RequestsPerSecond: 250, CPUCell: "rate/6000", MemoryScenario: "hold"}},
		},
	}
}

// Bills are set side by side where prices, assumptions, load and cells are the same; else the difference is told.
func TestSameBill(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*plan.Plan)
		same   bool
		told   string
	}{
		"the same":       {func(*plan.Plan) {}, true, ""},
		"its reason":     {func(p *plan.Plan) { p.Cost.Cases[0].Why = "kept since" }, true, ""},
		"another price":  {func(p *plan.Plan) { p.Cost.Machines[0].USDPerHour = 0.2 }, false, "not the same prices"},
		"another share":  {func(p *plan.Plan) { p.Cost.Assumptions.Utilisation = 0.7 }, false, "70 % of the CPU time used"},
		"no prices":      {func(p *plan.Plan) { p.Cost = nil }, false, "no price list"},
		"another load":   {func(p *plan.Plan) { p.Cost.Cases[0].Connections = 2000 }, false, ""},
		"another cell":   {func(p *plan.Plan) { p.Cells[0].Request = "GET /other" }, false, ""},
		"another ladder": {func(p *plan.Plan) { p.Cells[1].Connections = 2000 }, false, ""},
		"no case":        {func(p *plan.Plan) { p.Cost.Cases = nil }, false, ""},
	} {
		p := pair{a: side{Run: Run{Plan: priced(0.1)}}, b: side{Run: Run{Plan: priced(0.1)}}}
		c.change(&p.b.Plan)
		if p.sameBill("case") != c.same {
			t.Errorf("%s: same bill %t", name, !c.same)
		}
		if apart := p.casesApart(); c.same && len(apart) > 0 {
			t.Errorf("%s: cases apart %+v", name, apart)
		}
		all := p.prices()
		if (len(all) > 0) != (c.told != "") || len(all) > 0 && !strings.Contains(all[0].B, c.told) {
			t.Errorf("%s: told %+v", name, all)
		}
	}
	if caseOf("cost_usd_per_month", "case roi") != "roi" || caseOf("p99_ms", "case roi") != "" {
		t.Error("a place is read wrongly")
	}
}
