package plan

import (
	"slices"

	"github.com/assay-bench/assay/harness/claim"
)

// Untried reports whether the plan has no trial because no claim of its article takes a server.
func (p Plan) Untried() bool { return len(p.Slots) == 0 && len(p.Cells) == 0 && len(p.Targets) == 0 }

// withoutTrials tells whether no reading of the ledger takes a server: sources decide them, studies of programs, or nothing does. Such a
// plan has no cell, no target and no null server. The study of conformance is of the plan's servers, so it takes them.
func withoutTrials(l claim.Ledger) bool {
	return !slices.ContainsFunc(l.Claims, func(c claim.Claim) bool {
		return slices.ContainsFunc(c.Readings, func(r claim.Reading) bool {
			return measured(r) || r.NotYet == "" && r.Shape == claim.Studied && r.Study == claim.Conformance
		})
	})
}
