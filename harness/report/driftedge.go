package report

import (
	"fmt"
	"math"
	"slices"

	"github.com/assay-bench/assay/harness/report/chart"
)

// An edge is where the axis of the drift plot ends, so that a few outliers do not squeeze
// all other points into a line. They stand at the edge with their value.
type edge struct {
	min, max float64 // of the axis
	lo, hi   float64 // of the points within
	outliers int
	labels   map[int]string // of the outliers, by slot
}

// driftEdge calls outliers the points that are more than twice as far from 1, as ratios,
// as 19 in 20 points are.
func driftEdge(points []driftPoint) edge {
	var far []float64
	for _, p := range points {
		far = append(far, math.Abs(math.Log(p.relative)))
	}
	slices.Sort(far)
	limit := 2 * far[int(0.95*float64(len(far)-1))]
	e := edge{lo: 1, hi: 1}
	for _, p := range points {
		if math.Abs(math.Log(p.relative)) > limit {
			e.outliers++
			continue
		}
		e.lo, e.hi = math.Min(e.lo, p.relative), math.Max(e.hi, p.relative)
	}
	room := e.room()
	e.min, e.max = e.lo-2*room, e.hi+2*room
	e.labels = e.label(points)
	return e
}

// label gives the outliers their values. Neighbours at one edge, whose labels would cover each other, share one beside the last.
func (e edge) label(points []driftPoint) map[int]string {
	labels := map[int]string{}
	near := len(points) / 16 // trials that a value is wide
	for _, side := range []struct {
		arrow   string
		outside func(float64) bool
	}{{"\u2191", func(v float64) bool { return v > e.hi }}, {"\u2193", func(v float64) bool { return v < e.lo }}} {
		last, values := 0, 0 // the slot of the label before, and how many it has
		for _, p := range points {
			if !side.outside(p.relative) {
				continue
			}
			slot, text := p.record.Slot, side.arrow+" "+number(p.relative)
			if values > 0 && slot-last <= near*values {
				text = labels[last] + ", " + number(p.relative)
				delete(labels, last)
			} else {
				values = 0
			}
			labels[slot], last = text, slot
			values++
		}
	}
	return labels
}

// room is how far beyond the points within an outlier stands.
func (e edge) room() float64 { return 0.06 * (e.hi - e.lo) }

// clips reports whether there are outliers; without a spread there is nothing to squeeze.
func (e edge) clips() bool { return e.outliers > 0 && e.hi > e.lo }

// series puts the points, of which driftEdge knows, in their places.
func (e edge) series(points []driftPoint) chart.Series {
	var s chart.Series
	for _, p := range points {
		at, label := chart.Point{X: float64(p.record.Slot + 1), Y: p.relative}, ""
		switch {
		case !e.clips():
		case p.relative > e.hi:
			at.Y, label = e.hi+e.room(), e.labels[p.record.Slot]
		case p.relative < e.lo:
			at.Y, label = e.lo-e.room(), e.labels[p.record.Slot]
		}
		s.Points, s.Labels = append(s.Points, at), append(s.Labels, label)
	}
	return s
}

// note says in the caption what stands at the edge.
func (e edge) note() string {
	if !e.clips() {
		return ""
	}
	return fmt.Sprintf(" Beyond the axis, at its edge with its value beside an arrow: %s.", plural(e.outliers, "trial"))
}

// farthestFromMean is the largest share by which a point strays from 1.
func farthestFromMean(points []driftPoint) float64 {
	most := 0.0
	for _, p := range points {
		most = math.Max(most, math.Abs(p.relative-1))
	}
	return most
}
