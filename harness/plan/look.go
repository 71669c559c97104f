package plan

import "slices"

// Looks is how often a comparison may be decided: at the end, and before it where the plan declares that.
func (p Plan) Looks() int {
	if p.FirstLook > 0 {
		return 2
	}
	return 1
}

// First is the plan of the first blocks alone: what a run that ended after them was.
func (p Plan) First(block int) Plan {
	p.Slots = slices.DeleteFunc(slices.Clone(p.Slots), func(s Slot) bool { return s.Block > block })
	p.Blocks = min(p.Blocks, block)
	return p
}
