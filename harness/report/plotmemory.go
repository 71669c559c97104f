package report

import (
	"fmt"

	"github.com/assay-bench/assay/harness/report/chart"
	"github.com/assay-bench/assay/harness/verdict"
)

const mebibyte = 1 << 20

// memoryPlot draws resident memory against connections with its slope, which is what a
// connection costs; a quotient at one rung would count the server's own memory in.
func (d *data) memoryPlot(l ladder) (keyedFigure, bool) {
	xy := chart.XY{
		Subtitle: "Resident memory of the server, by open connections. Points: trials. Lines: fitted slope.",
		X:        chart.Axis{Label: "open connections", FromZero: true, Ticks: l.connections(), Format: tick},
		Y:        chart.Axis{Label: "resident memory, MiB", FromZero: true, Format: tick},
	}
	var title []string
	for _, s := range d.along(l, memory, 1.0/mebibyte) {
		slope, ok := d.slope(l, s)
		if !ok {
			continue
		}
		x, y := centre(s.points)
		at := func(n float64) chart.Point { return chart.Point{X: n, Y: y + slope*(n-x)} }
		first, last := s.medians[0].X, s.medians[len(s.medians)-1].X
		perConnection := bytesIn(slope * mebibyte)
		xy.Series = append(xy.Series,
			chart.Series{Style: s.style, Line: true, Points: []chart.Point{at(first), at(last)}},
			d.legend(s.target, s.style, ": "+perConnection+" a connection"),
			chart.Series{Style: s.style, Marker: chart.Filled, Points: s.points})
		if len(title) == 0 {
			title = append(title, s.target+" "+perConnection+" of memory")
		} else {
			title = append(title, s.target+" "+perConnection)
		}
	}
	if len(title) == 0 {
		return keyedFigure{}, false
	}
	xy.Title = "A connection costs " + listed(title)
	return keyedFigure{
		Figure: Figure{ID: fileName("memory", l.scenario), Title: xy.Title,
			Caption: plain(fmt.Sprintf("Slope over the rungs %s.", listed(l.cellIDs()))), Chart: xy},
		kind:     memoryKind,
		scenario: l.scenario,
		cells:    l.cellIDs(),
	}, true
}

// slope is MiB a connection: the judgement's number where it has one of this ladder, so that plot and
// verdict agree, else a least-squares fit over the blocks. It needs two rungs.
func (d *data) slope(l ladder, s ladderSeries) (float64, bool) {
	if len(s.medians) < 2 {
		return 0, false
	}
	for _, c := range d.Judgement.Claims {
		for _, r := range c.Readings {
			switch {
			case r.Ratio == nil || r.Ratio.Metric != memorySlope || r.Ratio.Cell != verdict.OfLadder(l.scenario):
			case r.Ratio.X == s.target && r.Ratio.XMean > 0:
				return r.Ratio.XMean / mebibyte, true
			case r.Ratio.Y == s.target && r.Ratio.YMean > 0:
				return r.Ratio.YMean / mebibyte, true
			}
		}
	}
	x, y := centre(s.points)
	var xx, xy float64
	for _, p := range s.points {
		xx += (p.X - x) * (p.X - x)
		xy += (p.X - x) * (p.Y - y)
	}
	return xy / xx, xx > 0
}

func centre(points []chart.Point) (x, y float64) {
	for _, p := range points {
		x += p.X / float64(len(points))
		y += p.Y / float64(len(points))
	}
	return x, y
}
