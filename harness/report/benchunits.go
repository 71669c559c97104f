package report

import (
	"slices"

	"golang.org/x/perf/benchfmt"

	"github.com/assay-bench/assay/harness/trial"
)

// A benchUnit is one column of bench.txt.
type benchUnit struct {
	unit   string  // benchstat turns ns into seconds and MB, which are 1,000,000 bytes, into bytes
	better string  // "lower" or "higher"
	scale  float64 // from the record's unit to this one
	value  func(*data, trial.Record) (float64, bool)
}

func (u benchUnit) metadata() *benchfmt.UnitMetadata {
	return &benchfmt.UnitMetadata{
		UnitMetadataKey: benchfmt.UnitMetadataKey{Unit: u.unit, Key: "better"}, // as written: who reads it tidies the unit
		OrigUnit:        u.unit, Value: u.better,
	}
}

// benchUnits are the metrics that verdicts rest on, and the share of requests that got no
// right answer where a trial of the run has one: without it a server that fails would only
// look fast.
func (d *data) benchUnits() []benchUnit {
	units := []benchUnit{
		{"req/s", "higher", 1, kept(requestsPerSec)},
		{"cpu-ns/req", "lower", 1e3, kept(cpuPerRequest)},
		{"p50-sec", "lower", 1e-3, kept(p50)},
		{"p99-sec", "lower", 1e-3, kept(p99)},
		{"p99.9-sec", "lower", 1e-3, kept(p999)},
		{"rss-MB", "lower", 1e-6, kept(memory)},
	}
	for _, u := range []benchUnit{ // of the modes without load, where the run has one
		{"first-answer-sec", "lower", 1e-3, kept(firstAnswer)},
		{"idle-rss-MB", "lower", 1e-6, kept(idleMemory)},
		{"binary-MB", "lower", 1e-6, kept(binaryBytes)},
		{"image-MB", "lower", 1e-6, kept(imageBytes)},
		{"source-lines", "lower", 1, kept(sourceLines)},
		{"modules", "lower", 1, kept(modules)},
		{"build-sec", "lower", 1, kept(cleanBuild)},
		{"rebuild-sec", "lower", 1, kept(rebuild)},
		{"edit-to-answer-sec", "lower", 1, kept(editToAnswer)},
	} {
		if slices.ContainsFunc(d.usable, func(r trial.Record) bool { _, ok := u.value(d, r); return ok }) {
			units = append(units, u)
		}
	}
	if slices.ContainsFunc(d.usable, func(r trial.Record) bool { return r.Counts.Failed+r.Counts.Pending > 0 }) {
		units = append(units, benchUnit{"failed/req", "lower", 1, unanswered})
	}
	return units
}

// kept reads a metric that no check rejected.
func kept(id string) func(*data, trial.Record) (float64, bool) {
	return func(d *data, r trial.Record) (float64, bool) {
		if _, rejected := r.Rejected[id]; rejected {
			return 0, false
		}
		return d.value(r, id)
	}
}

// unanswered is the share of the requests sent that failed or were still open at the end.
func unanswered(_ *data, r trial.Record) (float64, bool) {
	if r.Counts.Sent == 0 {
		return 0, false
	}
	return float64(r.Counts.Failed+r.Counts.Pending) / float64(r.Counts.Sent), true
}
