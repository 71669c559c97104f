package plan

import (
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/assay-bench/assay/harness/claim"
	"github.com/assay-bench/assay/harness/cost"
)

// withBills has a bill of one target and a comparison of two, and no other claim.
func withBills() Input {
	in := input()
	in.Cost = &cost.Model{
		Assumptions: cost.Assumptions{Utilisation: 0.5, Replicas: 2, HoursPerMonth: 730},
		Machines:    []cost.Machine{{Provider: "p", Region: "r", Name: "m", USDPerHour: 0.1, VCPUs: 2, MemoryGiB: 4, Date: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)}},
		Cases:       []cost.Case{{ID: "case", Connections: 1000, RequestsPerSecond: 250, CPUCell: "rate/6000", MemoryScenario: "hold"}},
	}
	in.Ledger.Claims = []claim.Claim{
		{ID: "one", Readings: []claim.Reading{{ID: "main", Headline: true, Shape: claim.Range, Target: "rust-server", Metric: "cost_usd_per_month", Case: "case", From: 1, To: 2}}},
		{ID: "two", Readings: []claim.Reading{{ID: "main", Headline: true, Shape: claim.Range, X: "rust-server", Y: "go-server", Metric: "cost_usd_per_month", Case: "case", From: 20, To: 30}}},
	}
	return in
}

// A bill takes the cell of its CPU time and every rung of its ladder, each with an A/A arm; the plan carries the model.
func TestBillsArePlanned(t *testing.T) {
	p := mustPlan(t, withBills())
	if got := p.CellNames(); got != "hold/10000, rate/6000, hold/5000, hold/1000, hold/host-limit" || len(p.LeftOut) != 0 || len(p.Targets) != 2 {
		t.Errorf("cells %s, targets %v, left out %+v", got, p.Targets, p.LeftOut)
	}
	for _, c := range p.Cells {
		if !c.Paired {
			t.Errorf("cell %s has no A/A arm", c.ID)
		}
	}
	body, err := json.Marshal(p)
	if err != nil {
		t.Fatal(err)
	}
	var back Plan
	if err := json.Unmarshal(body, &back); err != nil || !reflect.DeepEqual(back.Cost, p.Cost) {
		t.Errorf("read back %+v (%v)", back.Cost, err)
	}
	body, err = json.Marshal(mustPlan(t, input()))
	if err != nil || strings.Contains(string(body), `"cost"`) {
		t.Errorf("a plan without prices mentions them (%v)", err)
	}
}

// One target alone may be billed: the other one of the ledger is not measured then.
func TestBillOfOneTarget(t *testing.T) {
	in := withBills()
	in.Ledger.Claims = in.Ledger.Claims[:1]
	if p := mustPlan(t, in); len(p.Targets) != 1 || p.Targets[0].ID != "rust-server" {
		t.Errorf("targets %v", p.Targets)
	}
}

func TestBillsThatAPlanCannotMake(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*Input)
		want   string
	}{
		"no CPU time": {func(in *Input) { in.Only = "hold" }, "--only hold leaves cell rate/6000 out"},
		"not the profile": {func(in *Input) {
			in.Profile.Cells = slices.DeleteFunc(in.Profile.Cells, func(id string) bool { return id == "rate/6000" })
		}, "cell rate/6000 is not in the standard profile"},
		"two rungs": {func(in *Input) { in.Profile.Cells = []string{"rate/6000", "hold/1000", "hold/5000"} }, "needs 3 rungs of the hold ladder, this plan has 2"},
	} {
		in := withBills()
		c.change(&in)
		p := mustPlan(t, in)
		if len(p.LeftOut) != 2 || p.LeftOut[0].Why != c.want || p.LeftOut[1].Why != c.want {
			t.Errorf("%s: left out %+v, want %s", name, p.LeftOut, c.want)
		}
	}
	in := withBills()
	in.Cost = nil
	in.Ledger.Claims = append(in.Ledger.Claims, input().Ledger.Claims[0])
	p := mustPlan(t, in)
	if len(p.LeftOut) != 2 || p.LeftOut[0].Why != "there is no case case in scenarios/cost.toml" {
		t.Errorf("without prices: left out %+v", p.LeftOut)
	}
}

func TestOnlyABill(t *testing.T) {
	in := withBills()
	in.Profile.Cells = append(in.Profile.Cells, "saturate/64")
	in.Scenarios = append(in.Scenarios, in.Scenarios[1])
	in.Scenarios[2].ID = "saturate"
	in.Scenarios[2].Cells = slices.Clone(in.Scenarios[2].Cells)
	in.Scenarios[2].Cells[0].ID = "saturate/64"
	in.Only = "two"
	if p := mustPlan(t, in); p.CellNames() != "hold/10000, rate/6000, hold/5000, hold/1000, hold/host-limit" {
		t.Errorf("--only two plans %s", p.CellNames())
	}
}

// An article that names no case has no prices in its plan: the cases are another one's.
func TestPricesAreOfArticlesThatNameACase(t *testing.T) {
	model := &cost.Model{}
	in := Input{Cost: model, Ledger: claim.Ledger{Claims: []claim.Claim{{Readings: []claim.Reading{{ID: "a"}, {ID: "b", Case: "roi"}}}}}}
	if pricesFor(in) != model {
		t.Error("an article with a case has no prices")
	}
	in.Ledger.Claims[0].Readings = in.Ledger.Claims[0].Readings[:1]
	if pricesFor(in) != nil {
		t.Error("an article without a case has prices")
	}
}
