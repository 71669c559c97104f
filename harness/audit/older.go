package audit

import (
	"fmt"
	"maps"
	"slices"

	"github.com/assay-bench/assay/harness/trial"
)

// olderNote says what records of schema 1 leave open.
func olderNote(old, all int) string {
	which := "the records are"
	if old < all {
		which = fmt.Sprintf("the first %d records are", old)
	}
	return which + " of an older version: no hash protects plan.json, env.json and the records from each other, and raw data does not hold " +
		"steal and how a server ended; these and the warnings are taken as recorded"
}

// common leaves in a record of schema 1 and its recomputation what both can have: no
// steal, no warnings, and no metric or check that came later. Where steal or the server's
// end decided, which no raw file holds, the status is taken as recorded.
func common(recorded, again trial.Record) (trial.Record, trial.Record) {
	recorded.Warnings, again.Warnings = nil, nil
	if undecided(recorded) {
		recorded, again = unrejected(recorded), unrejected(again)
		again.Status = recorded.Status
	}
	recorded.Metrics = without(recorded.Metrics, isSteal)
	again.Metrics = onlyOf(again.Metrics, recorded.Metrics)
	again.Rejected = onlyOf(again.Rejected, recorded.Rejected)
	recorded.Checks = slices.DeleteFunc(slices.Clone(recorded.Checks), func(c trial.Check) bool { return isSteal(c.ID) })
	again.Checks = slices.DeleteFunc(slices.Clone(again.Checks), func(c trial.Check) bool {
		return !slices.ContainsFunc(recorded.Checks, func(was trial.Check) bool { return was.ID == c.ID })
	})
	if len(recorded.Checks) == 0 {
		again.Checks = recorded.Checks // none, written in either way
	}
	return recorded, again
}

// isSteal reports whether a metric or check is of the CPU time that went to others.
func isSteal(id string) bool { return id == trial.StealShare || id == "steal" }

// undecided reports whether raw data does not hold what the status follows from: there are
// no checks when the server ended during the trial.
func undecided(r trial.Record) bool {
	return len(r.Checks) == 0 || slices.ContainsFunc(r.Checks, func(c trial.Check) bool { return !c.OK && isSteal(c.ID) })
}

// unrejected puts what a check of narrower scope set apart back among the metrics.
func unrejected(r trial.Record) trial.Record {
	all := maps.Clone(r.Metrics)
	maps.Copy(all, r.Rejected)
	r.Metrics, r.Rejected = all, nil
	return r
}

// onlyOf is a copy of the numbers that the other side has too.
func onlyOf(numbers, other map[string]float64) map[string]float64 {
	return without(numbers, func(id string) bool { _, ok := other[id]; return !ok })
}

// without is a copy of the numbers but those.
func without(numbers map[string]float64, those func(id string) bool) map[string]float64 {
	kept := maps.Clone(numbers)
	maps.DeleteFunc(kept, func(id string, _ float64) bool { return those(id) })
	return kept
}
