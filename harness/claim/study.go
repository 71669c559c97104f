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
)

// Studies lists them. Conformance is a part of every run, which does not begin without it; the others are a profile's choice.
func Studies() []string { return []string{Defects, Conformance} }

func parseStudy(t *strict.Table) string {
	s := t.Text("study", strict.MaxID)
	if s == "" || slices.Contains(Studies(), s) {
		return s
	}
	t.Bad("study", "no study "+strict.Quote(s), strict.Suggest(s, Studies(), "use one of "+strings.Join(Studies(), ", ")))
	return ""
}
