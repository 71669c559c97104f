package claim

import (
	"slices"
	"strings"

	"github.com/assay-bench/assay/harness/strict"
)

const (
	maxConnections = 1_000_000
	maxPercent     = 10_000
	maxAmount      = 1e12 // of a range of one target, in the metric's unit
	maxCandidates  = 20   // cells of one up-to reading
	maxEvidence    = 20   // entries on one side of a documented reading
	maxCounted     = 100  // entries that one figure counts
)

// readingKeys are all keys of a reading; commonKeys those of every shape.
func readingKeys() []string {
	return append(commonKeys(), "target", "at_least", "x", "y", "metric", "cell", "scenario", "case", "cells", "percent", "tolerance", "from", "to",
		"infrastructure_only", "shown_by", "opposed_by", "context", "study", "classes", "part", "claims", "reason", "needs")
}

func commonKeys() []string { return []string{"id", "headline", "shape", "says", "not_yet"} }

func shapes() []Shape {
	return []Shape{Threshold, Better, UpTo, Range, Tie, Documented, Untestable, Studied, Combines}
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
		Case:     t.ID("case"),
		Percent:  t.Positive("percent", maxPercent),
		From:     t.Positive("from", mostOfRange(t)),
		To:       t.Positive("to", mostOfRange(t)),
		Reason:   t.Text("reason", maxSentence),
		Needs:    t.Text("needs", maxSentence),
		NotYet:   t.Text("not_yet", maxSentence),
		Study:    parseStudy(t),
		Part:     parsePart(t),
		table:    t,

		Tolerance:          t.Positive("tolerance", maxPercent),
		InfrastructureOnly: t.Flag("infrastructure_only"),
		Cells:              parseCells(t),
		ShownBy:            parseIDs(t, "shown_by", maxEvidence),
		OpposedBy:          parseIDs(t, "opposed_by", maxEvidence),
		Context:            parseIDs(t, "context", maxEvidence),
	}
	if t.Has("claims") {
		r.Claims = t.Texts("claims", maxClaims, strict.MaxID)
	}
	if t.Has("classes") {
		r.Classes = t.Texts("classes", maxCandidates, strict.MaxID)
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

// mostOfRange is the largest end of a range: of per cent, or of a target's own number.
func mostOfRange(t *strict.Table) float64 {
	if t.Has("target") {
		return maxAmount
	}
	return maxPercent
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
	if s != "" && !isCell(s) {
		t.Bad("cell", strict.Quote(s)+" is not a cell", cellFix)
		return ""
	}
	return s
}

const cellFix = `write it as "hold/10000" or "hold/host-limit"`

func isCell(s string) bool {
	scenario, point, found := strings.Cut(s, "/")
	return found && strict.IsID(scenario) && strict.IsID(point)
}

// parseCells reads the candidates of an up-to reading, each once.
func parseCells(t *strict.Table) []string {
	if !t.Has("cells") {
		return nil
	}
	cells := t.Texts("cells", maxCandidates, maxCell)
	for i, s := range cells {
		switch {
		case !isCell(s):
			t.BadElement("cells", i, strict.Quote(s)+" is not a cell", cellFix)
			return nil
		case slices.Contains(cells[:i], s):
			t.BadElement("cells", i, "names "+strict.Quote(s)+" twice", "remove one")
			return nil
		}
	}
	return cells
}

// parseIDs reads ids of evidence, each once.
func parseIDs(t *strict.Table, key string, most int) []string {
	if !t.Has(key) {
		return nil
	}
	ids := t.Texts(key, most, strict.MaxID)
	for i, s := range ids {
		switch {
		case !strict.IsID(s):
			t.BadElement(key, i, strict.Quote(s)+" is not an id", "write the id of an entry of the evidence")
			return nil
		case slices.Contains(ids[:i], s):
			t.BadElement(key, i, "names "+strict.Quote(s)+" twice", "remove one")
			return nil
		}
	}
	return ids
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
