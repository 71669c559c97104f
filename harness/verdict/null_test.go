package verdict

import (
	"math"
	"strings"
	"testing"
	"time"

	"github.com/assay-bench/assay/harness/claim"
	"github.com/assay-bench/assay/harness/plan"
	"github.com/assay-bench/assay/harness/target"
	"github.com/assay-bench/assay/harness/trial"
)

// withNull adds a cell in mode saturate, and the null server: in every block of that cell, and in the first and the last
// block of hold/10000.
func withNull(s *synthetic) *synthetic {
	s.plan.HostLimit = 19_900
	s.plan.Cells = append(s.plan.Cells, plan.Cell{ID: "saturate/64", Scenario: "saturate", Mode: "saturate", Connections: 64, SLOP99: time.Second})
	for block := 1; block <= s.plan.Blocks; block++ {
		for _, id := range []string{rustServer, goServer} {
			s.addSlot(block, "saturate/64", id, 1)
			s.addSlot(block, "saturate/64", id, 2)
		}
		s.addSlot(block, "saturate/64", target.NullID, 1)
	}
	for _, block := range []int{1, s.plan.Blocks} {
		s.addSlot(block, "hold/10000", target.NullID, 1)
	}
	s.plan.Targets = []target.Target{{ID: goServer}, {ID: rustServer}}
	null := target.Null()
	s.plan.Null = &null
	return s
}

// rates gives each target its rate in mode saturate, a little different in each block, and has the null server hold what
// it is asked for.
func rates(of map[string]float64) func(plan.Slot, *trial.Record) {
	return func(s plan.Slot, r *trial.Record) {
		if s.Cell == "saturate/64" {
			r.Metrics[perSecond] = of[s.Target] * (1 + 0.002*float64(s.Block))
		}
		if s.Cell == "hold/10000" && s.Target == target.NullID {
			r.Connections.Asked = 12_000
		}
	}
}

func TestHeadroomDecidesWhetherARateIsTheServers(t *testing.T) {
	for name, c := range map[string]struct {
		null  float64
		want  Verdict
		why   string
		ratio float64
		ok    bool
	}{
		"enough":  {151_000, Supported, "rust-server is better", 1.51, true},
		"too low": {149_000, Inconclusive, "1.49 times what it reached on rust-server; at least 1.5 times", 1.49, false},
		"none":    {0, Inconclusive, "the null server was not measured", 0, false},
	} {
		s := withNull(newSynthetic(6)).claims(beatsOn(perSecond, "saturate/64")).
			run(rates(map[string]float64{rustServer: 100_000, goServer: 60_000, target.NullID: c.null}))
		if c.null == 0 {
			for i := range s.records {
				if s.records[i].Target == target.NullID {
					s.records[i].Status = trial.Broken
				}
			}
		}
		j := s.judge()
		r := reading(t, j, 0)
		if r.Verdict != c.want || !strings.Contains(r.Reason, c.why) || !strings.Contains(r.Rule, "a null server that answers at least 1.5 times as fast") {
			t.Errorf("%s: %s: %s\n%s", name, r.Verdict, r.Reason, r.Rule)
		}
		n := nullCell(t, j, "saturate/64")
		if c.null == 0 {
			continue
		}
		if len(n.Headroom) != 2 || n.Headroom[1].Target != rustServer || math.Abs(n.Headroom[1].Ratio-c.ratio) > 1e-9 || n.Headroom[1].OK != c.ok || !n.Headroom[0].OK {
			t.Errorf("%s: headroom %+v", name, n.Headroom)
		}
	}
}

