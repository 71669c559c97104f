package plan

import (
	"slices"
	"testing"

	"github.com/assay-bench/assay/harness/scenario"
)

// Beside a database, its scenarios that no profile has are named with the flag that measures them; others, and a plan of one cell, are not.
func TestUnlistedRequestsOfTheDatabase(t *testing.T) {
	db := &scenario.Database{Image: "postgres:17"}
	in := Input{
		Profile:  scenario.Profile{ID: "standard", Cells: []string{"database/pool-4-64"}},
		Profiles: []scenario.Profile{{ID: "quick"}},
		Scenarios: []scenario.Scenario{
			{ID: "database", Database: db, Cells: []scenario.Cell{{ID: "database/pool-4-64"}, {ID: "database/pool-8-64"}}},
			{ID: "orders", Database: db, Summary: "posts orders", Cells: []scenario.Cell{{ID: "orders/pool-4-64"}, {ID: "orders/pool-8-64"}}},
			{ID: "rate", Cells: []scenario.Cell{{ID: "rate/1"}}},
		},
	}
	got := unlisted(in, Plan{Database: db})
	why := "scenario orders is in no profile; `--only orders` measures it (it posts orders)"
	if want := []CellLeftOut{{"orders/pool-4-64", why}, {"orders/pool-8-64", why}}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
	if got := unlisted(in, Plan{}); got != nil {
		t.Errorf("without a database: %v", got)
	}
	in.Only = "database"
	if got := unlisted(in, Plan{Database: db}); got != nil {
		t.Errorf("with --only: %v", got)
	}
	in.Only, in.Profiles = "", []scenario.Profile{{ID: "nightly", Cells: []string{"orders/pool-4-64"}}}
	if got := unlisted(in, Plan{Database: db}); got != nil {
		t.Errorf("in another profile: %v", got)
	}
}

// Of a scenario that the plan measures, the cells that no profile has are named; those of another profile, and of a scenario without a
// planned cell, are not.
func TestUnlistedRungs(t *testing.T) {
	in := Input{
		Profile:  scenario.Profile{ID: "standard", Cells: []string{"hold/1000"}},
		Profiles: []scenario.Profile{{ID: "nightly", Cells: []string{"hold/1000", "hold/5000", "rate/1"}}},
		Scenarios: []scenario.Scenario{
			{ID: "hold", Cells: []scenario.Cell{{ID: "hold/1000"}, {ID: "hold/2500"}, {ID: "hold/5000"}, {ID: "hold/7500"}}},
			{ID: "rate", Cells: []scenario.Cell{{ID: "rate/1"}, {ID: "rate/2"}}},
		},
	}
	p := Plan{Cells: []Cell{{ID: "hold/1000", Scenario: "hold"}}}
	why := "in no profile: hold/2500, hold/7500; `--only` with one of these measures it"
	if got, want := unlisted(in, p), []CellLeftOut{{"hold/2500", why}, {"hold/7500", why}}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
	p.Cells = append(p.Cells, Cell{ID: "rate/1", Scenario: "rate"})
	if got, want := unlisted(in, p)[2:], []CellLeftOut{{"rate/2", "in no profile: rate/2; `--only rate/2` measures it"}}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
	in.Only = "hold/1000"
	if got := unlisted(in, p); got != nil {
		t.Errorf("with --only: %v", got)
	}
}
