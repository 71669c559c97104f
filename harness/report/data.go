package report

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/assay-bench/assay/harness/plan"
	"github.com/assay-bench/assay/harness/trial"
	"github.com/assay-bench/assay/harness/verdict"
)

// data is the input with the indexes that the sections ask of it.
type data struct {
	Input
	usable []trial.Record           // of each slot its last usable record, in slot order
	others []trial.Record           // records that belong to no slot of the plan
	judged map[string]verdict.Claim // by claim ID
	anchor map[string]string        // of plots that a section has shown: figure ID to section ID
}

func newData(in Input) *data {
	in.Plan = verdict.Ended(in.Plan, in.Records)
	d := &data{Input: in, judged: map[string]verdict.Claim{}, anchor: map[string]string{}}
	slots := map[int]plan.Slot{}
	for _, s := range in.Plan.Slots {
		slots[s.Index] = s
	}
	last := map[int]trial.Record{}
	for _, r := range in.Records {
		if s, ok := slots[r.Slot]; !ok || s != (plan.Slot{Index: r.Slot, Block: r.Block, Cell: r.Cell, Target: r.Target, Replica: r.Replica}) {
			d.others = append(d.others, r)
			continue
		}
		if old, seen := last[r.Slot]; r.Usable() && (!seen || r.Attempt >= old.Attempt) {
			last[r.Slot] = r
		}
	}
	for _, r := range last {
		d.usable = append(d.usable, r)
	}
	slices.SortFunc(d.usable, func(a, b trial.Record) int { return a.Slot - b.Slot })
	for _, c := range in.Judgement.Claims {
		d.judged[c.ID] = c
	}
	return d
}

// trials returns the usable records of a target in a cell, in block order. The A/A arm
// is left out: it would count one target's blocks twice.
func (d *data) trials(cell, target string) []trial.Record {
	return slices.DeleteFunc(d.allTrials(cell, target), func(r trial.Record) bool { return r.Replica > 1 })
}

// allTrials is trials with the A/A arm.
func (d *data) allTrials(cell, target string) []trial.Record {
	var out []trial.Record
	for _, r := range d.usable {
		if r.Cell == cell && r.Target == target {
			out = append(out, r)
		}
	}
	slices.SortStableFunc(out, func(a, b trial.Record) int {
		return cmp.Or(cmp.Compare(a.Block, b.Block), cmp.Compare(a.Replica, b.Replica))
	})
	return out
}

// values returns a metric of the records that have it.
func (d *data) values(records []trial.Record, id string) []float64 {
	var out []float64
	for _, r := range records {
		if v, ok := d.value(r, id); ok {
			out = append(out, v)
		}
	}
	return out
}

// value returns a metric of one record; false when it was not measured. A rejected latency
// counts here, where trials are described: it is at most what is printed, and rejectedNote
// says in how many trials it was rejected. Verdicts do not rest on it.
func (d *data) value(r trial.Record, id string) (float64, bool) {
	if id == requestsPerSec {
		c, ok := d.cell(r.Cell)
		if !ok || c.Window <= 0 || r.Counts.Scheduled == 0 {
			return 0, false
		}
		return float64(r.Counts.Done) / c.Window.Seconds(), true
	}
	v, ok := r.Metrics[id]
	if !ok {
		v, ok = r.Rejected[id]
	}
	return v, ok && !math.IsNaN(v) && !math.IsInf(v, 0)
}

// rejected counts the records whose metric was rejected.
func rejected(records []trial.Record, id string) int {
	n := 0
	for _, r := range records {
		if _, ok := r.Rejected[id]; ok {
			n++
		}
	}
	return n
}

// rejectedNote says how many of the records had their p99 rejected, by what, and what the printed one then means; "" when none had.
func rejectedNote(records []trial.Record) string {
	n := rejected(records, p99)
	if n == 0 {
		return ""
	}
	by := rejectedBy(records, p99)
	note := fmt.Sprintf(" The p99 of %s of %s, %s, is rejected for verdicts", count(n), plural(len(records), "trial"), strings.Join(by, ", or "))
	if upperBounds(by) {
		note += ", and an upper bound here"
	}
	return note + "."
}

