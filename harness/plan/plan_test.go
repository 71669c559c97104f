package plan

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
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

func TestSlotsAreThoseOfTheSeed(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*Plan)
		fails  bool
	}{
		"as drawn": {func(*Plan) {}, false},
		"servers exchanged": {func(p *Plan) {
			a, b := p.Targets[0].ID, p.Targets[1].ID
			for i := range p.Slots {
				switch p.Slots[i].Target {
				case a:
					p.Slots[i].Target = b
				case b:
					p.Slots[i].Target = a
				}
			}
		}, true},
		"one taken away":  {func(p *Plan) { p.Slots = p.Slots[:len(p.Slots)-1] }, true},
		"one more":        {func(p *Plan) { p.Slots = append(p.Slots, p.Slots[0]) }, true},
		"another seed":    {func(p *Plan) { p.Seed++ }, true},
		"without targets": {func(p *Plan) { p.Targets = nil }, true},
		"a cell of none":  {func(p *Plan) { p.Cells = slices.Clone(p.Cells); p.Cells[0].Targets = []string{"nobody"} }, true},
		"many blocks":     {func(p *Plan) { p.Blocks = MaxBlocks }, true},
		"nothing in it":   {func(p *Plan) { *p = Plan{} }, false},
	} {
		p := mustPlan(t, input())
		p.Slots = slices.Clone(p.Slots)
		if c.change(&p); c.fails != (p.CheckSlots() != nil) {
			t.Errorf("%s: %v", name, p.CheckSlots())
		}
	}
}

