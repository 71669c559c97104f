package plan

import (
	"fmt"
	"slices"

	"github.com/assay-bench/assay/harness/scenario"
)

// unlisted are the cells beside a plan's database whose scenario no profile has: who reads of the database's requests would not miss them
// otherwise. With --only everything else is left out, which the plan says already.
func unlisted(in Input, p Plan) []CellLeftOut {
	if in.Only != "" || p.Database == nil {
		return nil
	}
	var out []CellLeftOut
	for _, s := range in.Scenarios {
		listed := slices.ContainsFunc(append(slices.Clone(in.Profiles), in.Profile), func(of scenario.Profile) bool { return hasCellOf(of, s.ID) })
		if s.Database == nil || listed {
			continue
		}
		why := fmt.Sprintf("scenario %s is in no profile; `--only %s` measures it (it %s)", s.ID, s.ID, s.Summary)
		for _, c := range s.Cells {
			out = append(out, CellLeftOut{Cell: c.ID, Why: why})
		}
	}
	return out
}
