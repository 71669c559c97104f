package verdict

import (
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/assay-bench/assay/harness/claim"
	"github.com/assay-bench/assay/harness/cost"
	"github.com/assay-bench/assay/harness/plan"
	"github.com/assay-bench/assay/harness/target"
	"github.com/assay-bench/assay/harness/trial"
)

// withPrices gives a synthetic plan one machine for 73 USD a month (0.1 x 730), with 2 x 0.5 = 1 CPU second a second, and two
// cases: one that the least number of machines carries, and one of a million requests a second, for which a server of 60 us
// takes 60 machines (4,380 USD) and one of 100 us takes 100 (7,300 USD).
func withPrices(s *synthetic) *synthetic {
	s.plan.Targets = []target.Target{{ID: goServer}, {ID: rustServer}}
	s.plan.Ledger.Article.Date = time.Date(2026, 1, 26, 0, 0, 0, 0, time.UTC)
	s.plan.Cost = &cost.Model{
		Assumptions: cost.Assumptions{Utilisation: 0.5, Replicas: 2, HoursPerMonth: 730, MemoryHeadroom: 0.2, ReservedMiB: 512},
		Machines: []cost.Machine{{Provider: "Cheap", Region: "here", Name: "small", USDPerHour: 0.1, VCPUs: 2, MemoryGiB: 4,
			Source: "a list", URL: "https://example.org/prices", Date: time.Date(2026, 2, 1, 0, 0, 0, 0, time.UTC)}},
		Cases: []cost.Case{
			{ID: "small", Summary: "little", Connections: 1000, RequestsPerSecond: 250, CPUCell: "rate/5000", MemoryScenario: "hold"},
			{ID: "large", Summary: "much", Connections: 100_000, RequestsPerSecond: 1e6, CPUCell: "rate/5000", MemoryScenario: "hold"},
		},
	}
	return s
}

// costsIn is the reading "rust-server costs from a to b USD a month", costsLessIn "by a to b % less than go-server".
func costsIn(id string, from, to float64) claim.Reading {
	return claim.Reading{Shape: claim.Range, Target: rustServer, Metric: costMetric, Case: id, From: from, To: to, InfrastructureOnly: true}
}

func costsLessIn(id string, from, to float64) claim.Reading {
	return claim.Reading{Shape: claim.Range, X: rustServer, Y: goServer, Metric: costMetric, Case: id, From: from, To: to, InfrastructureOnly: true}
}

// spends sets CPU time a request to 100 us, rust-server's to 60 us with the wobble of its block: 60 or 61 machines.
func spends(s plan.Slot, r *trial.Record) {
	r.Metrics[cpuMetric] = 100
	if s.Target == rustServer {
		r.Metrics[cpuMetric] = 60 * (1 + wobble()[s.Block-1])
	}
}

func TestCostVerdicts(t *testing.T) {
	for _, c := range []struct {
		name    string
		reading claim.Reading
		want    Verdict
		side    string
		reason  string
	}{
		{"inside", costsIn("large", 4000, 5000), Supported, "", "inside 4,000 to 5,000 USD/month; 8 blocks"},
		{"below", costsIn("large", 5000, 6000), Refuted, "below", "below 5,000 to 6,000 USD/month"},
		{"above", costsIn("large", 1000, 2000), Refuted, "above", "above 1,000 to 2,000 USD/month"},
		{"open", costsIn("large", 4000, 4420), Inconclusive, "", "neither inside 4,000 to 4,420 USD/month nor outside"},
		{"40 % less: inside", costsLessIn("large", 35, 45), Supported, "", "inside 35 to 45 %"},
		{"40 % less: below", costsLessIn("large", 50, 60), Refuted, "below", "below 50 to 60 %"},
		{"40 % less: above", costsLessIn("large", 20, 30), Refuted, "above", "above 20 to 30 %"},
		{"40 % less: open", costsLessIn("large", 30, 39.5), Inconclusive, "", "neither inside 30 to 39.5 % nor outside"},
		{"the same machines: below", costsIn("small", 10_000, 20_000), Refuted, "below", "rust-server 146.00 USD/month (cost of machines, case small), the same in each of 8 blocks: below"},
		{"the same machines: inside", costsIn("small", 100, 200), Supported, "", "inside 100 to 200"},
		{"the same machines: no saving", costsLessIn("small", 20, 30), Refuted, "below", "lower by 0 %, 95 % interval 0 %, without width"},
	} {
		r := reading(t, withPrices(newSynthetic(8)).claims(c.reading).run(spends).judge(), 0)
		if r.Verdict != c.want || !strings.Contains(r.Reason, c.reason) {
			t.Errorf("%s: %s (%s); want %s (%s)", c.name, r.Verdict, r.Reason, c.want, c.reason)
		}
		side := ""
		if r.Amount != nil {
			side = r.Amount.Side
		} else if r.Range != nil {
			side = r.Range.Side
		}
		same := c.reading.Case == "small"
		if side != c.side || r.Rule == "" || r.WouldChange == "" || r.Cost == nil || hasNote(r.Notes, noteReplicas) != same || hasNote(r.Notes, noteNoVariance) != same ||
			!hasNote(r.Notes, noteInfrastructure) || hasNote(r.Notes, noteExtrapolated) == same {
			t.Errorf("%s: side %q, rule %q, cost %+v, notes %+v", c.name, side, r.Rule, r.Cost, r.Notes)
		}
	}
}

