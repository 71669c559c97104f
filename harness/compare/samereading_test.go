package compare

import (
	"testing"

	"github.com/assay-bench/assay/harness/claim"
)

// Whatever a verdict rests on makes another reading; wording does not.
func TestReadingsDifferByWhatDecides(t *testing.T) {
	plain := claim.Reading{ID: "r", Shape: claim.Range, X: "a", Y: "b", Metric: "cost", Case: "roi", From: 20, To: 30}
	for name, change := range map[string]func(*claim.Reading){
		"from":      func(r *claim.Reading) { r.From = 35 },
		"to":        func(r *claim.Reading) { r.To = 55 },
		"per cent":  func(r *claim.Reading) { r.Percent = 6 },
		"tolerance": func(r *claim.Reading) { r.Tolerance = 1 },
		"cells":     func(r *claim.Reading) { r.Cells = []string{"saturate/64"} },
		"case":      func(r *claim.Reading) { r.Case = "other" },
		"study":     func(r *claim.Reading) { r.Study = claim.Defects },
		"classes":   func(r *claim.Reading) { r.Classes = []string{"memory"} },
		"sides":     func(r *claim.Reading) { r.OpposedBy = []string{"source"} },
		"not yet":   func(r *claim.Reading) { r.NotYet = "no database" },
	} {
		other := plain
		if change(&other); sameReading(plain, other) {
			t.Errorf("another %s makes no difference", name)
		}
	}
	worded := plain
	worded.Says, worded.Context, worded.Headline = "the same in other words", []string{"source"}, true
	if !sameReading(plain, worded) {
		t.Error("other words make another reading")
	}
}
