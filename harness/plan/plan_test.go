package plan

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/assay-bench/assay/harness/claim"
	"github.com/assay-bench/assay/harness/scenario"
	"github.com/assay-bench/assay/harness/target"
)

// input is a small article about two servers on two scenarios.
func input() Input {
	hold := scenario.Scenario{ID: "hold", Mode: scenario.Hold, Request: "GET /item?id={id}", SLO: scenario.SLO{P99: 100 * time.Millisecond}}
	for _, n := range []int{1000, 5000, 10000} {
		hold.Cells = append(hold.Cells, scenario.Cell{ID: fmt.Sprintf("hold/%d", n), Connections: n, RequestsPerSecond: float64(n), PerConnection: 1})
	}
	hold.Cells = append(hold.Cells, scenario.Cell{ID: "hold/host-limit", HostLimit: true, PerConnection: 1})
	rate := scenario.Scenario{ID: "rate", Mode: scenario.Rate, Request: "GET /item?id={id}", SLO: hold.SLO,
		Cells: []scenario.Cell{{ID: "rate/6000", Connections: 64, RequestsPerSecond: 6000}}}
	better := func(id, metric, cell, scen string) claim.Claim {
		return claim.Claim{ID: id, Readings: []claim.Reading{{ID: "main", Headline: true, Shape: claim.Better, X: "rust-server", Y: "go-server", Metric: metric, Cell: cell, Scenario: scen}}}
	}
	threshold := claim.Claim{ID: "holds", Readings: []claim.Reading{{ID: "main", Headline: true, Shape: claim.Threshold, Target: "go-server", AtLeast: 5000, Cell: "hold/5000"}}}
	later := claim.Claim{ID: "later", Readings: []claim.Reading{{ID: "main", Headline: true, Shape: claim.Better, NotYet: "needs the database scenario"}}}
	return Input{
		Version: "test", Seed: 42, Runtime: "process", Engine: "vegeta",
		Profile: scenario.Profile{ID: "standard", Blocks: 5, Budget: time.Hour, WarmUp: time.Second, Window: 3 * time.Second,
			Cells: []string{"hold/10000", "rate/6000", "hold/5000", "hold/1000", "hold/host-limit"}},
		Ledger: claim.Ledger{Article: claim.Article{ID: "test", Margin: 1.05}, Claims: []claim.Claim{
			better("cpu", "cpu_us_per_request", "rate/6000", ""), threshold, better("ladder", "sustained_connections", "", "hold"), later,
			better("slope", "memory_bytes_per_connection", "", "hold"),
		}},
		Scenarios: []scenario.Scenario{hold, rate},
		Targets:   []target.Target{{ID: "go-server"}, {ID: "nobody-asked"}, {ID: "rust-server"}},
		Placement: target.Placement{TargetCPUs: []int{0}, LoadCPUs: []int{1}, Port: 18080},
		HostLimit: HostLimit{Connections: 19500, Reason: "open files"},
	}
}

