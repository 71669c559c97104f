package plan

import (
	"math/rand/v2"

	"github.com/assay-bench/assay/harness/target"
)

// slots draws the order: blocks one after another; in a block the cells in random order; in a cell the arms adjacent in
// time and in random order, so that slow drift of the host cancels in the paired differences. The doubled target is the
// same in all cells of a block, so that a ladder has its A/A twin, and alternates over the blocks.
func slots(p Plan) []Slot {
	rng := rand.New(rand.NewPCG(p.Seed, 0x61737361795f706c)) // a second word of its own keeps this stream apart from others
	first := rng.IntN(len(p.Targets))
	var out []Slot
	for b := 1; b <= p.Blocks; b++ {
		doubled := p.Targets[(first+b)%len(p.Targets)].ID
		for _, i := range rng.Perm(len(p.Cells)) {
			c := p.Cells[i]
			for _, arm := range arms(rng, p, c, b, doubled) {
				out = append(out, Slot{Index: len(out), Block: b, Cell: c.ID, Target: arm.target, Replica: arm.replica})
			}
		}
	}
	return out
}

type arm struct {
	target  string
	replica int
}

// arms shuffles the trials of one cell in one block: every target once; where a comparison rests on the cell, one of them
// a second time; in some blocks the null server. Which run of the doubled target counts as the replica is part of the
// draw, so that "second" does not mean "later".
func arms(rng *rand.Rand, p Plan, c Cell, block int, doubled string) []arm {
	var all []arm
	for _, t := range p.Targets {
		all = append(all, arm{t.ID, 1})
	}
	if c.Paired {
		all = append(all, arm{doubled, 2})
	}
	if nullIn(c, p.Cells, block, p.Blocks) {
		all = append(all, arm{target.NullID, 1})
	}
	rng.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	return all
}

// trials is how many slots a cell of these has in all blocks.
func trials(c Cell, cells []Cell, p Plan) int {
	n := len(p.Targets) * p.Blocks
	if c.Paired {
		n += p.Blocks
	}
	for b := 1; b <= p.Blocks; b++ {
		if nullIn(c, cells, b, p.Blocks) {
			n++
		}
	}
	return n
}
