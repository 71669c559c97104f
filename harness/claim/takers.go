package claim

import (
	"fmt"
	"slices"
	"strings"

	"github.com/assay-bench/assay/harness/strict"
)

// absent lists the targets of a reading that there are, and that take no part in a cell of it: beside a database one without it has nothing
// to answer.
func (r Reading) absent(refs References) []strict.Problem {
	var found []strict.Problem
	for _, cell := range append([]string{r.Cell}, r.Cells...) {
		takers, known := refs.Takers[cell]
		if !known {
			continue
		}
		for _, side := range []struct{ key, target string }{{"target", r.Target}, {"x", r.X}, {"y", r.Y}} {
			if !slices.Contains(refs.Targets, side.target) || slices.Contains(takers, side.target) {
				continue
			}
			what, fix := fmt.Sprintf("%s takes no part in %s", strict.Quote(side.target), cell), "name a cell that it takes part in"
			if len(takers) > 0 {
				fix = "use one of " + strings.Join(slices.Sorted(slices.Values(takers)), ", ") + ", or " + fix
			}
			if slices.Contains(refs.Stored, cell) {
				what += ", since its target.toml provides no database"
			}
			found = append(found, strict.Problem{Key: side.key, What: what, Fix: fix})
		}
	}
	return found
}