// By hand: 60 us, a base of 20 MB and 6,000 bytes a connection, a million requests a second: 60 machines of 73 USD.
func TestCostEvidence(t *testing.T) {
	r := reading(t, withPrices(newSynthetic(8)).claims(costsIn("large", 4000, 5000)).run(func(s plan.Slot, rec *trial.Record) {
		rec.Metrics[cpuMetric] = 60
		rec.Metrics[memoryBytes] = 20e6 + 6000*float64(rec.Connections.Asked)
	}).judge(), 0)
	if len(r.Amount.Values) != 8 || r.Amount.Values[0].Value != 4380 || r.Amount.Inside.Center != 4380 || r.Amount.Difference.Confidence != 0.95 {
		t.Errorf("amount %+v", r.Amount)
	}
	if len(r.Cost.Targets) != 2 || r.Cost.Targets[0].Usage.Target != rustServer || r.Cost.Targets[1].Usage.Target != goServer {
		t.Fatalf("targets %+v", r.Cost.Targets)
	}
	u, b := r.Cost.Targets[0].Usage, r.Cost.Targets[0].Bill
	near := func(got, want float64) bool { return math.Abs(got-want) <= 1e-6*want }
	if !near(u.CPU.Center, 60) || !near(u.Base.Center, 20e6) || !near(u.PerConnection.Center, 6000) || !near(u.CPU.Confidence, 1-0.05/3) || u.CPU.Blocks != 8 {
		t.Errorf("usage %+v", u)
	}
	if b == nil || b.Count != 60 || b.USDPerMonth != 4380 || b.Low != 4380 || b.High != 4380 || b.BoundBy != "cpu" || b.Machine != "small" {
		t.Errorf("bill %+v", b)
	}
}

// A block without one of the numbers has no bill; four blocks are too few.
func TestCostNeedsItsNumbers(t *testing.T) {
	for name, c := range map[string]struct {
		drop func(plan.Slot, *trial.Record)
		have int
	}{
		"CPU time in one block":     {func(s plan.Slot, r *trial.Record) { dropIn(s, r, 3, "rate/5000", cpuMetric) }, 7},
		"memory of the other cells": {func(s plan.Slot, r *trial.Record) { dropIn(s, r, 3, "rate/5000", memoryBytes) }, 8},
		"one rung of five":          {func(s plan.Slot, r *trial.Record) { dropIn(s, r, 3, "hold/1000", memoryBytes) }, 8},
		"three rungs of five": {func(s plan.Slot, r *trial.Record) {
			for _, cell := range []string{"hold/1000", "hold/2500", "hold/5000"} {
				dropIn(s, r, 3, cell, memoryBytes)
			}
		}, 7},
		"CPU time in four blocks": {func(s plan.Slot, r *trial.Record) {
			if s.Block > 4 {
				dropIn(s, r, s.Block, "rate/5000", cpuMetric)
			}
		}, 4},
	} {
		r := reading(t, withPrices(newSynthetic(8)).claims(costsIn("large", 4000, 5000)).run(func(s plan.Slot, r *trial.Record) {
			spends(s, r)
			c.drop(s, r)
		}).judge(), 0)
		want := Supported
		if c.have < 5 {
			want = Inconclusive
		}
		if r.Amount == nil || r.Amount.Blocks != c.have || r.Verdict != want {
			t.Errorf("%s: %s (%s), %+v; want %s over %d blocks", name, r.Verdict, r.Reason, r.Amount, want, c.have)
		}
	}
}

