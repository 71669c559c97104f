package verdict

// screenEvery: of the blocks, in their order, every third beginning with the first screens the candidate cells of "up to
// p %", and the others confirm (docs/decisions/0012-up-to-screens-on-every-third-block.md). The parts alternate, so that
// a host that drifts does so in both, and the larger one confirms, since that is where an interval is needed.
const screenEvery = 3

// split parts the planned blocks. With one candidate there is nothing to choose, and all blocks confirm.
func split(blocks []int, candidates int) (screen, confirm []int) {
	if candidates < 2 {
		return nil, blocks
	}
	for i, block := range blocks {
		if i%screenEvery == 0 {
			screen = append(screen, block)
		} else {
			confirm = append(confirm, block)
		}
	}
	return screen, confirm
}

// blocksToConfirm is how many blocks a run needs so that at least so many of them confirm.
func blocksToConfirm(least, candidates int) int {
	n := least
	for {
		_, confirm := split(make([]int, n), candidates)
		if len(confirm) >= least {
			return n
		}
		n++
	}
}
