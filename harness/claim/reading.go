package claim

import (
	"fmt"
	"slices"
	"strings"

	"github.com/assay-bench/assay/harness/strict"
)

const maxConnections = 1_000_000

// readingKeys are all keys of a reading; commonKeys those of every shape.
func readingKeys() []string {
	return append(commonKeys(), "target", "at_least", "x", "y", "metric", "cell", "scenario", "claims", "reason", "needs")
}

func commonKeys() []string { return []string{"id", "headline", "shape", "says", "not_yet"} }

func shapes() []Shape {
	return []Shape{Threshold, Better, UpTo, Range, Tie, Documented, Untestable, Combines}
}

// parseReading reads one [[claim.reading]].
func parseReading(t *strict.Table) Reading {
	t.Only(readingKeys()...)
	t.Need("id", `id = "..."`)
	t.Need("shape", `shape = "..."`)
	r := Reading{
		ID:       t.ID("id"),
		Headline: t.Flag("headline"),
		Shape:    parseShape(t),
		Says:     t.Text("says", maxSentence),
		Target:   t.ID("target"),
		AtLeast:  t.Integer("at_least", 1, maxConnections),
		X:        t.ID("x"),
		Y:        t.ID("y"),
		Metric:   parseMetric(t),
		Cell:     parseCell(t),
		Scenario: t.ID("scenario"),
		Reason:   t.Text("reason", maxSentence),
		Needs:    t.Text("needs", maxSentence),
		NotYet:   t.Text("not_yet", maxSentence),
		table:    t,
	}
	if t.Has("claims") {
		r.Claims = t.Texts("claims", maxClaims, strict.MaxID)
	}
	if r.X != "" && r.X == r.Y {
		t.Bad("y", "is the same target as x", "name two targets")
	}
	if r.Shape != "" && r.Shape != Untestable && r.Shape != Combines {
		t.Need("says", `says = "...", the measurable sentence`)
	}
	if r.Shape != "" && !t.Has("not_yet") {
		checkShape(t, r)
	}
	return r
}

func parseShape(t *strict.Table) Shape {
	s := t.Text("shape", strict.MaxID)
	if s == "" || slices.Contains(shapes(), Shape(s)) {
		return Shape(s)
	}
	var known []string
	for _, k := range shapes() {
		known = append(known, string(k))
	}
	t.Bad("shape", "no shape "+strict.Quote(s), strict.Suggest(s, known, "use one of "+strings.Join(known, ", ")))
	return ""
}

func parseMetric(t *strict.Table) string {
	s := t.Text("metric", strict.MaxID)
	if s == "" {
		return ""
	}
	if _, ok := MetricByID(s); ok {
		return s
	}
	var known []string
	for _, m := range Metrics() {
		known = append(known, m.ID)
	}
	t.Bad("metric", "no metric "+strict.Quote(s), strict.Suggest(s, known, "use one of "+strings.Join(known, ", ")))
	return ""
}

// parseCell reads "<scenario>/<number>" or "<scenario>/host-limit".
func parseCell(t *strict.Table) string {
	s := t.Text("cell", maxCell)
	if s == "" {
		return ""
	}
	scenario, point, found := strings.Cut(s, "/")
	if !found || !strict.IsID(scenario) || !strict.IsID(point) {
		t.Bad("cell", strict.Quote(s)+" is not a cell", `write it as "hold/10000" or "hold/host-limit"`)
		return ""
	}
	return s
}

// checkShape holds a reading that this version measures against its shape's keys.
func checkShape(t *strict.Table, r Reading) {
	var want []string
	switch r.Shape {
	case Threshold:
		want = []string{"target", "at_least", "cell"}
	case Better:
		want = []string{"x", "y", "metric", "cell"}
		if m, _ := MetricByID(r.Metric); m.Ladder {
			want[3] = "scenario"
		}
		if r.Metric == "" { // missing or wrong: either place may be meant
			want = append(want[:3], presentKeys(t, "cell", "scenario")...)
		}
	case Untestable:
		want = []string{"reason", "needs"}
	case Combines:
		want = []string{"claims"}
	default:
		t.Bad("shape", fmt.Sprintf("this version does not judge %q", r.Shape), `add not_yet = "...", what it waits for`)
		return
	}
	for _, key := range want {
		t.Need(key, key+" = ...; the shape "+string(r.Shape)+" takes "+strings.Join(want, ", "))
	}
	allowed := append(commonKeys(), want...)
	for _, key := range presentKeys(t, readingKeys()...) {
		if !slices.Contains(allowed, key) {
			t.Bad(key, notTaken(key, r), "remove it; the shape takes "+strings.Join(want, ", "))
		}
	}
}

func notTaken(key string, r Reading) string {
	if r.Shape == Better && (key == "cell" || key == "scenario") {
		return "does not go with the metric " + r.Metric
	}
	return fmt.Sprintf("does not belong to the shape %q", r.Shape)
}

func presentKeys(t *strict.Table, keys ...string) []string {
	var present []string
	for _, key := range keys {
		if t.Has(key) {
			present = append(present, key)
		}
	}
	return present
}
