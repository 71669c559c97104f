package plan

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"

	"github.com/assay-bench/assay/harness/target"
)

// MaxBlocks bounds a run far beyond what anybody waits for, and short of what a plan would need as memory. No plan has more.
const MaxBlocks = 1000

// slots draws the order: blocks one after another; in a block the cells in random order; in a cell the arms adjacent in
// time and in an order drawn by turns, so that slow drift of the host cancels in the paired differences and what comes
// first or last does in their mean. The doubled target is the same in all cells of a block that have the same targets, so
// that a ladder has its A/A twin, and alternates over the cell's blocks. A further stack is never doubled: no verdict rests on it.
func slots(p Plan) []Slot {
	rng := rand.New(rand.NewPCG(p.Seed, 0x61737361795f706c)) // a second word of its own keeps this stream apart from others
	first := rng.IntN(len(p.TargetsIn(Cell{})))
	orders := make([]turns, len(p.Cells))
	turn := make([]int, len(p.Cells)) // how many blocks a cell has had: one in every second block alternates over its own
	var out []Slot
	for b := 1; b <= p.Blocks; b++ {
		for _, i := range rng.Perm(len(p.Cells)) {
			c := p.Cells[i]
			if !p.inBlock(c, b) {
				continue
			}
			doubles := IDs(p.TargetsIn(c))
			turn[i]++
			doubled := doubles[(first+turn[i])%len(doubles)]
			for _, arm := range arms(rng, p, c, b, doubled, orders[i].next(rng, len(p.Contestants(c)))) {
				out = append(out, Slot{Index: len(out), Block: b, Cell: c.ID, Target: arm.target, Replica: arm.replica})
			}
		}
	}
	return out
}

// CheckSlots reports the first slot that is not the one which the plan's seed draws: then somebody else gave the trials their order
// and their servers.
func (p Plan) CheckSlots() error {
	if len(p.TargetsIn(Cell{})) == 0 {
		if len(p.Slots) > 0 {
			return errors.New("there are slots, and no targets")
		}
		return nil
	}
	planned := 0 // counted first: a plan that was changed may have more cells and blocks than fit into memory as slots
	for _, c := range p.Cells {
		if len(p.TargetsIn(c)) == 0 {
			return fmt.Errorf("cell %s names no target of the plan", c.ID)
		}
		planned += trials(c, p.Cells, p)
	}
	if len(p.Slots) != planned {
		return fmt.Errorf("there are %d slots, seed %d draws %d", len(p.Slots), p.Seed, planned)
	}
	drawn := slots(p)
	for i, s := range p.Slots {
		if s != drawn[i] {
			return fmt.Errorf("slot %d is %s of %s in block %d, which is not what seed %d draws", i, s.Target, s.Cell, s.Block, p.Seed)
		}
	}
	return nil
}

// turns are the orders of the contestants in the next blocks of one cell: the rows of a Latin square, drawn anew when they
// are used up. Over as many blocks as there are contestants, each stands once in each place.
type turns [][]int

func (t *turns) next(rng *rand.Rand, targets int) []int {
	if len(*t) == 0 {
		row := rng.Perm(targets)
		for _, shift := range rng.Perm(targets) {
			*t = append(*t, append(slices.Clone(row[shift:]), row[:shift]...))
		}
	}
	order := (*t)[0]
	*t = (*t)[1:]
	return order
}

type arm struct {
	target  string
	replica int
}

// arms are the trials of one cell in one block: every contestant once, in the order given. Where a comparison rests on the
// cell, one of them runs a second time; in some blocks the null server runs too. Both are put at places drawn at random,
// so that replica 1, which the comparisons take, is the later of the two as often as the earlier one.
func arms(rng *rand.Rand, p Plan, c Cell, block int, doubled string, order []int) []arm {
	contestants := p.Contestants(c)
	var all []arm
	for _, i := range order {
		all = append(all, arm{contestants[i].ID, 1})
	}
	if c.Paired {
		all = slices.Insert(all, rng.IntN(len(all)+1), arm{doubled, 2})
	}
	if nullIn(c, p.Cells, block, p.Blocks) {
		all = slices.Insert(all, rng.IntN(len(all)+1), arm{target.NullID, 1})
	}
	return all
}

// trials is how many slots a cell of these has in all blocks.
func trials(c Cell, cells []Cell, p Plan) int {
	n := 0
	for b := 1; b <= p.Blocks; b++ {
		if !p.inBlock(c, b) {
			continue
		}
		n += len(p.Contestants(c))
		if c.Paired {
			n++
		}
		if nullIn(c, cells, b, p.Blocks) {
			n++
		}
	}
	return n
}

// inBlock tells whether a cell has trials in the block, counted from 1.
func (p Plan) inBlock(c Cell, block int) bool {
	if c.Blocks == 0 || c.Blocks >= p.Blocks {
		return true
	}
	return block*c.Blocks/p.Blocks > (block-1)*c.Blocks/p.Blocks
}
