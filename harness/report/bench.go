package report

import (
	"cmp"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"

	"golang.org/x/perf/benchfmt"

	"github.com/assay-bench/assay/harness/plan"
	"github.com/assay-bench/assay/harness/trial"
)

// Bench writes bench.txt: the usable trials of a run in Go's benchmark format
// (https://golang.org/design/14313-benchmark-format), one line a trial, for benchstat and
// whatever else reads it:
//
//	benchstat -col /target bench.txt
//
// A line's iterations are the requests done. A number that was not measured, or that a check
// rejected, is left out of the line; the others stand. The A/A arm counts as what it is, one
// more fresh instance, so that a target may have more lines than there are blocks. What the
// format cannot say is that trials of one block belong together: the report compares them in
// pairs, benchstat does not.
func Bench(w io.Writer, in Input) error {
	d := newData(in)
	out := benchfmt.NewWriter(w)
	var err error
	for _, c := range d.benchComments() {
		_, comment := fmt.Fprintf(w, "# %s\n", c)
		err = cmp.Or(err, comment)
	}
	units := d.benchUnits()
	for _, u := range units {
		err = cmp.Or(err, out.Write(u.metadata()))
	}
	if len(units) > 0 {
		_, blank := fmt.Fprintln(w)
		err = cmp.Or(err, blank)
	}
	for _, r := range d.benchOrder() {
		if line := d.benchLine(r, units); len(line.Values) > 0 { // the format has no line without a value
			err = cmp.Or(err, out.Write(line))
		}
	}
	if err != nil {
		return fmt.Errorf("write bench.txt: %w", err)
	}
	return nil
}

// benchOrder is the usable trials by cell and target in the order of the plan, the null
// server after the targets, then by block: a table's columns come out in that order.
func (d *data) benchOrder() []trial.Record {
	cell, server := map[string]int{}, map[string]int{}
	for i, c := range d.Plan.Cells {
		cell[c.ID] = i
	}
	all := plan.IDs(d.Plan.AllTargets())
	for i, id := range all {
		server[id] = i - len(all) // below that of the null server, which is none of them
	}
	out := slices.Clone(d.usable)
	slices.SortStableFunc(out, func(a, b trial.Record) int {
		return cmp.Or(cmp.Compare(cell[a.Cell], cell[b.Cell]), cmp.Compare(server[a.Target], server[b.Target]),
			cmp.Compare(a.Block, b.Block), cmp.Compare(a.Replica, b.Replica))
	})
	return out
}

func (d *data) benchLine(r trial.Record, units []benchUnit) *benchfmt.Result {
	line := &benchfmt.Result{Config: d.benchConfig(r), Name: benchfmt.Name(d.benchName(r)), Iters: d.benchIterations(r)}
	for _, u := range units {
		if v, ok := u.value(d, r); ok {
			line.Values = append(line.Values, benchfmt.Value{Value: significant(v * u.scale), Unit: u.unit})
		}
	}
	return line
}

// benchIterations are the requests done; of a trial without load the starts, or the one build.
func (d *data) benchIterations(r trial.Record) int {
	if c, _ := d.cell(r.Cell); c.Mode.Lifecycle() {
		return max(1, c.Starts)
	}
	return int(r.Counts.Done)
}

// significant rounds to ten digits: what a change of unit leaves in the last bits is no
// measurement.
func significant(v float64) float64 {
	r, err := strconv.ParseFloat(strconv.FormatFloat(v, 'g', 10, 64), 64)
	if err != nil || math.IsInf(r, 0) {
		return v
	}
	return r
}