// Headroom is formed within each block, of the fastest trials there: on a host whose speed varies, that a server and the null server
// are measured in the same minute is what makes the two comparable. The median decides, and the lowest block stands beside it.
func TestHeadroomIsFormedWithinBlocks(t *testing.T) {
	for name, c := range map[string]struct {
		null, rust, twin []float64 // by block; 0: not measured
		ratio, lowest    float64
		want             Verdict
		why              string
	}{
		"one block below":             {[]float64{150, 150, 150, 150, 110}, []float64{90, 90, 90, 90, 90}, nil, 1.6667, 1.2222, Supported, ""},
		"a fast second trial":         {[]float64{160, 160, 160, 160, 160}, []float64{100, 100, 100, 100, 100}, []float64{90, 90, 90, 130, 90}, 1.6, 1.2308, Supported, ""},
		"enough by the medians alone": {[]float64{100, 140, 150, 160, 170}, []float64{100, 100, 100, 113, 121}, nil, 1.4049, 1, Inconclusive, "by the median over the blocks 1.40 times what it reached on rust-server"},
		"too low by the medians":      {[]float64{100, 110, 140, 150, 160}, []float64{60, 65, 95, 100, 120}, nil, 1.5, 1.3333, Supported, ""},
		"in some blocks alone":        {[]float64{160, 0, 160, 0, 160}, []float64{100, 200, 100, 200, 100}, nil, 1.6, 1.6, Supported, ""},
		"in no block with the server": {[]float64{0, 0, 0, 0, 0, 160}, []float64{100, 100, 100, 100, 100, 0}, nil, 0, 0, Inconclusive, "the null server was not measured in a block in which rust-server was"},
	} {
		s := withNull(newSynthetic(len(c.null))).claims(beatsOn(perSecond, "saturate/64"))
		s.plan.Limits.NullDrift = 0 // the host's speed varies here
		j := s.run(func(s plan.Slot, r *trial.Record) {
			if s.Cell != "saturate/64" {
				return
			}
			rust := c.rust[s.Block-1]
			if s.Replica == 2 && c.twin != nil {
				rust = c.twin[s.Block-1]
			}
			v := map[string]float64{rustServer: 1000 * rust, goServer: 500 * c.rust[s.Block-1], target.NullID: 1000 * c.null[s.Block-1]}[s.Target]
			if r.Metrics[perSecond] = v * (1 + 0.00001*float64(s.Block)); v == 0 {
				delete(r.Metrics, perSecond)
			}
		}).judge()
		r, n := reading(t, j, 0), nullCell(t, j, "saturate/64")
		var got Headroom
		for _, h := range n.Headroom {
			if h.Target == rustServer {
				got = h
			}
		}
		if math.Abs(got.Ratio-c.ratio) > 1e-3 || math.Abs(got.Lowest-c.lowest) > 1e-3 || got.OK != (c.want == Supported) {
			t.Errorf("%s: %+v, want %g, lowest %g", name, got, c.ratio, c.lowest)
		}
		if withheld := r.WithheldBy == checkHeadroom; withheld != (c.want == Inconclusive) || !strings.Contains(r.Reason, c.why) {
			t.Errorf("%s: %s: %s", name, r.Verdict, r.Reason)
		}
	}
}

// A trial of the null server that held its connections, with every request answered, and has no p99 shows nothing on either side: it
// is counted apart, and refutes no more than one that failed.
func TestANullServerWithoutAP99IsNotChecked(t *testing.T) {
	none := caps(map[string]int{goServer: 4999, rustServer: 20_000, target.NullID: 20_000})
	for name, c := range map[string]struct {
		null             func(*trial.Record)
		held, unmeasured int
	}{
		"a p99":                 {func(*trial.Record) {}, 2, 0},
		"none":                  {func(r *trial.Record) { delete(r.Metrics, p99) }, 0, 2},
		"none, and not held":    {func(r *trial.Record) { delete(r.Metrics, p99); r.Connections.Held = false }, 0, 0},
		"none, and an error":    {func(r *trial.Record) { delete(r.Metrics, p99); r.Counts.Failed = 1 }, 0, 0},
		"none, and one pending": {func(r *trial.Record) { delete(r.Metrics, p99); r.Counts.Pending = 1 }, 0, 0},
	} {
		j := withNull(newSynthetic(5)).claims(holdsAt(5000, "hold/5000")).run(func(s plan.Slot, r *trial.Record) {
			none(s, r)
			rates(nil)(s, r)
			if s.Target == target.NullID && s.Cell == "hold/10000" {
				c.null(r)
			}
		}).judge()
		n := nullCell(t, j, "hold/10000")
		if n.Trials != 2 || n.Held != c.held || n.Unmeasured != c.unmeasured {
			t.Errorf("%s: %d trials, %d held, %d unmeasured", name, n.Trials, n.Held, n.Unmeasured)
		}
		if r := reading(t, j, 0); (r.Verdict == Refuted) != (c.held == 2) {
			t.Errorf("%s: %s: %s", name, r.Verdict, r.Reason)
		}
	}
}

func nullCell(t *testing.T, j Judgement, id string) NullCell {
	t.Helper()
	for _, n := range j.Null {
		if n.Cell == id {
			return n
		}
	}
	t.Fatalf("no null server in %s: %+v", id, j.Null)
	return NullCell{}
}

