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
		Profile: scenario.Profile{ID: "standard", Cells: []string{"database/pool-4-64"}},
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