// rejectedBy words what rejected a metric of the records, each once.
func rejectedBy(records []trial.Record, metric string) []string {
	var by []string
	for _, r := range records {
		by = append(by, rejectedFor(r, metric)...)
	}
	slices.Sort(by)
	return slices.Compact(by)
}

// upperBounds tells of numbers rejected by these whether they are no more than upper bounds: those of late requests are, those of a load
// agent that was short of CPU need not be.
func upperBounds(by []string) bool { return slices.Equal(by, []string{ofCheck("send-lateness")}) }

func (d *data) cell(id string) (plan.Cell, bool) {
	i := slices.IndexFunc(d.Plan.Cells, func(c plan.Cell) bool { return c.ID == id })
	if i < 0 {
		return plan.Cell{}, false
	}
	return d.Plan.Cells[i], true
}

// targetIDs are in the plan's order; a target's place is its colour in the plots.
func (d *data) targetIDs() []string {
	return plan.IDs(d.Plan.Targets)
}

// named writes a target with its stack: "rust-server (axum 0.8 / hyper 1 / tokio 1)".
func (d *data) named(target string) string {
	for _, t := range d.Plan.AllTargets() {
		if t.ID == target && t.Stack != "" {
			return oneLine(target + " (" + t.Stack + ")")
		}
	}
	return target
}

// sustained reports whether a trial held its connections, had every request answered and
// kept the cell's objective: the same conditions as package verdict's.
func (d *data) sustained(r trial.Record) bool { return d.missed(r) == "" }

// missed says what a trial lacked of that, "" for nothing.
func (d *data) missed(r trial.Record) string {
	c, ok := d.cell(r.Cell)
	latency, measured := d.value(r, p99)
	switch {
	case !ok:
		return "the plan has no such cell"
	case r.Status == trial.ServerFailed && r.Failure != "":
		return "the server failed: " + r.Failure
	case r.Status != trial.OK:
		return "the trial is " + string(r.Status)
	case !r.Connections.Held || r.Connections.Asked != c.Connections:
		return "the connections were not held"
	case r.Counts.Failed != 0 || r.Counts.Pending != 0:
		return plural(int(r.Counts.Failed), "request") + " failed, " + count(int(r.Counts.Pending)) + " had no answer"
	case !measured:
		return "its p99 is not known"
	case latency > milliseconds(c) && rejected([]trial.Record{r}, p99) > 0:
		return fmt.Sprintf("requests left late, and its p99 is not known but to be at most %s ms, beyond the %s ms of the objective", number(latency), setting(milliseconds(c)))
	case latency > milliseconds(c):
		return fmt.Sprintf("its p99 of %s ms is beyond the %s ms of the objective", number(latency), setting(milliseconds(c)))
	}
	return ""
}

// endOfLadder says what ended the ladder of a cell for a target above its highest sustained rung: the first trial on the next rung
// that was not sustained. "" where there is no rung above, or none of its trials fell short.
func (d *data) endOfLadder(cell, target string, most int) string {
	at, _ := d.cell(cell)
	for _, l := range d.ladders() {
		if l.scenario != at.Scenario {
			continue
		}
		for _, c := range l.rungs {
			if c.Connections <= most {
				continue
			}
			for _, r := range d.allTrials(c.ID, target) {
				if why := d.missed(r); why != "" {
					return fmt.Sprintf("at %s, in block %s, %s", count(c.Connections), count(r.Block), why)
				}
			}
			return ""
		}
	}
	return ""
}

// milliseconds is the objective of a cell in the unit of p99_ms.
func milliseconds(c plan.Cell) float64 { return float64(c.SLOP99.Nanoseconds()) / 1e6 }

// median of the values; false when there are none.
func median(values []float64) (float64, bool) {
	if len(values) == 0 {
		return 0, false
	}
	v := slices.Sorted(slices.Values(values))
	half := len(v) / 2
	if len(v)%2 == 1 {
		return v[half], true
	}
	return (v[half-1] + v[half]) / 2, true
}

// geometricMean of positive values; false when there are none or one is not positive.
func geometricMean(values []float64) (float64, bool) {
	sum := 0.0
	for _, v := range values {
		if v <= 0 {
			return 0, false
		}
		sum += math.Log(v)
	}
	if len(values) == 0 {
		return 0, false
	}
	return math.Exp(sum / float64(len(values))), true
}
