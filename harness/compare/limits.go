package compare

import (
	"reflect"
	"slices"
	"strings"
)

// judging are the limits by which verdicts are given, by their keys in plan.json. All the
// others say which trials are valid (docs/rules.md, section 2).
func judging() []string {
	return []string{"min_blocks", "confidence", "equivalence_confidence", "floor_far_exceeded_factor"}
}

// limits compares every threshold of the plan, those included that a later version adds.
func (p pair) limits() []Difference {
	a, b := reflect.ValueOf(p.a.Plan.Limits), reflect.ValueOf(p.b.Plan.Limits)
	var all []Difference
	for i := range a.NumField() {
		key := limitKey(a.Type().Field(i))
		d := differing{leaves: VerdictsOnly}
		if slices.Contains(judging(), key) {
			d.leaves = NotComparable
		}
		d.row("limit "+key, limitText(a.Field(i)), limitText(b.Field(i)))
		all = append(all, d.rows...)
	}
	return all
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
