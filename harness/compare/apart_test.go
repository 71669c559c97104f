package compare

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/assay-bench/assay/harness/claim"
	"github.com/assay-bench/assay/harness/plan"
	"github.com/assay-bench/assay/harness/target"
)

// Whatever a cell puts on the servers sets it apart, and their numbers are not compared. The null server has a request of its own.
func TestCellsApart(t *testing.T) {
	for why, change := range map[string]func(*plan.Cell){
		"request GET /item?id={id}, then GET /other": func(c *plan.Cell) { c.Request = "GET /other" },
		"connections 64, then 30":                    func(c *plan.Cell) { c.Connections = 30 },
		"requests/s 5,000, then 6,000":               func(c *plan.Cell) { c.RequestsPerSecond = 6000 },
		"spread 0s, then 1s":                         func(c *plan.Cell) { c.Spread = time.Second },
		"objective 100ms, then 50ms":                 func(c *plan.Cell) { c.SLOP99 = 50 * time.Millisecond },
		"warm-up 1s, then 2s":                        func(c *plan.Cell) { c.WarmUp = 2 * time.Second },
		"window 4s, then 8s":                         func(c *plan.Cell) { c.Window = 8 * time.Second },
		"engine -, then vegeta":                      func(c *plan.Cell) { c.Engine = "vegeta" },
		"pool 0, then 8":                             func(c *plan.Cell) { c.PoolSize = 8 },
		"starts 0, then 5":                           func(c *plan.Cell) { c.Starts = 5 },
		"idle 0s, then 1s":                           func(c *plan.Cell) { c.Idle = time.Second },
		"development builds false, then true":        func(c *plan.Cell) { c.Development = true },
	} {
		b := later(nil)
		i := slices.IndexFunc(b.Plan.Cells, func(c plan.Cell) bool { return c.ID == "rate/5000" })
		change(&b.Plan.Cells[i])
		c := Compare(earlier(), b)
		if !slices.Contains(c.Apart, Apart{"cell rate/5000", why}) {
			t.Errorf("%s: apart %+v", why, c.Apart)
		}
		if slices.ContainsFunc(slices.Concat(c.Ratios, c.Metrics), func(m Movement) bool { return m.Cell == "rate/5000" && m.Target != target.NullID }) || len(c.Metrics) == 0 {
			t.Errorf("%s: its numbers are compared, or no others are", why)
		}
	}
}

// A request that one target alone is asked takes that target's numbers, and the ratio on either side of which it stands.
func TestOneTargetIsAskedSomethingElse(t *testing.T) {
	b := later(nil)
	i := slices.IndexFunc(b.Plan.Cells, func(c plan.Cell) bool { return c.ID == "rate/5000" })
	b.Plan.Cells[i].Requests = map[string]string{goServer: "GET /other"}
	c := Compare(earlier(), b)
	if !slices.Contains(c.Apart, Apart{"cell rate/5000 of go-server", "request GET /item?id={id}, then GET /other"}) {
		t.Errorf("apart %+v", c.Apart)
	}
	for _, m := range slices.Concat(c.Ratios, c.Metrics) {
		if m.Cell == "rate/5000" && (m.Target == goServer || m.Over == goServer) {
			t.Errorf("%s of %s is compared", m.Metric, subject(m))
		}
	}
	if !slices.ContainsFunc(c.Metrics, func(m Movement) bool { return m.Cell == "rate/5000" && m.Target == rustServer }) {
		t.Error("the other target's numbers are not compared")
	}
}

// A verdict on several cells is marked where one of them is not the same.
func TestOneOfSeveralCellsIsApart(t *testing.T) {
	upTo := claim.Reading{ID: "r", Shape: claim.UpTo, X: rustServer, Y: goServer, Metric: cpu, Cells: []string{"rate/5000", "saturate/64"}, Percent: 30}
	a, b := earlier(), later(nil)
	for _, r := range []*Run{&a, &b} {
		r.Plan.Ledger.Claims = []claim.Claim{{ID: "best", Readings: []claim.Reading{upTo}}}
	}
	p := pair{a: side{Run: a}, b: side{Run: b}}
	if p.otherCells("best", "r") || p.redefined("best", "r", "r") {
		t.Error("the same cells are said to differ")
	}
	for i := range p.b.Plan.Cells {
		if p.b.Plan.Cells[i].ID == "saturate/64" {
			p.b.Plan.Cells[i].Connections = 65
		}
	}
	if !p.otherCells("best", "r") {
		t.Error("one of its cells has another load, and it is not marked")
	}
	p.b.Plan.Limits.UpToTolerance = 1
	if !p.redefined("best", "r", "r") {
		t.Error("another tolerance of the plan is not another reading")
	}
	for _, q := range []*Run{&p.a.Run, &p.b.Run} {
		q.Plan.Ledger.Claims[0].Readings[0].Tolerance = 2
	}
	if p.redefined("best", "r", "r") {
		t.Error("a reading with its own tolerance depends on the plan's")
	}
}

// A case that asks for something else is named.
func TestCasesApart(t *testing.T) {
	a, b := earlier(), later(nil)
	a.Plan.Cost, b.Plan.Cost = priced(0.1).Cost, priced(0.1).Cost
	b.Plan.Cost.Cases[0].Connections = 2000
	a.Plan.Cost.Cases = append(a.Plan.Cost.Cases, a.Plan.Cost.Cases[0])
	a.Plan.Cost.Cases[1].ID = "old"
	var got []string
	for _, x := range Compare(a, b).Apart {
		got = append(got, x.What+": "+x.Why)
	}
	want := []string{
		"case case: 1,000 connections and 250 requests/s by rate/6000 and the ladder hold, then 2,000 connections and 250 requests/s by rate/6000 and the ladder hold",
		"case old: in A only",
	}
	if !slices.Equal(got, want) {
		t.Errorf("apart %s", strings.Join(got, "\n"))
	}
}