// Complete blocks: in every block and cell each target once, and one of them twice; the
// doubled one is the same in all cells of a block and alternates.
func TestBlocksAreComplete(t *testing.T) {
	p := mustPlan(t, input())
	if want := 5*5*3 + 4; len(p.Slots) != want { // and the null server: twice in rate/6000, twice in hold/10000
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

// By turns: in each cell every target's counted trial comes before the other's in half of the blocks, or in one more.
func TestTargetsTakeTurns(t *testing.T) {
	for seed := range uint64(50) {
		in := input()
		in.Seed, in.Blocks = seed, 5+int(seed%4)
		first := map[string]map[string]int{}
		was := Slot{}
		for _, s := range mustPlan(t, in).Slots {
			if s.Target == target.NullID || s.Replica == 2 {
				continue
			}
			if first[s.Cell] == nil {
				first[s.Cell] = map[string]int{}
			}
			if s.Block != was.Block || s.Cell != was.Cell {
				first[s.Cell][s.Target]++
			}
			was = s
		}
		for cell, n := range first {
			if apart := n["go-server"] - n["rust-server"]; apart < -1 || apart > 1 || apart == 0 && in.Blocks%2 == 1 {
				t.Errorf("seed %d, %d blocks, cell %s: first %v", seed, in.Blocks, cell, n)
			}
		}
	}
}

// Three targets stand equally often in each place, in an order that the seed draws.
func TestTurnsAreALatinSquare(t *testing.T) {
	var drawn turns
	rng := rand.New(rand.NewPCG(1, 2))
	orders := map[string]bool{}
	for range 40 {
		var at [3][3]int // place, target
		for range 3 {
			order := drawn.next(rng, 3)
			orders[fmt.Sprint(order)] = true
			for place, i := range order {
				at[place][i]++
			}
		}
		if at != [3][3]int{{1, 1, 1}, {1, 1, 1}, {1, 1, 1}} {
			t.Fatalf("three blocks put the targets at %v", at)
		}
	}
	if len(orders) != 6 {
		t.Errorf("%d of the six orders occur in 120 blocks", len(orders))
	}
}

// Over many seeds every arm comes first about equally often: 3 arms, 4,500 draws, expected
// 1,500 each, standard deviation 32.
func TestOrderIsBalanced(t *testing.T) {
	first := map[string]int{}
	for seed := range uint64(180) {
		in := input()
		in.Seed = seed
		was := Slot{}
		for _, s := range mustPlan(t, in).Slots {
			if s.Target == target.NullID {
				continue
			}
			if s.Block != was.Block || s.Cell != was.Cell {
				first[fmt.Sprint(s.Replica)]++
			}
			was = s
		}
	}
	if n := first["2"]; n < 1500-160 || n > 1500+160 {
		t.Errorf("the A/A run comes first in %d of 4,500 cells, want about 1,500", n)
	}
}

func TestBudgetLeavesOutTheLeastImportantAndSaysSo(t *testing.T) {
	in := input()
	in.Budget = 220 * time.Second
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

// closedLoops adds a ladder of requests in flight and a saturated server to the article.
func closedLoops() Input {
	in := input()
	inFlight := scenario.Scenario{ID: "in-flight", Mode: scenario.InFlight, Request: "GET /hold?ms=2000", Spread: 2 * time.Second,
		Cells: []scenario.Cell{{ID: "in-flight/10000", Connections: 10000}, {ID: "in-flight/host-limit", HostLimit: true}}}
	saturate := scenario.Scenario{ID: "saturate", Mode: scenario.Saturate, Request: "GET /item?id={id}",
		Cells: []scenario.Cell{{ID: "saturate/64", Connections: 64}}}
	in.Scenarios = append(in.Scenarios, inFlight, saturate)
	in.Profile.Cells = append(in.Profile.Cells, "in-flight/10000", "in-flight/host-limit", "saturate/64")
	in.Ledger.Claims = append(in.Ledger.Claims,
		claim.Claim{ID: "most", Readings: []claim.Reading{{ID: "main", Headline: true, Shape: claim.Better, X: "rust-server", Y: "go-server",
			Metric: "requests_per_second", Cell: "saturate/64"}}},
		claim.Claim{ID: "waits", Readings: []claim.Reading{{ID: "main", Headline: true, Shape: claim.Threshold, Target: "go-server",
			AtLeast: 10000, Cell: "in-flight/10000"}}})
	in.Engine, in.OtherEngine = "native", "vegeta"
	in.Profile.CrossCheck = "hold/1000"
	return in
}

func TestClosedLoopsNeedTheNativeEngine(t *testing.T) {
	p := mustPlan(t, closedLoops())
	c, _ := p.Cell("in-flight/10000")
	if c.WarmUp != 2*time.Second || c.Spread != 2*time.Second || c.RequestsPerSecond != 0 || c.Paired {
		t.Errorf("in flight: %+v", c)
	}
	in := closedLoops()
	in.Engine, in.OtherEngine = "vegeta", "native"
	p = mustPlan(t, in)
	if strings.Contains(p.CellNames(), "in-flight") || strings.Contains(p.CellNames(), "saturate") {
		t.Errorf("vegeta gets the cells %s", p.CellNames())
	}
	if !slices.ContainsFunc(p.LeftOut, func(l LeftOut) bool {
		return l.Claim == "most" && l.Why == "mode saturate needs the native engine; cell saturate/64 is left out"
	}) {
		t.Errorf("left out %+v", p.LeftOut)
	}
}

// The A/A arm runs where a comparison needs it, the null server where it is a control, and the other engine beside one
// cell.
func TestArms(t *testing.T) {
	in := closedLoops()
	in.Blocks = 6
	p := mustPlan(t, in)
	for cell, want := range map[string][2]int{ // slots in all, those of the null server
		"hold/10000": {20, 2}, "hold/5000": {18, 0}, "hold/1000": {18, 0}, "hold/1000-by-vegeta": {12, 0}, "hold/host-limit": {18, 0},
		"rate/6000": {20, 2}, "in-flight/10000": {12, 0}, "in-flight/host-limit": {12, 0}, "saturate/64": {24, 6},
	} {
		if all, null := p.Trials(cell); all != want[0] || null != want[1] {
			t.Errorf("%s: %d slots, %d of the null server; want %v", cell, all, null, want)
		}
	}
	for _, s := range p.Slots {
		if s.Target == target.NullID && s.Cell != "saturate/64" && s.Block != 1 && s.Block != 6 {
			t.Errorf("the null server runs in %s of block %d", s.Cell, s.Block)
		}
	}
	c, ok := p.Cell("hold/1000-by-vegeta")
	if !ok || c.CrossCheck != "hold/1000" || p.EngineOf(c) != "vegeta" || c.Connections != 1000 || c.RequestsPerSecond != 1000 {
		t.Errorf("cross-check %+v", c)
	}
}

// The null server is asked for more connections than the targets, as far as the host allows.
func TestNullCell(t *testing.T) {
	p := mustPlan(t, input())
	for cell, want := range map[string][2]int{"hold/10000": {12_000, 12_000}, "hold/host-limit": {19_500, 19_500}, "rate/6000": {64, 6000}} {
		c, ok := p.CellOf(Slot{Cell: cell, Target: target.NullID})
		if !ok || c.Connections != want[0] || c.RequestsPerSecond != float64(want[1]) || c.Request != NullRequest {
			t.Errorf("%s: %+v, want %v", cell, c, want)
		}
		if same, _ := p.CellOf(Slot{Cell: cell, Target: "go-server"}); same.Request == NullRequest {
			t.Errorf("%s: a target is asked %s", cell, same.Request)
		}
	}
	p.HostLimit = 11_000
	if c, _ := p.CellOf(Slot{Cell: "hold/10000", Target: target.NullID}); c.Connections != 11_000 {
		t.Errorf("%d connections beyond the host's limit", c.Connections)
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

// What --only names is measured though no profile lists it; a profile is a choice for those who name nothing.
func TestOnlyNamesWhatNoProfileHas(t *testing.T) {
	for only, want := range map[string]string{"extra/64": "extra/64", "extra": "extra/64, extra/256", "hold/5000": "hold/5000"} {
		in := input()
		in.Scenarios = append(in.Scenarios, scenario.Scenario{ID: "extra", Mode: scenario.Saturate, Request: "GET /item?id={id}",
			SLO: scenario.SLO{P99: time.Second}, Cells: []scenario.Cell{{ID: "extra/64", Connections: 64}, {ID: "extra/256", Connections: 256}}})
		in.Profile.Cells, in.Only, in.Engine = []string{"rate/6000"}, only, nativeEngine
		p, err := New(in)
		if err != nil || p.CellNames() != want || len(p.Covered()) > 1 {
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
		"claim not planned": {func(in *Input) { in.Only = "later" }, "no trial decides this claim: needs the database scenario"},
		"claim of another profile": {func(in *Input) { in.Only, in.Profile.Cells = "cpu", []string{"hold/5000"} },
			"no cell of profile standard is left; cpu rests on rate/6000, which a larger profile may have"},
		"tiny budget":    {func(in *Input) { in.Budget = time.Second }, "allow at least"},
		"unknown cell":   {func(in *Input) { in.Profile.Cells = []string{"hold/7"} }, "which no scenario has"},
		"unknown target": {func(in *Input) { in.Targets = in.Targets[:1] }, "rust-server"},
	} {
		in := input()
		c.change(&in)
		if _, err := New(in); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: error %v, want %q", name, err, c.want)
		}
	}
}

// A reading says which profile its cell is left to, and where none has it, that this one has not.
func TestLeftToAnotherProfile(t *testing.T) {
	in := input()
	in.Profile.Cells = []string{"hold/5000"}
	// 5 blocks of 2 servers, one of them twice, and the null server in the first and last; 4.4 s each, and 5 % for those made again.
	for want, profiles := range map[string][]scenario.Profile{
		"cell rate/6000 is not in the standard profile": {in.Profile},
		"cell rate/6000 is left to the nightly profile: it takes about 1m19s, and a whole run of the standard profile at most 1h":    {in.Profile, {ID: "nightly", Cells: []string{"hold/5000", "rate/6000"}}},
		"cell rate/6000 is left to the larger one profile: it takes about 1m19s, and a whole run of the standard profile at most 1h": {{ID: "larger one", Cells: []string{"rate/6000"}}, {ID: "nightly", Cells: []string{"rate/6000"}}},
	} {
		in.Profiles = profiles
		p := mustPlan(t, in)
		if !slices.ContainsFunc(p.LeftOut, func(l LeftOut) bool { return l.Claim == "cpu" && l.Why == want }) ||
			slices.ContainsFunc(p.CellsLeftOut, func(c CellLeftOut) bool { return c.Cell == "rate/6000" }) {
			t.Errorf("%+v, cells %+v; want %q", p.LeftOut, p.CellsLeftOut, want)
		}
	}
}

// What --article named is kept where the ledger's own ID would not find it again.
func TestPlanNamesTheArticle(t *testing.T) {
	for given, want := range map[string]string{"test": "", "scenarios/examples/test": "scenarios/examples/test"} {
		in := input()
		in.Article = given
		if got := mustPlan(t, in).Article; got != want {
			t.Errorf("--article %s: the plan has %q, want %q", given, got, want)
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
