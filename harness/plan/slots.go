package plan

import (
	"math/rand/v2"
	"time"

	"github.com/assay-bench/assay/harness/target"
)

// ConnectPerSecond is how fast connections are opened. It stays below what a server with a
// listen backlog of 1,024 accepts: a full queue costs a SYN retransmission of a second.
const ConnectPerSecond = 8000

// slots draws the order: blocks one after another; in a block the cells in random order;
// in a cell every target once and one of them a second time, adjacent in time and in
// random order, so that slow drift of the host cancels in the paired differences. The
// doubled target is the same in all cells of a block, so that a ladder has its A/A twin,
// and alternates over the blocks.
func slots(cells []Cell, targets []target.Target, blocks int, seed uint64) []Slot {
	rng := rand.New(rand.NewPCG(seed, 0x61737361795f706c)) // a second word of its own keeps this stream apart from others
	first := rng.IntN(len(targets))
	var out []Slot
	for b := 1; b <= blocks; b++ {
		doubled := targets[(first+b)%len(targets)].ID
		for _, c := range rng.Perm(len(cells)) {
			for _, arm := range arms(rng, targets, doubled) {
				out = append(out, Slot{Index: len(out), Block: b, Cell: cells[c].ID, Target: arm.target, Replica: arm.replica})
			}
		}
	}
	return out
}

type arm struct {
	target  string
	replica int
}

// arms shuffles the trials of one cell. Which run of the doubled target counts as the
// replica is part of the draw, so that "second" does not mean "later".
func arms(rng *rand.Rand, targets []target.Target, doubled string) []arm {
	all := []arm{{doubled, 2}}
	for _, t := range targets {
		all = append(all, arm{t.ID, 1})
	}
	rng.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	return all
}

// perConnection is what verifying and closing one connection adds to a trial.
const perConnection = 180 * time.Microsecond

// SlotTime is how long one trial should take, retries aside: starting a fresh instance,
// opening the connections, warm-up, window, drain, stopping. The constants are what the
// two runtimes took on a machine of 2 CPUs.
func SlotTime(c Cell, runtime string) time.Duration {
	overhead := 400 * time.Millisecond
	if runtime == "docker" {
		overhead = 600 * time.Millisecond
	}
	connect := time.Duration(float64(c.Connections) / ConnectPerSecond * float64(time.Second))
	return overhead + connect + time.Duration(c.Connections)*perConnection + c.WarmUp + c.Window
}

func expected(p Plan) time.Duration {
	var sum time.Duration
	for _, c := range p.Cells {
		sum += SlotTime(c, p.Runtime)
	}
	return sum * time.Duration(p.Blocks*(len(p.Targets)+1))
}
