package verdict

import (
	"cmp"
	"math"
	"slices"

	"github.com/assay-bench/assay/harness/plan"
	"github.com/assay-bench/assay/harness/stats"
)

// minSlopeRungs is how many rungs a slope needs: through two points every line fits.
const minSlopeRungs = 3

// A ladder is the cells of one scenario by rising numbers of connections.
type ladder struct {
	scenario string
	rungs    []rung
}

// A rung is one number of connections. Several cells share it where they differ in rate.
type rung struct {
	connections int
	cells       []plan.Cell
	hostLimit   bool
}

// laddersOf groups the plan's cells by scenario.
func laddersOf(cells []plan.Cell) map[string]ladder {
	ladders := map[string]ladder{}
	for _, c := range cells {
		if c.CrossCheck != "" {
			continue // the same rung a second time
		}
		l := ladders[c.Scenario]
		l.scenario = c.Scenario
		at, found := slices.BinarySearchFunc(l.rungs, c.Connections, func(r rung, n int) int { return cmp.Compare(r.connections, n) })
		if !found {
			l.rungs = slices.Insert(l.rungs, at, rung{connections: c.Connections})
		}
		l.rungs[at].cells = append(l.rungs[at].cells, c)
		l.rungs[at].hostLimit = l.rungs[at].hostLimit || c.HostLimit
		ladders[c.Scenario] = l
	}
	return ladders
}

func (l ladder) top() rung { return l.rungs[len(l.rungs)-1] }

// An arm is one side of a comparison.
type arm struct {
	target  string
	replica int
}

// A point is one arm's number in one block.
type point struct {
	shown float64 // what was recorded: 0 when no rung was sustained
	calc  float64 // what enters a ratio: then the lowest rung, of which the truth is an upper bound
	least float64 // the smallest number that the truth can be: 0 when no rung was sustained
	most  float64 // the largest: infinite at the top of a ladder
	trial string
	bound Bound
}

// sustained walks the ladder of one block upwards and returns the highest rung that the
// arm sustained with every lower rung. ok is false when a trial that decides is missing.
func (l ladder) sustained(s selection, block int, a arm) (pt point, ok bool) {
	pt = point{calc: float64(l.rungs[0].connections), most: float64(l.rungs[0].connections - 1), bound: AtMost}
	for i, r := range l.rungs {
		held, id, known := r.held(s, block, a)
		if !known {
			return point{}, false
		}
		if !held {
			return pt, true
		}
		n := float64(r.connections)
		pt = point{shown: n, calc: n, least: n, most: math.Inf(1), trial: id, bound: AtLeast}
		if i < len(l.rungs)-1 {
			pt.most, pt.bound = float64(l.rungs[i+1].connections-1), Exact
		}
	}
	return pt, true
}

// held reports whether every cell of the rung was sustained; known is false when none
// failed but a trial is missing.
func (r rung) held(s selection, block int, a arm) (held bool, id string, known bool) {
	known = true
	for _, c := range r.cells {
		rec, ok := s.record(place{block, c.ID, a.target, a.replica})
		switch {
		case !ok, s.sustains(c, rec) == whyNoP99:
			known = false
		case s.sustains(c, rec) != whySustains:
			return false, rec.ID, true
		default:
			id = rec.ID
		}
	}
	return known, id, known
}

// slopes returns both arms' bytes a connection in one block: the least-squares slope of
// resident memory on connections, over the rungs at which both arms held their
// connections and have a number, so that both lines rest on the same rungs.
func (l ladder) slopes(s selection, block int, a, b arm) (pa, pb point, ok bool) {
	lines, ok := l.lines(s, block, a, b)
	if !ok {
		return point{}, point{}, false
	}
	return exactPoint(lines[0].Slope, ""), exactPoint(lines[1].Slope, ""), true
}

// lines are the least-squares lines of resident memory on connections, one an arm, over the rungs at which all arms held
// their connections and have a number. ok is false with fewer than three such rungs, and with numbers too large for a line.
func (l ladder) lines(s selection, block int, arms ...arm) (lines []stats.Line, ok bool) {
	var x []float64
	y := make([][]float64, len(arms))
	rungs := map[int]bool{}
	for _, r := range l.rungs {
		for _, c := range r.cells {
			values, all := make([]float64, len(arms)), true
			for i, a := range arms {
				v, has := heldMemory(s, place{block, c.ID, a.target, a.replica})
				values[i], all = v, all && has
			}
			if !all {
				continue
			}
			x, rungs[r.connections] = append(x, float64(r.connections)), true
			for i, v := range values {
				y[i] = append(y[i], v)
			}
		}
	}
	if len(rungs) < minSlopeRungs {
		return nil, false
	}
	for i := range arms {
		line, err := stats.FitLine(x, y[i])
		if err != nil {
			return nil, false
		}
		lines = append(lines, line)
	}
	return lines, true
}

// heldMemory is the resident memory of a trial whose connections were all open: with
// fewer, the number belongs to another rung.
func heldMemory(s selection, at place) (bytes float64, ok bool) {
	v, rec, ok := s.value(at, memoryBytes)
	return v, ok && rec.Connections.Held
}

func exactPoint(v float64, trial string) point {
	return point{shown: v, calc: v, least: v, most: v, trial: trial, bound: Exact}
}