func dropIn(s plan.Slot, r *trial.Record, block int, cell, metric string) {
	if s.Block == block && s.Cell == cell && s.Target == rustServer {
		delete(r.Metrics, metric)
	}
}

func TestCostNotInThePlan(t *testing.T) {
	for want, change := range map[string]func(*plan.Plan){
		"the plan has no price list":                       func(p *plan.Plan) { p.Cost = nil },
		`the plan has no case "large" to make a bill for`:  func(p *plan.Plan) { p.Cost.Cases = p.Cost.Cases[:1] },
		`the plan has no cell "rate/7000"`:                 func(p *plan.Plan) { p.Cost.Cases[1].CPUCell = "rate/7000" },
		`the plan has 0 rungs of scenario "sit"`:           func(p *plan.Plan) { p.Cost.Cases[1].MemoryScenario = "sit" },
		`the plan has no trial of "rust-server" in cell "`: func(p *plan.Plan) { p.Slots = p.Slots[:0] },
	} {
		for _, r := range []claim.Reading{costsIn("large", 1, 2), costsLessIn("large", 20, 30)} {
			s := withPrices(newSynthetic(5)).claims(r)
			change(&s.plan)
			if got := reading(t, s.judge(), 0); got.Verdict != NotMeasured || !strings.Contains(got.Reason, want) {
				t.Errorf("%s (%s); want not measured, %s", got.Verdict, got.Reason, want)
			}
		}
	}
}

// Ranges of one target count in the family, as others do.
func TestCostBelongsToTheFamily(t *testing.T) {
	j := withPrices(newSynthetic(8)).claims(beatsOn(cpuMetric, "rate/5000"), costsIn("small", 1, 2), costsIn("large", 1, 2), costsLessIn("large", 20, 30)).run(spends).judge()
	if j.FamilySize != 4 || math.Abs(j.Claims[2].Readings[0].Amount.Difference.Confidence-(1-0.05/4)) > 1e-9 || math.Abs(j.Claims[2].Readings[0].Amount.Inside.Confidence-(1-0.10/4)) > 1e-9 {
		t.Errorf("family of %d, %+v", j.FamilySize, j.Claims[2].Readings[0].Amount)
	}
}

// A server that fails where its CPU time is measured has no bill; one that gives up on a rung has the line of the others.
func TestCostOfAServerThatFails(t *testing.T) {
	for cell, want := range map[string]Verdict{"rate/5000": Inconclusive, "hold/host-limit": Supported} {
		r := reading(t, withPrices(newSynthetic(8)).claims(costsIn("large", 4000, 5000)).run(func(s plan.Slot, r *trial.Record) {
			spends(s, r)
			if s.Cell == cell && s.Target == rustServer && s.Block == 2 && s.Replica == 1 {
				fail(r)
			}
		}).judge(), 0)
		if r.Verdict != want || want == Inconclusive && !strings.Contains(r.Reason, "rust-server failed in 1 of 12 trials") {
			t.Errorf("fails in %s: %s (%s), want %s", cell, r.Verdict, r.Reason, want)
		}
	}
}

// A server whose second instance costs more shows that the design sees differences where there are none.
func TestCostNeedsItsControl(t *testing.T) {
	for name, r := range map[string]claim.Reading{"amount": costsIn("large", 4000, 5000), "ratio": costsLessIn("large", 35, 45)} {
		got := reading(t, withPrices(newSynthetic(8)).claims(r).run(func(s plan.Slot, rec *trial.Record) {
			spends(s, rec)
			if s.Replica == 2 {
				rec.Metrics[cpuMetric] *= 1.3
			}
		}).judge(), 0)
		if got.Verdict != Inconclusive || got.WithheldBy != checkControl || !strings.Contains(got.Reason, "undecided by its A/A control") {
			t.Errorf("%s: %s (%s), withheld by %q", name, got.Verdict, got.Reason, got.WithheldBy)
		}
	}
}

