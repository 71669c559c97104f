package claim

import (
	"fmt"
	"slices"
	"strings"

	"github.com/assay-bench/assay/harness/strict"
)

// checkShape holds a reading that this version judges against its shape's keys: those that it has to have, and those
// that it may have besides.
func checkShape(t *strict.Table, r Reading) {
	want, may := shapeKeys(t, r)
	for _, key := range want {
		t.Need(key, key+" = ...; the shape "+string(r.Shape)+" takes "+strings.Join(want, ", "))
	}
	allowed := slices.Concat(commonKeys(), want, may)
	for _, key := range presentKeys(t, readingKeys()...) {
		if !slices.Contains(allowed, key) {
			t.Bad(key, notTaken(key, r), "remove it; the shape takes "+takes(want, may))
		}
	}
	checkPercents(t, r)
	checkSides(t, r)
}

// takes names a shape's own keys: those that it wants or, where it wants none, those that it may have.
func takes(want, may []string) string {
	if len(want) == 0 {
		return strings.Join(may, ", ")
	}
	return strings.Join(want, ", ")
}

// shapeKeys lists the keys that a shape wants, and those that it may have.
func shapeKeys(t *strict.Table, r Reading) (want, may []string) {
	switch r.Shape {
	case Threshold:
		want = []string{"target", "at_least", "cell"}
	case Better, Tie:
		want = append([]string{"x", "y", "metric"}, placeKeys(t, r)...)
	case Range:
		want = append(append(rangeSides(t), "metric"), append(placeKeys(t, r), "from", "to")...)
	case UpTo:
		want, may = []string{"x", "y", "metric", "cells", "percent"}, []string{"tolerance"}
	case Documented:
		if may = []string{"shown_by", "opposed_by", "context", "at_least", "needs"}; len(presentKeys(t, "shown_by", "opposed_by")) == 0 {
			want = []string{"needs"}
		}
	case Untestable:
		want, may = []string{"reason", "needs"}, []string{"context"}
	case Studied:
		want, may = []string{"study"}, []string{"context"}
		switch r.Study {
		case Defects:
			want, may = append(want, "x", "y"), append(may, "classes")
		case Conformance:
			want = append(want, "x", "y")
		case Together:
			want = append(want, "part")
		}
	case Combines:
		want = []string{"claims"}
	}
	if r.Shape.Measured() {
		may = append(may, "infrastructure_only", "context")
	}
	return want, may
}

// placeKeys says where a comparison is made: in a cell, over a scenario where the metric belongs to a whole ladder, or for a
// case where it is a bill.
func placeKeys(t *strict.Table, r Reading) []string {
	if r.Metric == "" { // missing or wrong: any place may be meant
		return presentKeys(t, "cell", "scenario", "case")
	}
	switch m, _ := MetricByID(r.Metric); {
	case m.Ladder:
		return []string{"scenario"}
	case m.Cost:
		return []string{"case"}
	}
	return []string{"cell"}
}

// rangeSides says whom a range is about: two targets, one of which has the advantage, or one target's own number.
func rangeSides(t *strict.Table) []string {
	if t.Has("target") && !t.Has("x") && !t.Has("y") {
		return []string{"target"}
	}
	return []string{"x", "y"}
}

func notTaken(key string, r Reading) string {
	if (r.Shape == Better || r.Shape == Tie || r.Shape == Range) && (key == "cell" || key == "scenario" || key == "case") {
		return "does not go with the metric " + r.Metric
	}
	return fmt.Sprintf("does not belong to the shape %q", r.Shape)
}

// checkPercents finds advantages that nothing can have.
func checkPercents(t *strict.Table, r Reading) {
	m, _ := MetricByID(r.Metric)
	for _, p := range []struct {
		key   string
		value float64
	}{{"percent", r.Percent}, {"from", r.From}, {"to", r.To}} {
		if m.LowerBetter && p.value >= 100 && !r.OneTarget() {
			t.Bad(p.key, fmt.Sprintf("is %v, but nothing has that much less %s", p.value, m.Label), "give less than 100")
		}
	}
	switch {
	case r.Shape == Range && r.From > 0 && r.To > 0 && r.To <= r.From:
		t.Bad("to", fmt.Sprintf("is %v, not above from = %v", r.To, r.From), "give the range from its lower to its upper end")
	case r.Shape == UpTo && r.Percent > 0 && r.Tolerance >= r.Percent:
		t.Bad("tolerance", fmt.Sprintf("is %v of the %v claimed, which leaves nothing to show", r.Tolerance, r.Percent), "give fewer percentage points")
	case r.Shape == UpTo && m.Ladder:
		t.Bad("metric", m.ID+" belongs to a whole ladder, not to one of several cells", "name a metric of a cell")
	case r.Shape == UpTo && m.Cost:
		t.Bad("metric", m.ID+" belongs to a case, not to one of several cells", "name a metric of a cell")
	case r.OneTarget() && r.Metric != "" && !m.Cost:
		t.Bad("metric", "a range of one target is judged for a bill alone, not for "+m.Label, "write metric = \"cost_usd_per_month\", or name x and y")
	}
}

// checkSides finds evidence that would show a claim and its opposite at once.
func checkSides(t *strict.Table, r Reading) {
	for i, id := range r.OpposedBy {
		if slices.Contains(r.ShownBy, id) {
			t.BadElement("opposed_by", i, strict.Quote(id)+" is in shown_by too", "keep it on the side that it supports")
		}
	}
	for i, id := range r.Context {
		if slices.Contains(r.ShownBy, id) || slices.Contains(r.OpposedBy, id) {
			t.BadElement("context", i, strict.Quote(id)+" decides the reading already", "take it out here")
		}
	}
}
