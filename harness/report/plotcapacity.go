package report

import (
	"fmt"
	"strings"

	"github.com/assay-bench/assay/harness/plan"
	"github.com/assay-bench/assay/harness/report/chart"
	"github.com/assay-bench/assay/harness/trial"
)

// capacityPlot draws p99 against connections, with the objective. Of requests that the server was asked to let wait it
// draws what they took beyond that.
func (d *data) capacityPlot(l ladder) (keyedFigure, bool) {
	all := d.along(l, p99, 1)
	xy := chart.XY{
		Title:    d.capacityTitle(l),
		Subtitle: "p99 latency from the intended send, by open connections. Points: trials, the A/A arm included. Lines: their median.",
		X:        l.axis("open connections (log scale)"),
		Y:        chart.Axis{Label: "p99 latency, ms (log scale)", Scale: chart.Log, Format: tick},
	}
	if l.inFlight {
		xy.Subtitle = fmt.Sprintf("p99 latency beyond the %s that each answer was asked to wait, in steps of about %s. Points: trials. Lines: their median.",
			duration(l.wait), stepAt(l.wait))
		xy.X.Label, xy.Y.Label = "requests in flight, one a connection (log scale)", "p99 latency beyond the wait, ms (log scale)"
	}
	atEdge := beyondWait(all, l.wait)
	if atEdge > 0 {
		xy.Subtitle += " At the lower edge: none measured beyond the wait."
	}
	var failed, lacking int
	for _, s := range all {
		lacking += s.lacking
		failed += len(s.failed)
		if len(s.points) == 0 {
			continue
		}
		shift := sideways(s.style, len(all))
		xy.Series = append(xy.Series,
			d.legend(s.target, s.style, ""),
			chart.Series{Style: s.style, Line: true, Points: s.medians},
			chart.Series{Style: s.style, Marker: chart.Filled, Points: moved(s.points, shift)})
		if len(s.failed) > 0 {
			xy.Series = append(xy.Series, chart.Series{Marker: chart.Cross, Points: moved(s.failed, shift)})
		}
	}
	if len(xy.Series) == 0 {
		return keyedFigure{}, false
	}
	if failed > 0 {
		xy.Series = append(xy.Series, chart.Series{Name: "not sustained", Marker: chart.Cross})
	}
	if slo := l.slo() - l.waitMS(); slo > 0 {
		xy.Guides = []chart.Guide{{At: slo, Label: "objective: p99 of at most " + setting(slo) + " ms" + l.beyondWords()}}
	}
	caption := "Points of the targets stand a little apart at each rung, so that both can be seen."
	var drawn []trial.Record
	for _, c := range l.rungs {
		for _, id := range d.targetIDs() {
			drawn = append(drawn, d.allTrials(c.ID, id)...)
		}
	}
	caption += rejectedNote(drawn)
	if l.wait > 0 {
		caption += fmt.Sprintf(" The histogram holds whole latencies, the wait included: at %s its steps are about %s wide, so that smaller differences are none.",
			duration(l.wait), stepAt(l.wait))
	}
	if atEdge > 0 {
		caption += fmt.Sprintf(" Drawn at the lower edge because no time was measured beyond the wait: %s.", plural(atEdge, "trial"))
	}
	if lacking > 0 {
		caption += fmt.Sprintf(" Not drawn, because no p99 was measured: %s.", plural(lacking, "trial"))
	}
	return keyedFigure{
		Figure:   Figure{ID: fileName("capacity", l.scenario), Title: xy.Title, Caption: plain(caption), Chart: xy},
		kind:     capacityKind,
		scenario: l.scenario,
		cells:    l.cellIDs(),
	}, true
}

// axis is that of the rungs. Around a single one it has room of its own: the data's range would be no more than how far the
// targets' points stand apart, and spread them from end to end.
func (l ladder) axis(label string) chart.Axis {
	a := chart.Axis{Label: label, Scale: chart.Log, Ticks: l.connections(), Format: tick}
	if len(a.Ticks) == 1 {
		a.Min, a.Max = a.Ticks[0]/2, a.Ticks[0]*2
	}
	return a
}

func (l ladder) waitMS() float64 { return l.wait.Seconds() * 1000 }

// slo is the objective of the ladder in ms, 0 where it has none.
func (l ladder) slo() float64 {
	for _, c := range l.rungs {
		if c.SLOP99 > 0 {
			return milliseconds(c)
		}
	}
	return 0
}

// capacityTitle says up to which rung each target kept the objective in every trial.
func (d *data) capacityTitle(l ladder) string {
	rung := map[string]int{}
	same := true
	ids := plan.IDs(d.Plan.TargetsIn(l.rungs[0])) // a variant may have no trial on this ladder
	for _, id := range ids {
		rung[id] = d.sustainedRung(l, id)
		same = same && rung[id] == rung[ids[0]]
	}
	objective := "the objective"
	if slo := l.slo() - l.waitMS(); slo > 0 {
		objective = "the " + setting(slo) + " ms objective"
		if l.wait > 0 {
			objective = "p99 within " + setting(slo) + " ms" + l.beyondWords()
		}
	}
	switch {
	case d.blocks() < d.Plan.Limits.MinBlocks:
		return fmt.Sprintf("p99 latency over the ladder: %s complete, too few to say what is sustained", plural(d.blocks(), "block"))
	case same && rung[ids[0]] == 0:
		return "No rung of the ladder was sustained in every trial"
	case same && len(ids) == 2:
		return fmt.Sprintf("Both servers keep %s up to %s %s", objective, count(rung[ids[0]]), l.what())
	case same && len(ids) > 2:
		return fmt.Sprintf("All servers keep %s up to %s %s", objective, count(rung[ids[0]]), l.what())
	}
	var parts []string
	for i, id := range ids {
		switch {
		case rung[id] == 0:
			parts = append(parts, id+" at no rung")
		case i == 0:
			parts = append(parts, fmt.Sprintf("%s keeps %s up to %s %s", id, objective, count(rung[id]), l.what()))
		default:
			parts = append(parts, fmt.Sprintf("%s up to %s", id, count(rung[id])))
		}
	}
	if rung[ids[0]] == 0 {
		parts[0] = ids[0] + " keeps " + objective + " at no rung"
	}
	return strings.Join(parts, ", ")
}

// sustainedRung is the highest rung up to which every usable trial of the target, the A/A
// arm included, was sustained in enough blocks; 0 when there is none.
func (d *data) sustainedRung(l ladder, target string) int {
	most := 0
	for _, c := range l.rungs {
		blocks := map[int]bool{}
		for _, r := range d.allTrials(c.ID, target) {
			if !d.sustained(r) {
				return most
			}
			blocks[r.Block] = true
		}
		if len(blocks) < d.Plan.Limits.MinBlocks {
			return most
		}
		most = c.Connections
	}
	return most
}

// sideways is the factor by which a target's points move on a logarithmic axis.
func sideways(style, of int) float64 {
	return 1 + 0.02*(float64(style)-float64(of-1)/2)
}

func moved(points []chart.Point, factor float64) []chart.Point {
	var out []chart.Point
	for _, p := range points {
		out = append(out, chart.Point{X: p.X * factor, Y: p.Y})
	}
	return out
}

// fileName makes a name for files from a word and an ID such as "rate/5000".
func fileName(word, id string) string {
	var b strings.Builder
	b.WriteString(word + "-")
	for _, r := range strings.ToLower(id) {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			b.WriteRune(r)
		} else {
			b.WriteByte('-')
		}
	}
	return strings.Trim(b.String(), "-")
}
