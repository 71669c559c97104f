package report

import (
	"bytes"
	"strings"
	"testing"

	"github.com/assay-bench/assay/harness/plan"
	"github.com/assay-bench/assay/harness/scenario"
	"github.com/assay-bench/assay/harness/target"
)

// Where the load agent does not sleep is said by cell, and not of those beside a database on its CPU, nor of older runs.
func TestWhereTheLoadAgentNeverSleeps(t *testing.T) {
	p := plan.Plan{
		Engine: "native", Awake: plan.AwakeBefore, AwakeAtLimit: true,
		Placement: target.Placement{TargetCPUs: []int{0}, LoadCPUs: []int{1}, DatabaseCPUs: []int{1}},
		Cells: []plan.Cell{
			{ID: "rate/100", Mode: scenario.Rate}, {ID: "saturate/64", Mode: scenario.Saturate}, {ID: "in-flight/64", Mode: scenario.InFlight},
			{ID: "database/pool-4-64", Mode: scenario.Saturate, PoolSize: 4},
		},
	}
	older := p
	older.AwakeAtLimit = false
	for _, c := range []struct {
		name         string
		plan         plan.Plan
		rule, limits string
	}{
		{"now", p, "In saturate/64, at a server's limit, it does not sleep at all", "in saturate/64 it never sleeps"},
		{"before decision 24", older, "In an open loop the load agent stops sleeping 100 us", "sees somewhat higher rates at saturation"},
	} {
		d := &data{Input: Input{Plan: c.plan}}
		if got := written(t, d.awakeRule()); !strings.Contains(got, c.rule) || strings.Contains(got, "at all") != c.plan.AwakeAtLimit {
			t.Errorf("%s: %s", c.name, got)
		}
		if got := written(t, d.wakingLimits()); !strings.Contains(got, c.limits) {
			t.Errorf("%s: %s", c.name, got)
		}
	}
}

// written is a text as Markdown has it.
func written(t *testing.T, text Text) string {
	t.Helper()
	var page bytes.Buffer
	if err := Markdown(&page, Document{Title: "t", Sections: []Section{section("s", paragraph(text))}}); err != nil {
		t.Fatal(err)
	}
	return page.String()
}