// Doubts about the numbers that a bill is made of stand beside it, others do not.
func TestCostDoubts(t *testing.T) {
	r := reading(t, withPrices(newSynthetic(8)).claims(costsIn("large", 4000, 5000)).run(func(s plan.Slot, r *trial.Record) {
		spends(s, r)
		if s.Block == 1 && s.Target == rustServer {
			r.Warnings = []trial.Warning{
				{Code: "cpu", Detail: "d", Metrics: []string{cpuMetric}}, {Code: "memory", Detail: "d", Metrics: []string{memoryBytes}}, {Code: "p99", Detail: "d", Metrics: []string{p99}},
			}
		}
	}).judge(), 0)
	var codes []string
	for _, d := range r.Doubts {
		codes = append(codes, d.Code+" "+d.Detail[:len("in 0 trial")])
	}
	// Block 1 doubles rust-server: CPU time in 2 trials, memory in 2 on each of 5 rungs.
	if got := strings.Join(codes, ", "); got != "cpu in 2 trial, memory in 10 tria" {
		t.Errorf("doubts %s", got)
	}
}

func TestStalePrices(t *testing.T) {
	s := withPrices(newSynthetic(8)).claims(costsIn("large", 4000, 5000)).run(spends)
	s.plan.Cost.Machines[0].Date = time.Date(2024, 1, 25, 0, 0, 0, 0, time.UTC)
	if r := reading(t, s.judge(), 0); !hasNote(r.Notes, noteStale) || r.Verdict != Supported {
		t.Errorf("%s, notes %+v", r.Verdict, r.Notes)
	}
}

func TestUsages(t *testing.T) {
	s := withPrices(newSynthetic(8)).run(spends)
	all, without, err := Usages(s.plan, s.records, "rate/5000", "hold")
	if err != nil || len(all) != 2 || len(without) != 0 || all[0].Target != goServer || math.Abs(all[0].CPU.Center-100) > 1e-6 {
		t.Fatalf("%+v, %v", all, err)
	}
	for _, u := range all {
		for _, in := range []Interval{u.CPU, u.Base, u.PerConnection} {
			if !(in.Low <= in.Center && in.Center <= in.High) || in.Blocks != 8 {
				t.Errorf("%s: %+v", u.Target, in)
			}
		}
		b, err := u.Bills(s.plan.Cost, "Cheap", cost.Load{Connections: 100_000, RequestsPerSecond: 1e6})
		if err != nil || !(b.Low.USDPerMonth <= b.Center.USDPerMonth && b.Center.USDPerMonth <= b.High.USDPerMonth) {
			t.Errorf("%s: %+v, %v", u.Target, b, err)
		}
	}
	for want, of := range map[string][2]string{
		"this run has 0 rungs of scenario sit":                                         {"rate/5000", "sit"},
		"go-server has CPU time in rate/1 and memory on the rungs of hold in 0 blocks": {"rate/1", "hold"},
	} {
		if _, _, err := Usages(s.plan, s.records, of[0], of[1]); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v: error %v, want %s", of, err, want)
		}
	}
}

// A variant that runs in its own scenario alone has no memory on the ladder: it is named, and the others have their usage.
func TestUsagesNameWhatIsNotOnTheLadder(t *testing.T) {
	s := withPrices(newSynthetic(8)).run(spends)
	s.plan.Targets = append(s.plan.Targets, target.Target{ID: "variant", Of: rustServer})
	for i := range s.plan.Cells {
		if s.plan.Cells[i].ID == "rate/5000" {
			s.plan.Cells[i].Targets = []string{goServer, rustServer, "variant"}
		}
	}
	all, without, err := Usages(s.plan, s.records, "rate/5000", "hold")
	if err != nil || len(all) != 2 || !slices.Equal(without, []string{"variant"}) {
		t.Errorf("%+v without %v, %v", all, without, err)
	}
	if got := MemoryLadders(s.plan); !slices.Equal(got, []string{"hold"}) {
		t.Errorf("ladders %v", got)
	}
}
