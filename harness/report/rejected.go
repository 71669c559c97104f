package report

import (
	"fmt"

	"github.com/assay-bench/assay/harness/trial"
)

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
		s.Sections = append(s.Sections, section("Trials of which the latencies were rejected",
			paragraph(raw("Each was tried again while attempts and budget allowed; of the last one, CPU time, memory and connections count.")), table(late)))
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
