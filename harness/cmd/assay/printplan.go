package main

import (
	"cmp"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"github.com/assay-bench/assay/harness/digits"
	"github.com/assay-bench/assay/harness/plan"
	"github.com/assay-bench/assay/harness/probe"
	"github.com/assay-bench/assay/harness/scenario"
)

// printPlan shows what will be done, how long it takes, and what it leaves out.
func printPlan(w io.Writer, p plan.Plan) {
	if p.Untried() {
		printUntried(w, p)
		return
	}
	fmt.Fprintf(w, "\n%s: %s profile, %s, %s, about %s (budget %s), seed %d\n",
		p.Ledger.Article.ID, p.Profile, digits.Plural(p.Blocks, "block"), digits.Plural(len(p.Slots), "trial"), digits.Duration(p.Expected), digits.Duration(p.Budget), p.Seed)
	engine := p.Engine
	if p.Agents > 1 {
		engine += fmt.Sprintf(" in %d agents", p.Agents)
	}
	fmt.Fprintf(w, "load engine %s; server on CPU %s, load on CPU %s, memory limit %d MiB, %d open files, at most %d connections (%s)\n",
		engine, probe.FormatCPUList(p.Placement.TargetCPUs), probe.FormatCPUList(p.Placement.LoadCPUs), p.Placement.MemoryBytes>>20,
		p.Placement.OpenFiles, p.HostLimit, p.HostLimitReason)
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "\n  cell\tconnections\trequests/s\twarm-up\twindow\ttrials")
	for _, c := range p.Cells {
		trials, null := p.Trials(c.ID)
		of := ""
		if null > 0 {
			of = fmt.Sprintf(", %d of the null server", null)
		}
		if c.Mode.Lifecycle() {
			fmt.Fprintf(t, "  %s\t-\t%s\t-\t-\t%d\n", c.ID, withoutLoad(c), trials)
			continue
		}
		fmt.Fprintf(t, "  %s\t%d\t%s\t%s\t%s\t%d%s\n", c.ID, c.Connections, pace(c), c.WarmUp, c.Window, trials, of)
	}
	t.Flush()
	fmt.Fprintf(w, "\nmeasures: %s\n", cmp.Or(strings.Join(p.Covered(), ", "), "no claim; the report has the cells' numbers"))
	if len(p.Studies) > 0 {
		fmt.Fprintf(w, "studies before the first trial: %s\n", strings.Join(p.Studies, ", "))
	}
	if p.Uncalibrated() {
		drives := p.Calibrating()
		fmt.Fprintf(w, "before the first trial: %s, so that shares of capacity become rates\n", digits.Plural(len(drives.Slots), "saturating drive"))
	}
	printLeftOut(w, p)
	printPower(w, p)
	if p.FirstLook > 0 {
		fmt.Fprintf(w, "the run ends after block %d if every comparison is decided by then; each look has half of what the family may err\n", p.FirstLook)
	}
	if p.Blocks < p.Limits.MinBlocks {
		fmt.Fprintf(w, "warning: a run of %s gives no verdict; it takes at least %d\n", digits.Plural(p.Blocks, "block"), p.Limits.MinBlocks)
	}
	if len(p.Placement.TargetCPUs) == 1 && len(p.Placement.LoadCPUs) == 1 && p.Placement.TargetCPUs[0] == p.Placement.LoadCPUs[0] {
		fmt.Fprintln(w, "warning: server and load share one CPU; latencies say little, CPU time per request holds")
	}
	if p.Database != nil {
		printDatabase(w, p)
	}
	fmt.Fprintln(w)
}

// printUntried says of a plan without trials what decides in their place.
func printUntried(w io.Writer, p plan.Plan) {
	fmt.Fprintf(w, "\n%s: %s profile, no trials: no claim takes a server, and none is built\n", p.Ledger.Article.ID, p.Profile)
	if len(p.Studies) > 0 {
		fmt.Fprintf(w, "studies: %s, about %s\n", strings.Join(p.Studies, ", "), digits.Duration(p.Expected))
	}
	printLeftOut(w, p)
	fmt.Fprintln(w)
}

// withoutLoad is what takes the place of requests in a cell that has none.
func withoutLoad(c plan.Cell) string {
	if c.Mode == scenario.Build {
		what := "builds"
		if c.Development {
			what = "development builds"
		}
		if c.Blocks > 0 {
			return fmt.Sprintf("%s in %d blocks", what, c.Blocks)
		}
		return what
	}
	return fmt.Sprintf("%d starts", c.Starts)
}

// printDatabase says where the database runs.
func printDatabase(w io.Writer, p plan.Plan) {
	shared := ""
	if p.Placement.DatabaseShares() {
		shared = ", which it shares with the load agent: there are too few for one of its own"
	}
	fmt.Fprintf(w, "PostgreSQL beside the servers in the database cells, on CPU %s%s\n", probe.FormatCPUList(p.Placement.DatabaseCPUs), shared)
}

// pace is how many requests per second a cell sends.
func pace(c plan.Cell) string {
	if c.Mode.Closed() {
		return "as answered"
	}
	if c.PercentOfCapacity > 0 && c.RequestsPerSecond == 0 {
		return fmt.Sprintf("%d %% of capacity", c.PercentOfCapacity)
	}
	return fmt.Sprintf("%.0f", c.RequestsPerSecond)
}

// printLeftOut groups what the plan doesn't measure by the reason.
func printLeftOut(w io.Writer, p plan.Plan) {
	var order []string
	byWhy := map[string][]string{}
	for _, l := range p.LeftOut {
		if _, seen := byWhy[l.Why]; !seen {
			order = append(order, l.Why)
		}
		byWhy[l.Why] = append(byWhy[l.Why], l.Claim+"/"+l.Reading)
	}
	for _, why := range order {
		fmt.Fprintf(w, "left out: %s: %s\n", strings.Join(byWhy[why], ", "), why)
	}
	for _, c := range p.CellsLeftOut {
		if _, said := byWhy[c.Why]; !said {
			byWhy[c.Why] = nil // cells of one scenario have one reason
			fmt.Fprintf(w, "left out: %s\n", c.Why)
		}
	}
}
