package main

import (
	"testing"

	"github.com/assay-bench/assay/harness/scenario"
	"github.com/assay-bench/assay/harness/target"
)

// A contestant that several scenarios make of a target is one.
func TestAVariantOfSeveralScenariosIsOne(t *testing.T) {
	server := target.Target{ID: "server", Provides: []string{"database"}}
	one := scenario.Scenario{Variants: []scenario.Variant{{ID: "blocking", Needs: "database"}}}
	other := scenario.Scenario{Variants: []scenario.Variant{{ID: "blocking", Needs: "database"}, {ID: "pooled", Needs: "database"}, {ID: "async", Needs: "wings"}}}
	got := variantsOf(server, []scenario.Scenario{one, other, one})
	if len(got) != 2 || got[0].ID != server.Variant("blocking").ID || got[1].ID != server.Variant("pooled").ID {
		t.Errorf("%+v", got)
	}
}
