package report

import (
	"slices"
	"strings"

	"github.com/assay-bench/assay/harness/plan"
	"github.com/assay-bench/assay/harness/trial"
)

// A knownCheck is a validity check that each trial should have, and why one may not be made. A check that was never made
// keeps its row: without it nobody would see that it is missing.
type knownCheck struct{ id, whyNot string }

// knownChecks are in the order of package measure.
func knownChecks() []knownCheck {
	return []knownCheck{
		{"conformance", "nothing was answered"},
		{"n-verifiable", "no window was reached"},
		{"agent-cpu", "the load agent's CPU time is not known"},
		{"send-lateness", "no trial had enough requests on a schedule"},
		{"requests-sent", "nothing was scheduled"},
		{"load-halts", "no trial in modes in-flight and saturate, or a plan of before there was a limit"},
		{"littles-law", "no engine counted the requests under way, or some failed in each trial"},
		{"in-flight", "no trial in this mode"},
		{"early-answers", "no trial in mode in-flight, or a plan of before there was a limit"},
		{"throttling", "a plain process has no cgroup of its own, or the host does not tell"},
		{"steal", "the host does not tell"},
		{"memory-pressure", "the kernel tells no pressure for such a target"},
		{"poll-gap", "no start was timed"},
		{"listen-overflows", "the kernel does not tell"},
		{"retransmits", "the kernel does not tell"},
	}
}

// uncheckedRows are the checks that no trial made.
func (d *data) uncheckedRows(made []*checkGroup) []TableRow {
	var out []TableRow
	for _, k := range knownChecks() {
		if d.due(k.id) && !slices.ContainsFunc(made, func(g *checkGroup) bool { return g.id == k.id }) {
			out = append(out, cells(plain(checkLabel(k.id)), plain(missing), plain("not checked: "+k.whyNot), plain(count(0)), plain(missing)))
		}
	}
	return out
}

// due reports whether the plan has a cell whose trials should have the check.
func (d *data) due(check string) bool {
	return slices.ContainsFunc(d.Plan.Cells, func(c plan.Cell) bool {
		switch check {
		case "poll-gap":
			return c.Mode == "start"
		case "steal":
			return true
		}
		return !c.Mode.Lifecycle()
	}) || len(d.Plan.Cells) == 0 && check != "poll-gap"
}

// countedRows are checks that leave no value of their own in a record.
func (d *data) countedRows() []TableRow {
	few := 0
	for _, r := range d.Records {
		if slices.ContainsFunc(r.Warnings, func(w trial.Warning) bool { return w.Code == "few-samples" }) {
			few++
		}
	}
	return append(d.memoryRow(), cells(plain("trials with a percentile that has too few samples, which is not printed"), plain("10/(1-q) samples"),
		plain(plural(few, "trial")), plain(count(len(d.Records))), plain(missing)))
}

// memoryRow counts the servers that had too little memory, of the trials whose record says whether theirs had.
func (d *data) memoryRow() []TableRow {
	known, short := 0, 0
	for _, r := range d.Records {
		if r.OutOfMemory != nil {
			known++
			short += boolToInt(*r.OutOfMemory)
		}
	}
	label, said := "servers killed for want of memory (each trial is a fresh one; none is started again)", plural(short, "trial")
	if d.Plan.Runtime == "process" {
		label, said = "servers that used more memory than they may (each trial is a fresh one; none is started again)",
			said+"; not checked: whether the kernel killed one for want of memory, which it does not tell of a plain process"
	}
	if known == 0 {
		said = "not checked: no record tells, as in runs of earlier versions"
	}
	return []TableRow{cells(plain(label), plain("a result"), plain(said), plain(count(known)), plain(missing))}
}

// conformanceRow says how many checks each server passed before it was timed.
func (d *data) conformanceRow() []TableRow {
	if len(d.Env.Conformance) == 0 {
		return nil
	}
	var said []string
	for _, t := range d.Plan.AllTargets() {
		if s, ok := d.Env.Conformance[t.ID]; ok {
			said = append(said, t.ID+": "+s)
		}
	}
	return []TableRow{cells(plain("conformance before the first trial"), plain("every check"), plain(strings.Join(said, "; ")),
		plain(plural(len(said), "server")), plain(count(0)))}
}
