package claim

import (
	"slices"
	"strings"

	"github.com/assay-bench/assay/harness/strict"
)

// The studies that readings of the shape "study" rest on. A study is made once, before the first trial; its result is in
// env.json.
const (
	Defects     = "defects"     // which tools notice the same mistakes (docs/defects.md)
	Conformance = "conformance" // do all targets give the contract's answers, byte for byte

	Together     = "together"      // a Go program with a part in Rust (scenarios/together)
	AsyncRuntime = "async-runtime" // does asynchronous work run without a runtime (scenarios/async-runtime)
)

// The parts of the study together, each of which a reading may rest on.
const (
	TogetherWorks = "works" // it builds, runs and answers as Go alone does
	TogetherCall  = "call"  // a call across the border takes longer
	TogetherBuild = "build" // building it takes longer
)

// Studies lists them. Conformance is a part of every run, which does not begin without it; the others are a profile's choice.
func Studies() []string { return []string{Defects, Conformance, Together, AsyncRuntime} }

func parseStudy(t *strict.Table) string {
	s := t.Text("study", strict.MaxID)
	if s == "" || slices.Contains(Studies(), s) {
		return s
	}
	t.Bad("study", "no study "+strict.Quote(s), strict.Suggest(s, Studies(), "use one of "+strings.Join(Studies(), ", ")))
	return ""
}

func parsePart(t *strict.Table) string {
	s, known := t.Text("part", strict.MaxID), []string{TogetherWorks, TogetherCall, TogetherBuild}
	if s == "" || slices.Contains(known, s) {
		return s
	}
	t.Bad("part", "no part "+strict.Quote(s), strict.Suggest(s, known, "use one of "+strings.Join(known, ", ")))
	return ""
}
