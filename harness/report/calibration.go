package report

import (
	"slices"

	"github.com/assay-bench/assay/harness/plan"
)

// calibrations show what the rates of cells with a share of capacity were made from.
func (d *data) calibrations() []Section {
	if len(d.Plan.Calibrations) == 0 {
		return nil
	}
	s := section("Rates as shares of capacity", paragraph(rawf("Before the plan was fixed, each target was driven to its limit %s, in turns, over the "+
		"connections of the scenario; its capacity is the median. The cells have a share of the slowest target's, rounded to two digits. These drives "+
		"choose how hard the servers are loaded and decide no claim; their figures are in plan.json, their raw data is not kept.",
		plural(len(d.Plan.Calibrations[0].Capacities[0].PerSecond), "time"))))
	for _, c := range d.Plan.Calibrations {
		s.Blocks = append(s.Blocks, table(capacities(c)), table(d.sharedRates(c)), list(d.calibrationNotes(c)...))
	}
	return []Section{s}
}

func capacities(c plan.Calibration) Table {
	t := Table{Caption: "Scenario " + c.Scenario + ", requests/s as answered; warm-up " + duration(c.WarmUp) + ", window " + duration(c.Window),
		Columns: columns(true, "Target", "Capacity", "Least", "Most")}
	for _, of := range c.Capacities {
		bound := ""
		if of.LowerBound {
			bound = "at least "
		}
		name := code(of.Target)
		if of.Target == c.Slowest {
			name = join(name, raw(" (slowest)"))
		}
		t.Rows = append(t.Rows, cells(name, plain(bound+number(of.Median)), plain(number(slices.Min(of.PerSecond))), plain(number(slices.Max(of.PerSecond)))))
	}
	return t
}

func (d *data) sharedRates(c plan.Calibration) Table {
	t := Table{Columns: columns(true, "Cell", "Share", "Requests/s")}
	for _, cell := range d.Plan.Cells {
		if cell.Scenario != c.Scenario || cell.PercentOfCapacity == 0 {
			continue
		}
		rate := setting(cell.RequestsPerSecond)
		if slices.Contains(c.Capped, cell.ID) {
			rate += ", capped"
		}
		t.Rows = append(t.Rows, cells(code(cell.ID), plain(count(cell.PercentOfCapacity)+" %"), plain(rate)))
	}
	return t
}

// calibrationNotes say what the load side was fit for, and what disturbed a drive.
func (d *data) calibrationNotes(c plan.Calibration) []Text {
	var out []Text
	for _, p := range c.Proofs {
		verdict := "fit for it"
		if !p.Fit {
			verdict = "not fit for it: the rates were lowered"
		}
		out = append(out, rawf("Load side against the null server at %s requests/s on a schedule: %s of its CPUs, %s.",
			setting(p.PerSecond), percent(p.AgentCPU), verdict))
	}
	if len(c.Capped) > 0 {
		out = append(out, rawf("Capped at %s requests/s, which is what the load side is fit for on this host: %s. That is less than the share that the scenario asks for.",
			setting(c.Ceiling), listed(c.Capped)))
	}
	for _, doubt := range c.Doubts {
		out = append(out, join(rawf("Drive %s of %s was disturbed in every attempt; its rate counts all the same: ", count(doubt.Repeat), doubt.Target), plain(sentence(doubt.Why))))
	}
	return out
}
