package verdict

import (
	"slices"

	"github.com/assay-bench/assay/harness/mistake"
)

// DefectEnd counts the mistakes that a reading is about by the first that notices them: a tool before they run, the running
// program, or nobody.
type DefectEnd struct {
	End     string `json:"end"` // a mistake.Fate
	Before  bool   `json:"before"`
	X       int    `json:"x"` // as they were written
	Y       int    `json:"y"`
	XEdited int    `json:"x_edited"` // after the cheapest edit that satisfies the compiler
	YEdited int    `json:"y_edited"`
}

// defectEnds are those of the classes, all of them for none, from the earliest to the latest; ends that no mistake has are left out.
func defectEnds(s mistake.Study, x, y string, classes []string) []DefectEnd {
	if len(classes) == 0 {
		classes = mistake.Classes()
	}
	count := func(end mistake.Fate, language string, edited bool) int {
		n := 0
		for _, class := range classes {
			n += s.CountFates(class, language, edited).Fates[end]
		}
		return n
	}
	var ends []DefectEnd
	for _, f := range mistake.Fates() {
		end := DefectEnd{string(f), mistake.Headline.Passes(f), count(f, x, false), count(f, y, false), count(f, x, true), count(f, y, true)}
		if slices.Max([]int{end.X, end.Y, end.XEdited, end.YEdited}) > 0 {
			ends = append(ends, end)
		}
	}
	return ends
}
