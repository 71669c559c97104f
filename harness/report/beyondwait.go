package report

import (
	"fmt"
	"math"
	"math/bits"
	"strconv"
	"time"

	"github.com/assay-bench/assay/harness/plan"
	"github.com/assay-bench/assay/harness/report/chart"
)

// beyondWords go behind a latency that leaves the wait out, "" where there is none.
func (l ladder) beyondWords() string {
	if l.wait == 0 {
		return ""
	}
	return " beyond the " + duration(l.wait) + " wait"
}

// ofEach goes behind several latencies that have the wait in them, "" where there is none.
func ofEach(wait time.Duration) string {
	if wait == 0 {
		return ""
	}
	return "; " + duration(wait) + " of each are the wait that was asked for"
}

// waitWords go behind a latency that has the wait in it, "" where there is none.
func waitWords(wait time.Duration) string {
	if wait == 0 {
		return ""
	}
	return fmt.Sprintf(", %s of which are the wait that was asked for", duration(wait))
}

// beyondWait takes the wait off every latency. A logarithmic axis has no place for 0 and
// less: such points go to its lower edge, half of the least that is above 0. It returns
// how many trials these are.
func beyondWait(all []ladderSeries, wait time.Duration) (atEdge int) {
	if wait == 0 {
		return 0
	}
	least := math.Inf(1)
	shift := func(points []chart.Point) {
		for i := range points {
			points[i].Y -= wait.Seconds() * 1000
			if points[i].Y > 0 {
				least = math.Min(least, points[i].Y)
			}
		}
	}
	for _, s := range all {
		shift(s.points)
		shift(s.medians)
		shift(s.failed)
	}
	if math.IsInf(least, 1) {
		least = 2 // nothing is above 0: the edge is then at 1 ms
	}
	lift := func(points []chart.Point) (lifted int) {
		for i := range points {
			if points[i].Y <= 0 {
				points[i].Y = least / 2
				lifted++
			}
		}
		return lifted
	}
	for _, s := range all {
		atEdge += lift(s.points)
		lift(s.medians)
		lift(s.failed)
	}
	return atEdge
}

// stepAt writes how finely the histogram tells latencies apart: its three significant
// digits are 1,024 steps in each power of two of microseconds.
func stepAt(wait time.Duration) string {
	step := math.Exp2(float64(bits.Len64(uint64(wait.Microseconds())) - 1 - 10))
	return strconv.FormatFloat(max(step, 1)/1000, 'g', 1, 64) + " ms"
}

// in is the metric as it is written for a cell: a latency that has a wait of seconds in it
// differs only in the fourth digit, and the histogram is as fine.
func (m metric) in(c plan.Cell) metric {
	if waitOf(c) > 0 && m.Unit == "ms" {
		write := m.write
		m.write = func(v float64) string {
			if v < 1000 || math.IsNaN(v) || math.IsInf(v, 0) {
				return write(v)
			}
			return count(int64(math.Round(v))) + " ms"
		}
	}
	return m
}
