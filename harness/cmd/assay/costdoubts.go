package main

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/assay-bench/assay/harness/cost"
	"github.com/assay-bench/assay/harness/digits"
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
	held := eachOf(rows, func(r billRow) (float64, bool) {
		each := (e.flags.connections + r.Center.Count - 1) / r.Center.Count
		return float64(each), each > most
	})
	if held != "" {
		fmt.Fprintf(w, "\nextrapolated: up to this many connections a machine: %s; the ladder of this run ends at %s\n", held, grouped(float64(most), 0))
	}
	e.printArchDoubts(w, rows)
	if cell, ok := e.plan.Cell(e.flags.cell); ok {
		e.printPaceDoubts(w, cell, rows)
	}
	if len(e.without) > 0 {
		fmt.Fprintf(w, "\nnot in the table: %s, which had no trial on the ladder of %s\n", strings.Join(e.without, ", "), e.flags.ladder)
	}
	for _, r := range rows {
		if r.Center.Machine.Stale(e.years(), e.now) {
			fmt.Fprintf(w, "\nstale: a price is more than %s old; name a list of yours with --prices\n", digits.Plural(e.years(), "year"))
			break
		}
	}
}

// eachOf names every server that something is too much for, with the most of its rows: "go-server 16,949, rust-server 30,303".
func eachOf(rows []billRow, number func(billRow) (each float64, tooMuch bool)) string {
	most := map[string]float64{}
	for _, r := range rows {
		if each, tooMuch := number(r); tooMuch {
			most[r.target] = max(most[r.target], each)
		}
	}
	var parts []string
	for _, target := range slices.Sorted(maps.Keys(most)) {
		parts = append(parts, target+" "+grouped(most[target], 0))
	}
	return strings.Join(parts, ", ")
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
	asked := eachOf(rows, func(r billRow) (float64, bool) {
		each := e.flags.rate / float64(r.Center.Count)
		return each, cost.Extrapolates(each, cell.RequestsPerSecond)
	})
	if asked != "" {
		fmt.Fprintf(w, "\nextrapolated: up to this many requests/s a machine: %s; CPU time a request was measured at %s; a busier server needs less of it for one, so that the bill is an upper one%s\n",
			asked, grouped(cell.RequestsPerSecond, 0), other)
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
