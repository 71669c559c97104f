package report

import (
	"strings"
	"testing"

	"github.com/assay-bench/assay/harness/trial"
)

func driftOf(values ...float64) (out []driftPoint) {
	for i, v := range values {
		out = append(out, driftPoint{trial.Record{Slot: i}, v})
	}
	return out
}

// spreadOut are n points from 0.95 to 1.05.
func spreadOut(n int) (out []float64) {
	for i := range n {
		out = append(out, 0.95+0.1*float64(i)/float64(n-1))
	}
	return out
}

// One outlier stands at the edge with its value, and the axis is that of the others.
func TestAnOutlierStandsAtTheEdge(t *testing.T) {
	for _, c := range []struct {
		name    string
		outlier float64
		label   string
	}{{"above", 1.63, "\u2191 1.63"}, {"below", 0.5, "\u2193 0.500"}} {
		points := driftOf(append(spreadOut(40), c.outlier)...)
		e := driftEdge(points)
		if e.outliers != 1 || e.lo != 0.95 || e.hi != 1.05 || e.min < 0.9 || e.max > 1.1 {
			t.Errorf("%s: %+v; want one outlier and the axis of the others", c.name, e)
		}
		s := e.series(points)
		last := len(s.Points) - 1
		if s.Labels[last] != c.label || s.Points[last].Y <= e.min || s.Points[last].Y >= e.max {
			t.Errorf("%s: drawn at %v with %q; want it inside the axis with %q", c.name, s.Points[last], s.Labels[last], c.label)
		}
		if s.Labels[0] != "" || s.Points[0].Y != 0.95 {
			t.Errorf("%s: an ordinary point at %v with %q", c.name, s.Points[0], s.Labels[0])
		}
	}
}

// Labels of neighbours would cover each other, and the first one's the others' marks: the last one has the values of all.
func TestOutliersSideBySideShareALabel(t *testing.T) {
	points := driftOf(append(append([]float64{0.4}, spreadOut(200)...), 1.63, 1.7, 0.5, 1.8)...)
	s := driftEdge(points).series(points)
	var labels []string
	last := 0
	for i, l := range s.Labels {
		if l != "" {
			labels = append(labels, l)
			last = i
		}
	}
	if got := strings.Join(labels, "; "); got != "\u2193 0.400; \u2193 0.500; \u2191 1.63, 1.70, 1.80" || last != len(points)-1 {
		t.Errorf("labels %s, the last at point %d of %d", got, last, len(points))
	}
}

func TestNoEdgeWithoutOutliers(t *testing.T) {
	for name, values := range map[string][]float64{
		"spread": spreadOut(40), "two": {0.5, 2}, "one": {1}, "all alike": {1, 1, 1}, "all alike but one": {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2},
	} {
		e := driftEdge(driftOf(values...))
		if e.clips() || e.note() != "" {
			t.Errorf("%s: %+v; want no edge", name, e)
		}
		if s := e.series(driftOf(values...)); s.Points[len(values)-1].Y != values[len(values)-1] {
			t.Errorf("%s: the last point is drawn at %v", name, s.Points[len(values)-1])
		}
	}
}
