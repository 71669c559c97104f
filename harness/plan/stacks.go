package plan

import (
	"fmt"
	"slices"
	"strings"

	"github.com/assay-bench/assay/harness/target"
)

// stacks are the further targets of the languages of those that the claims name: what shows how far two stacks of one
// language differ. nil where no cell has them.
func stacks(in Input, cells []Cell, named []target.Target) ([]target.Target, error) {
	if !slices.ContainsFunc(cells, func(c Cell) bool { return c.Stacks }) {
		return nil, nil
	}
	var out []target.Target
	for _, t := range in.Targets {
		isNamed := slices.ContainsFunc(named, func(n target.Target) bool { return n.ID == t.ID })
		related := slices.ContainsFunc(named, func(n target.Target) bool { return n.Language == t.Language })
		if related && !isNamed {
			out = append(out, t)
		}
	}
	if len(out) == 0 {
		return nil, fmt.Errorf("profile %s asks for further stacks in %s, and targets/ has no other target of these languages; add one, or take stacks out of the profile",
			in.Profile.ID, strings.Join(in.Profile.Stacks, ", "))
	}
	return out, nil
}

// AllTargets are the targets of the claims, then the further stacks.
func (p Plan) AllTargets() []target.Target {
	return slices.Concat(p.Targets, p.Stacks)
}

// IDs are the names of targets, in their order.
func IDs(targets []target.Target) []string {
	var ids []string
	for _, t := range targets {
		ids = append(ids, t.ID)
	}
	return ids
}