// The ceiling is what the load side reached at its own limit, too: the check of the agent's CPU rejects the null server's
// rate as a server's, and it counts as a ceiling.
func TestARejectedRateOfTheNullServerIsACeiling(t *testing.T) {
	rate := rates(map[string]float64{rustServer: 100_000, goServer: 60_000, target.NullID: 160_000})
	j := withNull(newSynthetic(5)).claims(beatsOn(perSecond, "saturate/64")).run(func(s plan.Slot, r *trial.Record) {
		rate(s, r)
		if v := r.Metrics[perSecond]; s.Target == target.NullID && v > 0 {
			r.Rejected = map[string]float64{perSecond: v}
			delete(r.Metrics, perSecond)
		}
	}).judge()
	if r := reading(t, j, 0); r.Verdict != Supported {
		t.Errorf("%s: %s", r.Verdict, r.Reason)
	}
}

func TestTheNullServerRefutes(t *testing.T) {
	none := caps(map[string]int{goServer: 4999, rustServer: 20_000, target.NullID: 20_000})
	rate := rates(nil)
	for name, c := range map[string]struct {
		null func(*trial.Record)
		want Verdict
		why  string
	}{
		"it holds 12,000":    {func(*trial.Record) {}, Refuted, "the null server sustained at least as much here"},
		"nor does it hold":   {fail, Inconclusive, "no null server shows that this host could hold them"},
		"holds fewer itself": {func(r *trial.Record) { r.Connections.Asked = 10_000 }, Inconclusive, "no null server shows"},
	} {
		j := withNull(newSynthetic(5)).claims(holdsAt(5000, "hold/5000")).run(func(s plan.Slot, r *trial.Record) {
			rate(s, r)
			none(s, r)
			if s.Target == target.NullID && s.Cell == "hold/10000" {
				c.null(r)
			}
		}).judge()
		if r := reading(t, j, 0); r.Verdict != c.want || !strings.Contains(r.Reason, c.why) {
			t.Errorf("%s: %s: %s", name, r.Verdict, r.Reason)
		}
	}
}

// A trend over the blocks that all servers share is a drift from the limit on. One odd block is none, nor is the null
// server's own scatter.
func TestDriftOfTheHost(t *testing.T) {
	for name, c := range map[string]struct {
		of func(plan.Slot) float64 // factor on the rate
		ok bool
	}{
		"steady":          {func(plan.Slot) float64 { return 1 }, true},
		"slower, by 10 %": {func(s plan.Slot) float64 { return math.Pow(0.90, float64(s.Block-1)/4) }, true},
		"slower, by 20 %": {func(s plan.Slot) float64 { return math.Pow(0.80, float64(s.Block-1)/4) }, false},
		"faster, by 20 %": {func(s plan.Slot) float64 { return math.Pow(1.20, float64(s.Block-1)/4) }, false},
		"one odd block":   {func(s plan.Slot) float64 { return []float64{1, 1, 1, 1, 0.6}[s.Block-1] }, true},
		"the null server alone": {func(s plan.Slot) float64 {
			if s.Target != target.NullID {
				return 1
			}
			return []float64{1, 1, 1, 1, 0.8}[s.Block-1]
		}, true},
	} {
		j := withNull(newSynthetic(5)).run(func(s plan.Slot, r *trial.Record) {
			if s.Cell == "saturate/64" {
				r.Metrics[perSecond] = 1000 * c.of(s) * (1 + 0.001*float64(s.Index%3))
			}
		}).judge()
		if n := nullCell(t, j, "saturate/64"); n.DriftOK != c.ok || n.DriftOf != perSecond || n.DriftP <= 0 {
			t.Errorf("%s: drift %v of %s (p %v), ok %v", name, n.Drift, n.DriftOf, n.DriftP, n.DriftOK)
		}
	}
}

// Plans without a test compare the null server's two blocks.
func TestDriftOfTheNullServer(t *testing.T) {
	for name, c := range map[string]struct {
		last float64
		ok   bool
	}{"steady": {1.1, true}, "slower at the end": {0.84, false}, "faster at the end": {1.16, false}} {
		old := withNull(newSynthetic(5))
		old.plan.Limits.DriftConfidence = 0
		j := old.run(func(s plan.Slot, r *trial.Record) {
			if s.Cell == "saturate/64" {
				r.Metrics[perSecond] = 1000
				if s.Block == 5 {
					r.Metrics[perSecond] *= c.last
				}
			}
		}).judge()
		n := nullCell(t, j, "saturate/64")
		if n.DriftOK != c.ok || n.DriftOf != perSecond || math.Abs(n.Drift-math.Abs(c.last-1)) > 1e-9 {
			t.Errorf("%s: drift %v of %s, ok %v", name, n.Drift, n.DriftOf, n.DriftOK)
		}
	}
}

