package verdict

import (
	"fmt"
	"slices"

	"github.com/assay-bench/assay/harness/claim"
)

// agreed completes a reading: the doubts of its trials about the metric that it rests on in each cell, and the demand that
// rejecting trials did not make the verdict. kept is judged from what passed the validity checks,
// judgeAll judges as if no trial had been rejected; it is asked only where a rejected trial with numbers touches the
// reading, since else both are the same. Where the two verdicts differ, the reading is inconclusive.
func (c *court) agreed(kept Reading, judgeAll func() Reading, places []place, metric func(cell string) string) Reading {
	kept.Doubts = c.kept.doubts(places, metric)
	if !slices.ContainsFunc(places, c.withRejected.rejectedAt) {
		return kept
	}
	all := judgeAll()
	kept.WithRejected = all.Verdict
	if kept.Ratio != nil && all.Ratio != nil && kept.Ratio.Blocks < all.Ratio.Blocks {
		kept.RatioWithRejected = all.Ratio
	}
	if all.Verdict == kept.Verdict || kept.Verdict == Inconclusive {
		return kept
	}
	kept.Reason = fmt.Sprintf("%s without the trials and latencies that a check rejected, but %s with them: %s", kept.Verdict, all.Verdict, kept.Reason)
	kept.WouldChange = "a quieter run, in which less is rejected"
	kept.Verdict = Inconclusive
	kept.Notes = withoutVerdictNotes(kept.Notes)
	return kept
}

// withoutVerdictNotes drops the notes that stand only beside a verdict that was given.
func withoutVerdictNotes(notes []Note) []Note {
	var left []Note
	for _, n := range notes {
		if n.Code != noteFloor && n.Code != noteThisHost && n.Code != noteInfrastructure {
			left = append(left, n)
		}
	}
	return left
}

// placesOf lists the places whose trials decide a reading: both replicas of a threshold's
// target; of a comparison, X and Y and the A/A arm of the same cells.
func (c *court) placesOf(r claim.Reading) []place {
	if r.Shape == claim.Threshold {
		return c.replicas(r.Cell, r.Target)
	}
	ms, _ := c.measuresOf(r)
	if r.OneTarget() {
		r.X, r.Y = r.Target, r.Target
	}
	var places []place
	for _, m := range ms {
		places = append(places, c.placesIn(m.cells(), r.X, r.Y)...)
	}
	return places
}

// placesIn lists the places of a comparison in some cells, each once; x and y may be the same target.
func (c *court) placesIn(cells []string, x, y string) []place {
	var places []place
	for _, cell := range cells {
		for _, block := range c.blocks {
			places = append(places, place{block, cell, x, 1})
			if y != x {
				places = append(places, place{block, cell, y, 1})
			}
			for _, target := range c.doubled[block] {
				places = append(places, place{block, cell, target, 2})
				if target != x && target != y {
					places = append(places, place{block, cell, target, 1})
				}
			}
		}
	}
	return places
}

// replicas lists the places of all trials of a target in a cell, block by block.
func (c *court) replicas(cell, target string) []place {
	var places []place
	for _, block := range c.blocks {
		places = append(places, place{block, cell, target, 1}, place{block, cell, target, 2})
	}
	return places
}
