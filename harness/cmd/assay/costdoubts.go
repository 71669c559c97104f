package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/assay-bench/assay/harness/cost"
	"github.com/assay-bench/assay/harness/plan"
	"github.com/assay-bench/assay/harness/scenario"
)

// printDoubts says what the sums rest on that was not measured.
func (e estimate) printDoubts(w io.Writer, rows []billRow) {
	most := 0
	for _, c := range e.plan.Cells {
		if c.Scenario == e.flags.ladder {
			most = max(most, c.Connections)
		}
	}
	for _, r := range rows {
		if each := (e.flags.connections + r.Center.Count - 1) / r.Center.Count; each > most {
			fmt.Fprintf(w, "\nextrapolated: up to %s connections a machine, and the ladder of this run ends at %s\n", grouped(float64(each), 0), grouped(float64(most), 0))
			break
		}
	}
	if cell, ok := e.plan.Cell(e.flags.cell); ok {
		e.printPaceDoubts(w, cell, rows)
	}
	if len(e.without) > 0 {
		fmt.Fprintf(w, "\nnot in the table: %s, which had no trial on the ladder of %s\n", strings.Join(e.without, ", "), e.flags.ladder)
	}
	for _, r := range rows {
		if r.Center.Machine.Stale(e.years(), e.now) {
			fmt.Fprintf(w, "\nstale: a price is more than %s old; name a list of yours with --prices\n", count(e.years(), "year"))
			break
		}
	}
}

// printPaceDoubts says how the load under which CPU time was measured differs from that of the bill: a busier server wakes less often, and
// needs less CPU time for a request.
func (e estimate) printPaceDoubts(w io.Writer, cell plan.Cell, rows []billRow) {
	other := ""
	if id := e.busiest(cell); id != "" && cell.PoolSize == 0 { // one without a database is no other cell of the same load
		other = fmt.Sprintf(" (--cell names another cell, such as %s)", id)
	}
	switch {
	case cell.Mode == scenario.Saturate && cell.PoolSize == 0:
		fmt.Fprintf(w, "\nat the limit: CPU time a request was measured in %s, where requests come as fast as they are answered, and the sums use %s %% of a machine's; a server "+
			"that is less busy needs more of it for one, so that where CPU decides the bill is a lower one%s\n", cell.ID, grouped(100*e.model.Assumptions.Utilisation, -1), other)
	case cell.Mode.Closed(): // also where a server waits for its database
		fmt.Fprintf(w, "\nof no fixed rate: in %s a request comes when the one before it on its connection is answered; CPU time a request depends on how busy a server is, and a machine "+
			"of the bill may be more or less so%s\n", cell.ID, other)
	}
	for _, r := range rows {
		if each := e.flags.rate / float64(r.Center.Count); cost.Extrapolates(each, cell.RequestsPerSecond) {
			fmt.Fprintf(w, "\nextrapolated: up to %s requests/s a machine, and CPU time a request was measured at %s; a busier server needs less of it for one, so that the bill is an upper one%s\n",
				grouped(each, 0), grouped(cell.RequestsPerSecond, 0), other)
			break
		}
	}
	if cell.PoolSize > 0 {
		fmt.Fprintf(w, "\nbeside a database: its own machines are not in the sums, and a server's connections to it not in the memory, which was measured in %s without one\n", e.flags.ladder)
	}
}

// busiest is the cell of mode rate with the highest rate above that of the cell in use, "" where there is none.
func (e estimate) busiest(than plan.Cell) string {
	best := than
	for _, c := range e.plan.Cells {
		if c.CrossCheck == "" && c.Mode == scenario.Rate && c.RequestsPerSecond > best.RequestsPerSecond {
			best = c
		}
	}
	if best.ID == than.ID {
		return ""
	}
	return best.ID
}

// loaded names the cells of a plan in whose trials CPU time a request is measured.
func loaded(p plan.Plan) string {
	var ids []string
	for _, c := range p.Cells {
		if !c.Mode.Lifecycle() && c.CrossCheck == "" {
			ids = append(ids, c.ID)
		}
	}
	return strings.Join(ids, ", ")
}
