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

// DefectRun counts the programs that end alike when they are run all the same, after the cheapest edit.
type DefectRun struct {
	End      string `json:"end"`       // a mistake.Fate, of mistake.Ends
	XRefused int    `json:"x_refused"` // of those that the compiler refused before the edit
	YRefused int    `json:"y_refused"`
	XWarned  int    `json:"x_warned"` // of those that after it the compiler only warns of, or the own linter finds
	YWarned  int    `json:"y_warned"`
}

// defectRuns are those of the classes, all of them for none; ends that no program has are left out.
func defectRuns(s mistake.Study, x, y string, classes []string) []DefectRun {
	ofX, ofY := s.Runs(classes, x), s.Runs(classes, y)
	count := func(runs []mistake.RunCount, end mistake.Fate) mistake.RunCount {
		if i := slices.IndexFunc(runs, func(r mistake.RunCount) bool { return r.End == end }); i >= 0 {
			return runs[i]
		}
		return mistake.RunCount{}
	}
	var runs []DefectRun
	for _, end := range mistake.Ends() {
		cx, cy := count(ofX, end), count(ofY, end)
		if r := (DefectRun{string(end), cx.Refused, cy.Refused, cx.Warned, cy.Warned}); r != (DefectRun{End: string(end)}) {
			runs = append(runs, r)
		}
	}
	return runs
}
