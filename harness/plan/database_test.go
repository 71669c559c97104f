package plan

import (
	"slices"
	"strings"
	"testing"

	"github.com/assay-bench/assay/harness/claim"
	"github.com/assay-bench/assay/harness/scenario"
	"github.com/assay-bench/assay/harness/target"
)

// databaseInput is a plan of one cell beside a database, and one without.
func databaseInput(t *testing.T) Input {
	t.Helper()
	const file = `
summary = "rows"
mode = "saturate"
request = "GET /db/item?id={id}"
connections = [64]
[slo]
p99 = "1s"
[database]
image = "postgres:15-bookworm"
pool_sizes = [16]
[[variant]]
id = "blocking"
needs = "blocking-database"
request = "GET /db/blocking/item?id={id}"
`
	db, err := scenario.Parse("database.toml", []byte(file))
	if err != nil {
		t.Fatal(err)
	}
	rate := scenario.Scenario{ID: "rate", Mode: scenario.Rate, Request: "GET /item?id={id}",
		Cells: []scenario.Cell{{ID: "rate/100", Connections: 4, RequestsPerSecond: 100}}}
	reading := func(id, x, y, cell string) claim.Reading {
		return claim.Reading{ID: id, Headline: id == "one", Shape: claim.Better, X: x, Y: y, Metric: "cpu_us_per_request", Cell: cell}
	}
	return Input{
		Seed: 1, Runtime: "process", Engine: "native",
		Profile:   scenario.Profile{ID: "p", Blocks: 5, Budget: 1 << 50, WarmUp: 1e9, Window: 1e9, Cells: []string{"database/pool-16-64", "rate/100"}},
		Scenarios: []scenario.Scenario{db, rate},
		Targets: []target.Target{
			{ID: "plain"},
			{ID: "quick", Provides: []string{target.HasDatabase}},
			{ID: "slow", Provides: []string{target.HasDatabase, target.HasBlockingDatabase}},
		},
		Ledger: claim.Ledger{Claims: []claim.Claim{{ID: "c", Readings: []claim.Reading{
			reading("one", "slow", "slow-blocking", "database/pool-16-64"),
			reading("two", "slow", "quick", "database/pool-16-64"),
			reading("three", "plain", "quick", "rate/100"),
		}}}},
		Placement: target.Placement{TargetCPUs: []int{0}, LoadCPUs: []int{1, 2}, DatabaseCPUs: []int{2}},
		HostLimit: HostLimit{Connections: 1000},
	}
}

func TestADatabaseCellHasItsContestants(t *testing.T) {
	p, err := New(databaseInput(t))
	if err != nil {
		t.Fatal(err)
	}
	cell, _ := p.Cell("database/pool-16-64")
	if want := []string{"quick", "slow", "slow-blocking"}; !slices.Equal(IDs(p.Contestants(cell)), want) || cell.PoolSize != 16 {
		t.Errorf("contestants %q with a pool of %d, want %q with 16", IDs(p.Contestants(cell)), cell.PoolSize, want)
	}
	rate, _ := p.Cell("rate/100")
	if want := []string{"plain", "quick", "slow"}; !slices.Equal(IDs(p.Contestants(rate)), want) {
		t.Errorf("contestants %q without a database, want %q", IDs(p.Contestants(rate)), want)
	}
	blocks := map[int][]string{}
	for _, s := range p.Slots {
		c, ok := p.CellOf(s)
		if !ok {
			t.Fatalf("slot %d has no cell", s.Index)
		}
		if wrong := (s.Target == "slow-blocking") != strings.Contains(c.Request, "/db/blocking/"); wrong {
			t.Errorf("slot %d: %s is asked %s", s.Index, s.Target, c.Request)
		}
		if s.Cell == cell.ID && s.Replica == 1 && s.Target != target.NullID {
			blocks[s.Block] = append(blocks[s.Block], s.Target)
		}
	}
	for b := 1; b <= p.Blocks; b++ {
		if got := slices.Sorted(slices.Values(blocks[b])); !slices.Equal(got, cell.Targets) {
			t.Errorf("block %d measures %q", b, got)
		}
	}
	if all, _ := p.Trials(cell.ID); all != trials(cell, p.Cells, p) {
		t.Errorf("%d slots, reckoned %d", all, trials(cell, p.Cells, p))
	}
	if got := p.LoadCPUsOf(cell); !slices.Equal(got, []int{1}) {
		t.Errorf("the agent has CPUs %v beside the database, want 1 alone", got)
	}
	if got := p.LoadCPUsOf(rate); !slices.Equal(got, []int{1, 2}) {
		t.Errorf("the agent has CPUs %v without a database, want both", got)
	}
}

func TestWithoutADatabaseItsReadingsSayWhy(t *testing.T) {
	in := databaseInput(t)
	in.NoDatabase = "no PostgreSQL was found; install it"
	p, err := New(in)
	if err != nil {
		t.Fatal(err)
	}
	if p.Database != nil || p.Placement.DatabaseCPUs != nil || len(p.Cells) != 1 {
		t.Errorf("the plan has database %v on CPUs %v and %d cells", p.Database, p.Placement.DatabaseCPUs, len(p.Cells))
	}
	left := 0
	for _, l := range p.LeftOut {
		if strings.Contains(l.Why, in.NoDatabase) {
			left++
		}
	}
	if left != 2 {
		t.Errorf("%d readings are left out for want of a database, want 2: %v", left, p.LeftOut)
	}
	for _, target := range p.Targets {
		if target.Of != "" {
			t.Errorf("the variant %s has no cell and takes part", target.ID)
		}
	}
}
