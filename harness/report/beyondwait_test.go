package report

import (
	"math"
	"strings"
	"testing"
	"time"

	"github.com/assay-bench/assay/harness/plan"
	"github.com/assay-bench/assay/harness/report/chart"
)

// Points at or under the wait go to the lower edge and are counted; none is lost.
func TestNothingBeyondTheWaitGoesToTheEdge(t *testing.T) {
	for _, c := range []struct {
		name   string
		p99    []float64
		want   []float64
		atEdge int
	}{
		{"all above", []float64{2002, 2004}, []float64{2, 4}, 0},
		{"one under, one at", []float64{1999, 2000, 2004}, []float64{2, 2, 4}, 2},
		{"all under", []float64{1999, 2000}, []float64{1, 1}, 2},
	} {
		var s ladderSeries
		for _, v := range c.p99 {
			s.points = append(s.points, chart.Point{X: 1000, Y: v})
			s.medians = append(s.medians, chart.Point{X: 1000, Y: v})
		}
		if got := beyondWait([]ladderSeries{s}, 2*time.Second); got != c.atEdge {
			t.Errorf("%s: %d at the edge; want %d", c.name, got, c.atEdge)
		}
		for i, want := range c.want {
			if math.Abs(s.points[i].Y-want) > 1e-9 || s.medians[i].Y != s.points[i].Y {
				t.Errorf("%s: point %d at %v, median at %v; want %v", c.name, i, s.points[i].Y, s.medians[i].Y, want)
			}
		}
	}
}

func TestStepAt(t *testing.T) {
	for wait, want := range map[time.Duration]string{2 * time.Second: "1 ms", 500 * time.Millisecond: "0.3 ms", 10 * time.Second: "8 ms", time.Microsecond: "0.001 ms"} {
		if got := stepAt(wait); got != want {
			t.Errorf("%v: %q; want %q", wait, got, want)
		}
	}
}

func TestLatencyWithAWaitHasItsFourthDigit(t *testing.T) {
	waits := plan.Cell{Mode: "in-flight", Spread: 2 * time.Second}
	for _, c := range []struct {
		metric string
		cell   plan.Cell
		v      float64
		want   string
	}{
		{p99, waits, 2006.6, "2,007 ms"}, {p99, waits, 2.943, "2.94 ms"}, {p99, plan.Cell{Mode: "hold"}, 2006.6, "2,010 ms"},
		{requestsPerSec, waits, 5004, "5,000 answers/s"}, {p99, waits, math.NaN(), missing},
	} {
		if got := metricOf(c.metric, "").in(c.cell).write(c.v); got != c.want {
			t.Errorf("%s of %v in mode %s: %q; want %q", c.metric, c.v, c.cell.Mode, got, c.want)
		}
	}
}

// Title, guide, sentence and table of a ladder of waiting requests say the same objective.
func TestTheWaitIsNamedEverywhere(t *testing.T) {
	s := newSynthetic()
	for i, c := range s.plan.Cells {
		if c.Scenario == "hold" {
			s.plan.Cells[i].Mode, s.plan.Cells[i].Spread, s.plan.Cells[i].SLOP99 = "in-flight", 2*time.Second, 2100*time.Millisecond
		}
	}
	for i, r := range s.records {
		if strings.HasPrefix(r.Cell, "hold/") && r.Usable() {
			s.records[i].Metrics[p99] = 2003
		}
	}
	doc := build(t, s.input())
	page := string(render(t, Markdown, doc))
	for _, want := range []string{
		"p99 within 100 ms beyond the 2 s wait up to 19,500 requests in flight", "at 2 s its steps are about 1 ms wide",
		"2,003 ms against 2,100 ms, 2,000 ms of which are the wait that was asked for", "Objective: p99 of at most 2.10 s, 2 s of which are the wait",
		"range 2,003 ms, without width",
	} {
		if !strings.Contains(page, want) {
			t.Errorf("the report doesn't say %q", want)
		}
	}
	if strings.Contains(page, "100 ms objective") {
		t.Error("the report names an objective of 100 ms without the wait")
	}
}
