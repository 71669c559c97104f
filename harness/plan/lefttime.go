package plan

import (
	"fmt"
	"time"

	"github.com/assay-bench/assay/harness/digits"
)

// leftTo says that something is left to another profile, and why: the time that it takes beside what a run of this profile may take. What is
// no measure of time, where take is 0, has no reason beyond the choice of who made the profiles.
func leftTo(in Input, what, other string, take time.Duration) string {
	words := fmt.Sprintf("%s is left to the %s profile", what, other)
	if take <= 0 {
		return words
	}
	return fmt.Sprintf("%s: it takes about %s, and a whole run of the %s profile at most %s", words, digits.Duration(take), in.Profile.ID, digits.Duration(in.Profile.Budget))
}

// cellTime is about what a cell that the plan lacks would take in it, alone; 0 where this host or article cannot have it.
func cellTime(in Input, p Plan, id string) time.Duration {
	s, cell, ok := findCell(in.Scenarios, id)
	if !ok {
		return 0
	}
	c := resolve(s, cell, in)
	if c.Connections > in.HostLimit.Connections {
		return 0
	}
	c.Paired = paired(in.Cost, in.Ledger, c)
	one := choice{cells: []Cell{c}, why: map[string]string{}}
	targets, err := chooseTargets(in, one.cells)
	if err != nil { // no reading is about it
		return 0
	}
	if contest(in, &one, targets); len(one.cells) == 0 { // none of its targets can have it
		return 0
	}
	p.Targets, p.Stacks, p.Studies = targets, nil, nil
	return takes(one.cells, p)
}
