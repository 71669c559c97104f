package report

import (
	"fmt"
	"slices"
	"strings"

	"github.com/assay-bench/assay/harness/trial"
	"github.com/assay-bench/assay/harness/verdict"
)

// rejectedOf says which trials a comparison with rejected numbers has in it, by what rejected them: the warning of a record that lost
// some of its numbers, the checks of one that lost all.
func (d *data) rejectedOf(e verdict.Ratio) string {
	metric := e.Metric
	if metric == sustainedRung {
		metric = p99
	}
	var in []string
	for _, r := range d.Records {
		if d.within(r, e) {
			in = append(in, rejectedFor(r, metric)...)
		}
	}
	slices.Sort(in)
	if in = slices.Compact(in); len(in) == 0 { // of a bill, which is made of several cells
		return "that a check rejected"
	}
	return strings.Join(in, ", and those ")
}

// within reports whether a trial is one of those that a comparison is made of: named by a value, or, on a ladder, of a block that has one.
func (d *data) within(r trial.Record, e verdict.Ratio) bool {
	values := slices.Concat(e.XValues, e.YValues)
	if c, ok := d.cell(r.Cell); ok && verdict.OfLadder(c.Scenario) == e.Cell {
		return (r.Target == e.X || r.Target == e.Y) && r.Replica == 1 &&
			slices.ContainsFunc(values, func(v verdict.BlockValue) bool { return v.Block == r.Block })
	}
	return r.Cell == e.Cell && slices.ContainsFunc(values, func(v verdict.BlockValue) bool { return v.Trial == r.ID })
}

// rejectedFor words what rejected a metric of a trial; nil where it stands.
func rejectedFor(r trial.Record, metric string) []string {
	var out []string
	if !r.Usable() {
		for _, c := range r.Checks {
			if !c.OK {
				out = append(out, ofCheck(c.ID))
			}
		}
		return out
	}
	for _, w := range r.Warnings {
		if !slices.Contains(w.Metrics, metric) {
			continue
		}
		switch w.Code {
		case "latency-rejected":
			out = append(out, ofCheck("send-lateness"))
		case "throughput-rejected":
			out = append(out, ofCheck("agent-cpu"))
		}
	}
	return out
}

// ofCheck names the trials that a check rejected.
func ofCheck(id string) string {
	switch id {
	case "send-lateness":
		return "whose requests left late"
	case "agent-cpu":
		return "whose load agent was short of CPU"
	}
	return "that failed a check (" + checkLabel(id) + ")"
}

// rejected lists the trials whose numbers were not used, and those in which a server
// failed, which were.
func (d *data) rejected() Section {
	s := section("Rejected trials")
	out := Table{Columns: left("Trial", "Status", "Why")}
	failed := Table{Columns: left("Trial", "What happened")}
	for _, r := range d.others {
		out.Rows = append(out.Rows, cells(code(r.ID), plain(string(r.Status)), plain("Belongs to no slot of the plan.")))
	}
	late := Table{Columns: left("Trial", "Why")}
	for _, r := range d.Records {
		if r.Usable() && len(r.Rejected) > 0 {
			late.Rows = append(late.Rows, cells(code(r.ID), plain(whyRejected(r))))
		}
		switch {
		case !r.Usable():
			out.Rows = append(out.Rows, cells(code(r.ID), plain(string(r.Status)), plain(whyRejected(r))))
		case r.Status == trial.ServerFailed:
			failed.Rows = append(failed.Rows, cells(code(r.ID), plain(whyFailed(r))))
		}
	}
	if len(out.Rows) == 0 {
		s.Blocks = append(s.Blocks, paragraph(raw("No trial was rejected.")))
	} else {
		s.Blocks = append(s.Blocks,
			paragraph(raw("Their records are kept. No number of theirs is used above.")), table(out))
	}
	if len(late.Rows) > 0 {
		s.Sections = append(s.Sections, section("Trials of which some numbers were rejected",
			paragraph(raw("Each was tried again while attempts and budget allowed; of the last one all else counts: CPU time, memory, connections.")), table(late)))
	}
	if len(failed.Rows) > 0 {
		s.Sections = append(s.Sections, section("Trials in which a server failed",
			paragraph(raw("These are results and count.")), table(failed)))
	}
	return s
}

// whyRejected gives the recorded reason and every check that failed.
func whyRejected(r trial.Record) string {
	why := sentence(r.Failure)
	for _, c := range r.Checks {
		if c.OK {
			continue
		}
		g := checkGroup{unit: c.Unit}
		line := fmt.Sprintf("%s: %s, limit %s", checkLabel(c.ID), g.write(c.Value), g.chosen(c.Limit))
		if c.Detail != "" {
			line += " (" + oneLine(c.Detail) + ")"
		}
		why += " " + sentence(line)
	}
	return orMissing(oneLine(why))
}

func whyFailed(r trial.Record) string {
	why := sentence(r.Failure)
	if r.Counts.Failed > 0 {
		why += fmt.Sprintf(" %s of %s requests failed", count(r.Counts.Failed), count(r.Counts.Sent))
		sep := ": "
		for _, k := range sortedKeys(r.Errors) {
			why += sep + oneLine(k) + " " + count(r.Errors[k])
			sep = ", "
		}
		why += "."
	}
	if !r.Connections.Held && r.Connections.WhyNot != "" {
		why += " " + sentence(r.Connections.WhyNot)
	}
	return orMissing(oneLine(why))
}
