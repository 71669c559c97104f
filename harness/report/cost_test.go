package report

import (
	"math"
	"strings"
	"testing"
	"time"

	"github.com/assay-bench/assay/harness/claim"
	"github.com/assay-bench/assay/harness/cost"
)

// inventedPrices are two providers, one of whose prices is stale beside the article, and two cases: one that the least number
// of machines carries, and one of tens of machines. The cheapest machine is not of the host's architecture.
func inventedPrices() *cost.Model {
	machine := func(provider, name, arch string, usd, gib float64, year int) cost.Machine {
		return cost.Machine{Provider: provider, Region: "somewhere", Name: name, Arch: arch, USDPerHour: usd, VCPUs: 2, MemoryGiB: gib,
			Source: "an invented list", URL: "https://example.org/prices", Date: time.Date(year, 1, 1, 0, 0, 0, 0, time.UTC)}
	}
	return &cost.Model{
		Assumptions: cost.Assumptions{Utilisation: 0.5, Replicas: 2, HoursPerMonth: 730, MemoryHeadroom: 0.2, ReservedMiB: 512},
		Machines:    []cost.Machine{machine("Cheap", "small", cost.Arm64, 0.05, 2, 2026), machine("Cheap", "roomy", cost.X8664, 0.07, 8, 2026), machine("Dear", "small", cost.X8664, 0.09, 4, 2023)},
		Cases: []cost.Case{
			{ID: "use-case", Summary: "a thousand connections", Connections: 1000, RequestsPerSecond: 250, CPUCell: "rate/5000", MemoryScenario: "hold"},
			{ID: "roi", Summary: "many", Connections: 100_000, RequestsPerSecond: 500_000, CPUCell: "rate/5000", MemoryScenario: "hold"},
		},
	}
}

// billed makes a headline of a range of bills.
func billed(r claim.Reading) claim.Reading {
	r.ID, r.Headline, r.Shape, r.Metric, r.InfrastructureOnly = "main", true, claim.Range, costPerMonth, true
	return r
}

// Beside a bill stand what it is made of, the same bill under other assumptions, and the dated prices; without a claim that
// rests on one, no price list.
func TestBillsAreShown(t *testing.T) {
	doc := build(t, newShapes().input())
	text := string(render(t, Markdown, doc))
	for _, want := range []string{
		"Infrastructure only: no wages, traffic, disks, load balancers or databases.", "## Prices of machines", "`2023-01-01` **(stale)**", "`2026-01-01` |", "[an invented list](https://example.org/prices)",
		"30 % of the CPU time, at least 2 machines", "70 % of the CPU time, at least 2 machines", "50 % of the CPU time, at least 1 machine ", "50 % of the CPU time, at least 3 machines",
		"50 % of the CPU time, at least 2 machines (as assumed)", "**bound by replicas:**", "**infrastructure only:**", "The whole interval lies below the range.",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("the report does not say %q", want)
		}
	}
	s := newShapes()
	s.plan.Ledger.Claims = s.plan.Ledger.Claims[:2]
	if text := string(render(t, Markdown, build(t, s.input()))); strings.Contains(text, pricesTitle) {
		t.Error("a report without a bill has a price list")
	}
}

// Reason and tables write a bill alike.
func TestBillsAreWrittenAlike(t *testing.T) {
	s := newShapes()
	in := s.input()
	for _, c := range in.Judgement.Claims {
		for _, r := range c.Readings {
			if r.Ratio == nil || r.Ratio.Metric != costPerMonth || len(r.Ratio.XValues) == 0 {
				continue
			}
			var logs float64
			for _, v := range r.Ratio.XValues {
				logs += math.Log(v.Value)
			}
			want := money(math.Exp(logs/float64(len(r.Ratio.XValues)))) + " USD/month"
			if !strings.Contains(r.Reason, r.Ratio.X+" "+want) {
				t.Errorf("%s: the reason %q does not say %s", c.ID, r.Reason, want)
			}
			return
		}
	}
	t.Error("no bill is compared")
}

func TestMoney(t *testing.T) {
	for v, want := range map[float64]string{72.226: "72.23", 999.994: "999.99", 1000: "1,000", 1372.4: "1,372", 0: "0.00"} {
		if got := money(v); got != want {
			t.Errorf("%v: %s, want %s", v, got, want)
		}
	}
	if got := moneySpan(10, 10, 10); got != "10.00" {
		t.Errorf("without width: %s", got)
	}
	if got := moneySpan(2000, 1900, 2100); got != "2,000 (1,900 to 2,100)" {
		t.Errorf("with width: %s", got)
	}
}

// A bill says why its load is what it is, or that the plan does not.
func TestReasonOfALoadIsShown(t *testing.T) {
	s := newShapes()
	s.plan.Cost.Cases[1].Why = "no load is named, and at a smaller one both cost the same"
	text := string(render(t, Markdown, build(t, s.input())))
	for _, want := range []string{
		"Why this load: no load is named, and at a smaller one both cost the same.",
		"Why this load: the plan of this run does not say.",
	} {
		if strings.Count(text, want) != 1 {
			t.Errorf("the report does not say once: %s", want)
		}
	}
}

// Where a saving is claimed, the bills of other loads stand beside it by the same usage; at the use case both are the same.
func TestBillsOfOtherLoadsAreShown(t *testing.T) {
	text := string(render(t, Markdown, build(t, newShapes().input())))
	_, text, _ = strings.Cut(text, "100,000 connections and 500,000 requests/s in all")
	for _, want := range []string{
		"| 10 % of the load: 10,000 connections, 50,000 requests/s | the cheapest |", "| 1 % of the load: 1,000 connections, 5,000 requests/s | the cheapest |",
		"| case use-case: 1,000 connections, 250 requests/s | the cheapest | 73.00, 2 x small | 73.00, 2 x small | 1.000 |",
		"At the load of case use-case (1,000 connections, 250 requests/s) the bills of rust-server and go-server are the same, 73.00 USD/month, at either end of the intervals: a saving of 0 %.",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("the report does not say %q", want)
		}
	}
	if strings.Contains(text, "At the load of case roi") || allEqual([]float64{1, 2}, 2) || allEqual([]float64{1}, 2) || !allEqual([]float64{1, 1}, 2) {
		t.Error("bills that differ are said to be the same")
	}
}