// Two engines on one cell: their ratio, block by block; what a check rejected is left out and counted.
func TestCrossCheck(t *testing.T) {
	s := newSynthetic(5).claims(beatsOver(memoryPerConnection))
	s.plan.Engine, s.plan.Targets = "native", []target.Target{{ID: goServer}}
	s.plan.Cells = append(s.plan.Cells, plan.Cell{ID: "hold/1000-by-vegeta", Scenario: "hold", Mode: "hold", Connections: 1000,
		CrossCheck: "hold/1000", Engine: "vegeta", SLOP99: time.Second})
	for block := 1; block <= 5; block++ {
		s.addSlot(block, "hold/1000-by-vegeta", goServer, 1)
	}
	j := s.run(func(slot plan.Slot, r *trial.Record) {
		delete(r.Metrics, "p50_ms")
		r.Metrics[p99] = 4
		if slot.Cell == "hold/1000-by-vegeta" {
			r.Metrics[p99] = 5
			r.Metrics[memoryBytes] *= 50 // would bend the ladder's slope, were it a rung
		}
		if slot.Cell == "hold/1000" && slot.Block == 2 {
			r.Rejected = map[string]float64{p99: 9}
			delete(r.Metrics, p99)
		}
	}).judge()
	var got *CrossCheck
	for i, x := range j.Checks {
		if x.Metric == p99 {
			got = &j.Checks[i]
		}
		if x.Metric == "p50_ms" {
			t.Errorf("a metric that nobody measured: %+v", x)
		}
	}
	if got == nil || got.Mine != 4 || got.Theirs != 5 || got.Ratio == nil || got.Ratio.Center != 1.25 || got.Ratio.Blocks != 4 || got.RejectedBlocks != 1 ||
		got.Engine != "native" || got.Other != "vegeta" || got.Target != goServer || got.Cell != "hold/1000" {
		t.Errorf("cross-checks %+v", j.Checks)
	}
	for _, ctl := range j.Controls {
		if ctl.Cell == "hold/1000-by-vegeta" {
			t.Errorf("a cell without an A/A arm has a control: %+v", ctl)
		}
	}
	if r := reading(t, j, 0); r.Verdict != Supported || r.Ratio == nil || r.Ratio.XMean > 7000 {
		t.Errorf("slope: %s: %s", r.Verdict, r.Reason)
	}
}

// In mode in-flight no outcome refutes, and rule and reason say so; nor does one where the plan asks the null server for too little. Where
// it has a trial of as much, with room to spare, the rule is that it decides.
func TestWhatCannotBeRefuted(t *testing.T) {
	none := func(s plan.Slot, r *trial.Record) {
		if s.Target == goServer {
			fail(r)
		}
	}
	for name, c := range map[string]struct {
		s            *synthetic
		rule, reason string
	}{
		"in flight":         {newSynthetic(5), "never refuted here, since the null server answers at once", "that refutes nothing, since the null server answers at once"},
		"no null server":    {newSynthetic(5), "never refuted here, since the plan has no trial of the null server", "no null server shows"},
		"a null server":     {withNull(newSynthetic(5)), "refuted when in none while the null server does", "the null server sustained"},
		"too few to refute": {withNull(newSynthetic(5)), "never refuted here, since the plan has no trial of the null server", "no null server shows"},
	} {
		cell, n := "hold/5000", 5000
		switch name {
		case "in flight":
			for i := range c.s.plan.Cells {
				c.s.plan.Cells[i].Mode = "in-flight"
			}
		case "too few to refute":
			cell, n = "hold/10000", 10_000
			c.s.plan.HostLimit = 10_000
		}
		r := reading(t, c.s.claims(holdsAt(n, cell)).run(func(s plan.Slot, r *trial.Record) {
			none(s, r)
			if s.Target == target.NullID {
				at, _ := c.s.plan.CellOf(s)
				r.Connections.Asked = at.Connections
			}
		}).judge(), 0)
		if !strings.Contains(r.Rule, c.rule) || !strings.Contains(r.Reason, c.reason) || (r.Verdict == Refuted) != (name == "a null server") {
			t.Errorf("%s: %s: %s\n%s", name, r.Verdict, r.Reason, r.Rule)
		}
	}
}