func mustPlan(t *testing.T, in Input) Plan {
	t.Helper()
	p, err := New(in)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestTheSameSeedGivesTheSamePlan(t *testing.T) {
	a, b := mustPlan(t, input()), mustPlan(t, input())
	if !reflect.DeepEqual(a, b) {
		t.Error("two plans of one input differ")
	}
	other := input()
	other.Seed++
	if reflect.DeepEqual(a.Slots, mustPlan(t, other).Slots) {
		t.Error("another seed gives the same order")
	}
}

// Complete blocks: in every block and cell each target once, and one of them twice; the
// doubled one is the same in all cells of a block and alternates.
func TestBlocksAreComplete(t *testing.T) {
	p := mustPlan(t, input())
	if want := 5 * 5 * 3; len(p.Slots) != want {
		t.Fatalf("%d slots, want %d", len(p.Slots), want)
	}
	seen := map[string]int{}
	doubled := map[int]map[string]bool{}
	for i, s := range p.Slots {
		if s.Index != i {
			t.Fatalf("slot %d has index %d", i, s.Index)
		}
		if i > 0 && s.Block < p.Slots[i-1].Block {
			t.Fatal("blocks overlap")
		}
		seen[fmt.Sprint(s.Block, s.Cell, s.Target, s.Replica)]++
		if s.Replica == 2 {
			if doubled[s.Block] == nil {
				doubled[s.Block] = map[string]bool{}
			}
			doubled[s.Block][s.Target] = true
		}
	}
	for b := 1; b <= 5; b++ {
		for _, c := range p.Cells {
			for _, id := range []string{"go-server", "rust-server"} {
				if n := seen[fmt.Sprint(b, c.ID, id, 1)]; n != 1 {
					t.Errorf("block %d %s %s: %d first runs", b, c.ID, id, n)
				}
			}
		}
		if len(doubled[b]) != 1 {
			t.Errorf("block %d doubles %v, want one target", b, doubled[b])
		}
		if b > 1 && reflect.DeepEqual(doubled[b], doubled[b-1]) {
			t.Errorf("blocks %d and %d double the same target", b-1, b)
		}
	}
	if _, ok := p.Target("nobody-asked"); ok {
		t.Error("a target that no claim names is in the plan")
	}
}

// Over many seeds every arm comes first about equally often: 3 arms, 4,500 draws, expected
// 1,500 each, standard deviation 32.
func TestOrderIsBalanced(t *testing.T) {
	first := map[string]int{}
	for seed := range uint64(180) {
		in := input()
		in.Seed = seed
		for i, s := range mustPlan(t, in).Slots {
			if i%3 == 0 {
				first[fmt.Sprint(s.Replica)]++
			}
		}
	}
	if n := first["2"]; n < 1500-160 || n > 1500+160 {
		t.Errorf("the A/A run comes first in %d of 4,500 cells, want about 1,500", n)
	}
}

func TestBudgetLeavesOutTheLeastImportantAndSaysSo(t *testing.T) {
	in := input()
	in.Budget = 190 * time.Second
	p := mustPlan(t, in)
	if p.Expected > in.Budget {
		t.Errorf("expected %s in a budget of %s", p.Expected, in.Budget)
	}
	if got := p.CellNames(); got != "hold/10000, rate/6000" {
		t.Errorf("cells %s", got)
	}
	var why []string
	for _, l := range p.LeftOut {
		why = append(why, l.Claim+": "+l.Why)
	}
	text := strings.Join(why, "\n")
	for _, want := range []string{"holds: cell hold/5000 takes", "raise --budget", "ladder: needs 2 rungs of the hold ladder, this plan has 1", "slope: needs 3 rungs"} {
		if !strings.Contains(text, want) {
			t.Errorf("left out:\n%s\nwant %q", text, want)
		}
	}
	if got := p.Covered(); !slices.Equal(got, []string{"cpu"}) {
		t.Errorf("covered %v", got)
	}
}

func TestHostLimit(t *testing.T) {
	in := input()
	in.HostLimit = HostLimit{Connections: 8000, Reason: "open files: 8500 a process"}
	p := mustPlan(t, in)
	if _, ok := p.Cell("hold/10000"); ok {
		t.Error("a cell beyond the host's limit is planned")
	}
	c, ok := p.Cell("hold/host-limit")
	if !ok || c.Connections != 8000 || c.RequestsPerSecond != 8000 {
		t.Errorf("host-limit cell %+v", c)
	}
}

func TestOnly(t *testing.T) {
	for only, want := range map[string]string{
		"rate":       "rate/6000",
		"hold/5000":  "hold/5000",
		"holds":      "hold/5000",
		"ladder":     "hold/10000, hold/5000, hold/1000, hold/host-limit",
		"cpu":        "rate/6000",
		"hold/10000": "",
	} {
		in := input()
		in.Only = only
		p, err := New(in)
		if want == "" {
			// Only the ladder reads hold/10000, and a ladder of one rung compares nothing;
			// the cell is measured all the same, since the user named it.
			if err != nil || p.CellNames() != "hold/10000" || len(p.Covered()) != 0 {
				t.Errorf("--only %s: %s, covers %v, %v", only, p.CellNames(), p.Covered(), err)
			}
			continue
		}
		if err != nil || p.CellNames() != want {
			t.Errorf("--only %s: cells %q, %v; want %q", only, p.CellNames(), err, want)
		}
	}
}

func TestErrorsSayWhatToDo(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*Input)
		want   string
	}{
		"unknown only":      {func(in *Input) { in.Only = "nothing" }, "`assay claims` lists"},
		"claim not planned": {func(in *Input) { in.Only = "later" }, "nothing to measure"},
		"tiny budget":       {func(in *Input) { in.Budget = time.Second }, "allow at least"},
		"unknown cell":      {func(in *Input) { in.Profile.Cells = []string{"hold/7"} }, "which no scenario has"},
		"unknown target":    {func(in *Input) { in.Targets = in.Targets[:1] }, "rust-server"},
	} {
		in := input()
		c.change(&in)
		if _, err := New(in); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: error %v, want %q", name, err, c.want)
		}
	}
}

func TestPlanSurvivesJSON(t *testing.T) {
	p := mustPlan(t, input())
	body, err := json.Marshal(p)
	if err != nil {
		t.Fatal(err)
	}
	var back Plan
	if err := json.Unmarshal(body, &back); err != nil {
		t.Fatal(err)
	}
	again, err := json.Marshal(back)
	if err != nil || string(again) != string(body) {
		t.Errorf("a plan changes on its way through plan.json: %v", err)
	}
}

func TestSamplesFor(t *testing.T) {
	for percentile, want := range map[float64]int64{50: 20, 99: 1000, 99.9: 10_000} {
		if got := DefaultLimits().SamplesFor(percentile); got != want {
			t.Errorf("percentile %v needs %d samples, want %d", percentile, got, want)
		}
	}
}
