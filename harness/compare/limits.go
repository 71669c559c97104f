package compare

import (
	"fmt"
	"reflect"
	"strings"

	"github.com/assay-bench/assay/harness/plan"
	"github.com/assay-bench/assay/harness/scenario"
)

// A reach is what a limit decides, and so what two runs that have another one can still share.
type reach struct {
	leaves   Class
	modes    []scenario.Mode // the only ones whose trials it checks; nil where that is not what confines it
	rulesOut string          // where that is not all of what leaves says
	withhold bool            // it withholds verdicts, and touches no number
}

// reachOf tells what the limit with this key in plan.json decides. One that a later version adds may decide which trials are
// valid (docs/rules.md, section 2), in any cell.
func reachOf(key string) reach {
	switch key {
	case "min_blocks", "confidence", "equivalence_confidence":
		return reach{leaves: NotComparable}
	case "lateness_floor_us", "lateness_of_p50", "lateness_of_slo":
		return checkedIn(scenario.Hold, scenario.Rate)
	case "load_halts":
		return checkedIn(scenario.InFlight, scenario.Saturate)
	case "early_answers":
		return checkedIn(scenario.InFlight)
	case "poll_gap_us":
		return checkedIn(scenario.Start)
	case "headroom", "server_at_limit", "null_drift", "drift_confidence", "null_hold", "control_confidence":
		return reach{leaves: Comparable, withhold: true}
	case "up_to_tolerance":
		return reach{leaves: Comparable, rulesOut: `"up to" readings without a tolerance of their own`}
	case "floor_far_exceeded_factor", "order_level", "foreign_cpu", "evidence_years": // words beside a verdict
		return reach{leaves: Comparable}
	}
	return reach{leaves: VerdictsOnly}
}

func checkedIn(modes ...scenario.Mode) reach {
	var names []string
	for _, m := range modes {
		names = append(names, string(m))
	}
	return reach{leaves: Comparable, modes: modes, rulesOut: "numbers of mode " + strings.Join(names, ", ")}
}

// A limitApart is a limit that is not the same in both runs.
type limitApart struct {
	key, a, b string
	reach
}

// limitsApart compares every threshold of two plans, those included that a later version adds.
func limitsApart(p, q plan.Limits) []limitApart {
	a, b := reflect.ValueOf(p), reflect.ValueOf(q)
	var all []limitApart
	for i := range a.NumField() {
		key := limitKey(a.Type().Field(i))
		if one, other := limitText(a.Field(i)), limitText(b.Field(i)); one != other {
			all = append(all, limitApart{key, orMissing(one), orMissing(other), reachOf(key)})
		}
	}
	return all
}

func (p pair) limits() []Difference {
	var all []Difference
	for _, l := range limitsApart(p.a.Plan.Limits, p.b.Plan.Limits) {
		all = append(all, Difference{What: "limit " + l.key, A: l.a, B: l.b, Leaves: l.leaves, RulesOut: l.rulesOut})
	}
	return all
}

// withholdNote says which limits may have changed a verdict by themselves.
func (p pair) withholdNote() []string {
	var names []string
	for _, l := range limitsApart(p.a.Plan.Limits, p.b.Plan.Limits) {
		if l.withhold {
			names = append(names, fmt.Sprintf("%s (%s, then %s)", l.key, l.a, l.b))
		}
	}
	if len(names) == 0 {
		return nil
	}
	return []string{"Each run is judged by its own limits, and these, which withhold verdicts, are not the same: " + strings.Join(names, "; ") +
		". A verdict that changed from or to inconclusive may have changed by them alone."}
}

func limitKey(f reflect.StructField) string {
	key, _, _ := strings.Cut(f.Tag.Get("json"), ",")
	return key
}

// limitText writes a threshold; 0 is none, as in runs of a version that did not know it.
func limitText(v reflect.Value) string {
	switch {
	case v.IsZero():
		return ""
	case v.CanInt():
		return setting(float64(v.Int()))
	}
	return setting(v.Float())
}