// The trend is that of all servers: a cell without the null server has it as well, and no verdict where it is large.
func TestDriftOfACellWithoutTheNullServer(t *testing.T) {
	for name, c := range map[string]struct {
		last, confidence float64
		withheld         bool
	}{"steady": {1, 0.99, false}, "30 % more at the end": {1.3, 0.99, true}, "a plan of before there was a test": {1.3, 0, false}} {
		s := newSynthetic(8).claims(beatsOn(cpuMetric, "rate/5000"))
		s.plan.Limits.DriftConfidence = c.confidence
		r := reading(t, s.run(func(s plan.Slot, r *trial.Record) {
			r.Metrics[cpuMetric] *= math.Pow(c.last, float64(s.Block-1)/7)
		}).judge(), 0)
		if withheld := r.WithheldBy == checkDrift; withheld != c.withheld || withheld != (r.Verdict == Inconclusive) {
			t.Errorf("%s: %s, withheld by %q: %s", name, r.Verdict, r.WithheldBy, r.Reason)
		}
		if told := strings.Contains(r.Rule, "a host whose drift"); told != (c.confidence > 0) {
			t.Errorf("%s: %s", name, r.Rule)
		}
	}
}

// Memory has no speed: a drift of CPU time in its cells withholds none of its readings, of whatever shape, and no rule of one asks for a
// steady host. What is timed in the same cells is withheld; and so is a bill, by its CPU time's cell alone, which its rule names.
func TestDriftWithholdsNoMemory(t *testing.T) {
	memoryUpTo := reachesIn(30, 5, "hold/1000", "hold/2500")
	memoryUpTo.Metric = memoryBytes
	for name, c := range map[string]struct {
		of        claim.Reading
		driftsIn  string // scenario
		confident float64
		withheld  bool
		clause    string
	}{
		"memory":                       {beatsOn(memoryBytes, "hold/5000"), "hold", 0.99, false, ""},
		"memory, of an old plan":       {beatsOn(memoryBytes, "hold/10000"), "hold", 0, false, ""},
		"memory a connection":          {beatsOver(memoryPerConnection), "hold", 0.99, false, ""},
		"memory, up to":                {memoryUpTo, "hold", 0.99, false, ""},
		"CPU time":                     {beatsOn(cpuMetric, "hold/5000"), "hold", 0.99, true, "a host whose drift is under 15 % or not told from scatter (p of its trend at least 0.01), "},
		"CPU time, of an old plan":     {beatsOn(cpuMetric, "hold/10000"), "hold", 0, true, "a null server that drifts by less than 15 %, "},
		"connections":                  {beatsOver(sustainedMetric), "hold", 0.99, true, "a host whose drift is under 15 % or not told from scatter (p of its trend at least 0.01), "},
		"a bill, by its memory":        {costsIn("large", 1, 2), "hold", 0.99, false, "a host whose drift in rate/5000 is under 15 % or not told from scatter (p of its trend at least 0.01), "},
		"a bill, by its CPU time":      {costsIn("large", 1, 2), "rate", 0.99, true, "a host whose drift in rate/5000 is under 15 % or not told from scatter (p of its trend at least 0.01), "},
		"two bills, by their CPU time": {costsLessIn("large", 20, 30), "rate", 0.99, true, "a host whose drift in rate/5000 is under 15 % or not told from scatter (p of its trend at least 0.01), "},
	} {
		s := withNull(withPrices(newSynthetic(8))).claims(c.of)
		s.plan.Limits.DriftConfidence = c.confident
		r := reading(t, s.run(func(s plan.Slot, r *trial.Record) {
			if s.Target == rustServer {
				r.Connections.Held = r.Connections.Asked <= 5000 // else the ladder of connections ends for both at the host
			}
			if strings.HasPrefix(s.Cell, c.driftsIn) {
				r.Metrics[cpuMetric] *= math.Pow(1.4, float64(s.Block-1)/7)
			}
		}).judge(), 0)
		if (r.WithheldBy == checkDrift) != c.withheld || c.withheld && r.Verdict != Inconclusive {
			t.Errorf("%s: %s, withheld by %q: %s", name, r.Verdict, r.WithheldBy, r.Reason)
		}
		if clause := c.clause; clause == "" && strings.Contains(r.Rule, "drift") || !strings.Contains(r.Rule, clause) {
			t.Errorf("%s: %s", name, r.Rule)
		}
	}
}

// A server that fails requests is not compared by the memory that the others took.
func TestMemoryOfAFailingServer(t *testing.T) {
	r := reading(t, newSynthetic(8).claims(beatsOn(memoryBytes, "hold/5000")).run(func(s plan.Slot, r *trial.Record) {
		if s.Target == rustServer && s.Block == 2 {
			fail(r)
		}
	}).judge(), 0)
	if r.Verdict != Inconclusive || !strings.Contains(r.Reason, "rust-server failed in") {
		t.Errorf("%s: %s", r.Verdict, r.Reason)
	}
}
