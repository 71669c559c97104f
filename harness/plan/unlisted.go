package plan

import (
	"fmt"
	"slices"
	"strings"

	"github.com/assay-bench/assay/harness/scenario"
)

// unlisted are the cells that no profile has of what the plan measures: who reads of a ladder would not miss the rung otherwise, nor who
// reads of the database's requests another one. With --only everything else is left out, which the plan
// says already, and where the profiles are not given nobody knows what none of them has.
func unlisted(in Input, p Plan) []CellLeftOut {
	if in.Only != "" || len(in.Profiles) == 0 {
		return nil
	}
	profiles := append(slices.Clone(in.Profiles), in.Profile)
	var out []CellLeftOut
	for _, s := range in.Scenarios {
		measured := slices.ContainsFunc(p.Cells, func(c Cell) bool { return c.Scenario == s.ID })
		if !measured && (s.Database == nil || p.Database == nil) {
			continue
		}
		var missing []string
		for _, c := range s.Cells {
			if !slices.ContainsFunc(profiles, func(of scenario.Profile) bool { return slices.Contains(of.Cells, c.ID) }) {
				missing = append(missing, c.ID)
			}
		}
		if len(missing) == 0 || !measured && len(missing) < len(s.Cells) { // one that is left to another profile
			continue
		}
		why := fmt.Sprintf("scenario %s is in no profile; `--only %s` measures it (it %s)", s.ID, s.ID, s.Summary)
		if measured {
			why = fmt.Sprintf("in no profile: %s; `--only %s` measures it", strings.Join(missing, ", "), missing[0])
			if len(missing) > 1 {
				why = fmt.Sprintf("in no profile: %s; `--only` with one of these measures it", strings.Join(missing, ", "))
			}
		}
		for _, id := range missing {
			out = append(out, CellLeftOut{Cell: id, Why: why})
		}
	}
	return out
}
