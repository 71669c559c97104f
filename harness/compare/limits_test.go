package compare

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/assay-bench/assay/harness/plan"
	"github.com/assay-bench/assay/harness/scenario"
)

// Every limit of a plan is known to decide something: one that is added falls here until it is placed.
func TestEveryLimitIsPlaced(t *testing.T) {
	want := map[Class][]string{
		NotComparable: {"min_blocks", "confidence", "equivalence_confidence"},
		VerdictsOnly:  {"attempts", "agent_cpu", "sent_of_scheduled", "steal", "samples_per_tail", "littles_law"},
		Comparable: {"lateness_floor_us", "lateness_of_p50", "lateness_of_slo", "foreign_cpu", "early_answers", "load_halts", "headroom", "server_at_limit", "null_drift", "drift_confidence",
			"poll_gap_us", "null_hold", "control_confidence", "floor_far_exceeded_factor", "order_level", "up_to_tolerance", "evidence_years"},
	}
	got := map[Class][]string{}
	for i := range reflect.TypeFor[plan.Limits]().NumField() {
		key := limitKey(reflect.TypeFor[plan.Limits]().Field(i))
		got[reachOf(key).leaves] = append(got[reachOf(key).leaves], key)
	}
	for class, keys := range want {
		slices.Sort(keys)
		slices.Sort(got[class])
		if !slices.Equal(keys, got[class]) {
			t.Errorf("%s: %q, want %q", class, got[class], keys)
		}
	}
}

// A limit of one mode takes the numbers of that mode's cells; one that withholds verdicts takes none, and is named.
func TestLimitsOfAMode(t *testing.T) {
	b := later(nil)
	b.Plan.Limits.LatenessOfP50, b.Plan.Limits.Headroom = 0.2, 2
	c := Compare(earlier(), b)
	for _, m := range slices.Concat(c.Ratios, c.Metrics) {
		if !strings.HasPrefix(m.Cell, "saturate/") {
			t.Errorf("%s of %s in %s is compared", m.Metric, subject(m), m.Cell)
		}
	}
	if len(c.Metrics) == 0 || len(c.Ratios) != 1 {
		t.Errorf("%d numbers and %d ratios of mode saturate, which knows no late send", len(c.Metrics), len(c.Ratios))
	}
	for _, cell := range b.Plan.Cells {
		listed := slices.ContainsFunc(c.Apart, func(a Apart) bool {
			return a.What == "cell "+cell.ID && a.Why == "limit lateness_of_p50 0.1, then 0.2"
		})
		if listed != (cell.Mode != scenario.Saturate) {
			t.Errorf("cell %s is listed: %t", cell.ID, listed)
		}
	}
	if !slices.ContainsFunc(c.Notes, func(n string) bool {
		return strings.Contains(n, "headroom (1.5, then 2)") && !strings.Contains(n, "lateness")
	}) {
		t.Errorf("notes %q", c.Notes)
	}
}
