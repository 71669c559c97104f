package main

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"github.com/assay-bench/assay/harness/cost"
	"github.com/assay-bench/assay/harness/digits"
	"github.com/assay-bench/assay/harness/plan"
	"github.com/assay-bench/assay/harness/rundir"
	"github.com/assay-bench/assay/harness/verdict"
)

// costFlags are the flags of `assay cost`.
type costFlags struct {
	connections, replicas int
	rate, utilisation     float64
	cell, ladder, prices  string
}

func (c *console) costCmd() *cobra.Command {
	var f costFlags
	cmd := &cobra.Command{
		Use:   "cost [RUN] --connections N --rate R",
		Short: "Say what machines would cost for a load of yours, from what a run measured",
		Long: `cost takes CPU time a request and memory a connection from a run, and says for each server and
provider which machines carry N connections and R requests a second, and what they cost a month.
The intervals of what was measured are carried through to the sums. RUN is a run directory, the
name of a run, or the latest by default.

Infrastructure only: no wages, traffic, disks, load balancers or databases. Prices and assumptions
are those of the run's plan, else of scenarios/cost.toml.`,
		Example: "  assay cost --connections 5000 --rate 2000\n  assay cost example --connections 1000 --rate 250 --utilisation 0.7 --replicas 3",
		Args:    atMostArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := f.check(cmd.Flags().Changed); err != nil {
				return misuse{err}
			}
			return c.cost(cmd, f, args)
		},
	}
	flags := cmd.Flags()
	flags.IntVar(&f.connections, "connections", 0, "connections open at a time, on all machines together")
	flags.Float64Var(&f.rate, "rate", 0, "requests a second, on all machines together")
	flags.Float64Var(&f.utilisation, "utilisation", 0, "share of the machines' CPU time that the load may use, such as 0.5 (default: the price list's)")
	flags.IntVar(&f.replicas, "replicas", 0, "machines at least (default: the price list's)")
	flags.StringVar(&f.cell, "cell", "rate/6000", "cell in which CPU time a request was measured")
	flags.StringVar(&f.ladder, "ladder", "hold", "scenario on whose ladder memory a connection was measured")
	flags.StringVar(&f.prices, "prices", "", "price list and assumptions, a file like scenarios/cost.toml")
	return cmd
}

// check finds a load or an assumption that nobody has.
func (f costFlags) check(given func(flag string) bool) error {
	switch {
	case !given("connections"):
		return errors.New("--connections is missing: how many are open at a time, such as 1000?")
	case !given("rate"):
		return errors.New("--rate is missing: how many requests come a second, such as 250?")
	case given("utilisation") && !(f.utilisation > 0 && f.utilisation <= 1):
		return fmt.Errorf("--utilisation %v: give a share above 0 and up to 1, such as 0.5", f.utilisation)
	case given("replicas") && f.replicas < 1:
		return fmt.Errorf("--replicas %d: give 1 or more", f.replicas)
	}
	if err := f.load().Check(); err != nil {
		return fmt.Errorf("--connections and --rate: %w", err)
	}
	return nil
}

func (f costFlags) load() cost.Load {
	return cost.Load{Connections: f.connections, RequestsPerSecond: f.rate}
}

func (c *console) cost(cmd *cobra.Command, f costFlags, args []string) error {
	dir, err := c.argDir(args)
	if err != nil {
		return err
	}
	p, err := dir.Plan()
	if err != nil {
		return err
	}
	m, from, err := c.prices(f.prices, p)
	if err != nil {
		return err
	}
	if m, err = f.assume(cmd, m); err != nil {
		return misuse{err}
	}
	usages, without, err := f.measured(dir, p)
	if err != nil {
		return err
	}
	env, err := dir.Environment()
	if err != nil {
		return err
	}
	e := estimate{flags: f, run: dir.Name(), plan: p, model: m, from: from, usages: usages, without: without, now: time.Now(), host: hostArch(env)}
	return e.print(c.stdout)
}

// assume puts the assumptions that were given in place of the model's.
func (f costFlags) assume(cmd *cobra.Command, m *cost.Model) (*cost.Model, error) {
	o := cost.Option{Utilisation: m.Assumptions.Utilisation, Replicas: m.Assumptions.Replicas}
	if cmd.Flags().Changed("utilisation") {
		o.Utilisation = f.utilisation
	}
	if cmd.Flags().Changed("replicas") {
		o.Replicas = f.replicas
	}
	m = m.With(o)
	return m, m.Assumptions.Check()
}

// measured takes the usage of each server from the run; without are the servers of the cell that had no trial on the ladder.
func (f costFlags) measured(dir *rundir.Dir, p plan.Plan) (usages []verdict.Usage, without []string, err error) {
	switch cell, ok := p.Cell(f.cell); {
	case !ok:
		return nil, nil, misuse{fmt.Errorf("this run has no cell %s to take CPU time a request from; name another one with --cell: it has %s", f.cell, loaded(p))}
	case cell.Mode.Lifecycle():
		return nil, nil, misuse{fmt.Errorf("cell %s sends no load, so it has no CPU time a request; name another one with --cell: this run has %s", f.cell, loaded(p))}
	}
	if !slices.ContainsFunc(p.Cells, func(c plan.Cell) bool { return c.Scenario == f.ladder }) {
		return nil, nil, misuse{fmt.Errorf("this run has no cell of scenario %s to take memory a connection from; %s", f.ladder, ladders(p))}
	}
	records, err := dir.Records()
	if err != nil {
		return nil, nil, err
	}
	usages, without, err = verdict.Usages(p, records, f.cell, f.ladder)
	switch {
	case errors.Is(err, verdict.ErrFewBlocks):
		err = fmt.Errorf("%s: %w; where the run was stopped, `assay run --resume` measures the rest", dir.Name(), err)
	case err != nil:
		err = fmt.Errorf("%s: %w; %s", dir.Name(), err, ladders(p))
	}
	return usages, without, err
}

// ladders says which scenarios a bill can take memory from.
func ladders(p plan.Plan) string {
	if all := verdict.MemoryLadders(p); len(all) > 0 {
		return "this run has it for --ladder " + strings.Join(all, ", ")
	}
	return "a run of the standard profile has the ladder of hold"
}

// An estimate is everything that `assay cost` prints.
type estimate struct {
	flags  costFlags
	run    string
	plan   plan.Plan
	model  *cost.Model
	from   string // where the model comes from
	usages []verdict.Usage
	// without are servers of the cell that had no trial on the ladder: no bill is made for them.
	without []string
	now     time.Time // prices are stale beside it
	host    string    // architecture of the measuring host, "" where its env.json does not show it
}

func (e estimate) print(w io.Writer) error {
	a := e.model.Assumptions
	fmt.Fprintf(w, "%s, %s requests/s\n", digits.Plural(e.flags.connections, "connection"), grouped(e.flags.rate, -1))
	fmt.Fprintf(w, "measured: run %s, CPU time in %s, memory over the ladder of %s\n", e.run, e.flags.cell, e.flags.ladder)
	fmt.Fprintf(w, "prices: %s; on demand, of %s to %s\n", e.from, e.model.Oldest().Format(time.DateOnly), e.model.Newest().Format(time.DateOnly))
	fmt.Fprintf(w, "assumed: %s %% of the CPU time used, at least %s, %s %% of the memory free, %d MiB of each for its system, %s h a month\n",
		grouped(100*a.Utilisation, -1), digits.Plural(a.Replicas, "machine"), grouped(100*a.MemoryHeadroom, -1), a.ReservedMiB, grouped(a.HoursPerMonth, -1))
	e.printUsages(w)
	rows, err := e.rows()
	if err != nil {
		return err
	}
	if err := e.printBills(w, rows); err != nil {
		return err
	}
	e.printDoubts(w, rows)
	_, err = fmt.Fprintln(w, "\ninfrastructure only: machines; no wages, traffic, disks, load balancers or databases")
	return err
}

func (e estimate) printUsages(w io.Writer) {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "\n  server\tCPU time a request, us\tmemory without connections, MiB\tmemory a connection, KiB\tblocks")
	for _, u := range e.usages {
		fmt.Fprintf(t, "  %s\t%s\t%s\t%s\t%d\n", u.Target, withEnds(u.CPU, 1), withEnds(u.Base, 1<<20), withEnds(u.PerConnection, 1<<10), u.CPU.Blocks)
	}
	t.Flush()
	if len(e.usages) > 0 {
		fmt.Fprintf(w, "  (geometric means, of memory without connections the arithmetic one; intervals of %s each, so that all three of a server hold with %s %%; the sums follow from their ends)\n",
			digits.Level(e.usages[0].CPU.Confidence), grouped(100*e.plan.Limits.Confidence, -1))
	}
}

// A billRow is one server's bill at one provider.
type billRow struct {
	target string
	verdict.Bills
}

func (e estimate) printBills(w io.Writer, rows []billRow) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "\n  server\tprovider\tmachines\tUSD a month\tinterval\tdecided by\tprice of")
	for _, r := range rows {
		b := r.Center
		stale := ""
		if b.Machine.Stale(e.years(), e.now) {
			stale = " (stale)"
		}
		fmt.Fprintf(t, "  %s\t%s, %s\t%d x %s\t%s\t%s to %s\t%s\t%s%s\n", r.target, b.Machine.Provider, b.Machine.Region, b.Count, e.machineName(b.Machine), usd(b.USDPerMonth),
			usd(r.Low.USDPerMonth), usd(r.High.USDPerMonth), decidedBy(b), b.Machine.Date.Format(time.DateOnly), stale)
	}
	return t.Flush()
}

// rows are each server's bills, the cheapest provider first. Where a provider's cheapest machine is not of the host's architecture, the cheapest that is
// has a row too. A provider whose machines are all too small is left out.
func (e estimate) rows() ([]billRow, error) {
	var all []billRow
	for _, u := range e.usages {
		var of []billRow
		for _, provider := range e.model.Providers() {
			b, err := u.Bills(e.model, provider, e.flags.load())
			if errors.Is(err, cost.ErrTooLarge) {
				continue
			}
			if err != nil {
				return nil, fmt.Errorf("%s at %s: %w", u.Target, provider, err)
			}
			of = append(of, billRow{u.Target, b})
			if own, ok := e.ofHost(u, provider, b); ok {
				of = append(of, own)
			}
		}
		if len(of) == 0 {
			return nil, fmt.Errorf("%s: %w; add larger machines to the price list", u.Target, cost.ErrTooLarge)
		}
		slices.SortStableFunc(of, func(a, b billRow) int { return cmp.Compare(a.Center.USDPerMonth, b.Center.USDPerMonth) })
		all = append(all, of...)
	}
	return all, nil
}

// years are from when on a price is stale; plans of before there was a limit take today's.
func (e estimate) years() int {
	return cmp.Or(e.plan.Limits.EvidenceYears, plan.DefaultLimits().EvidenceYears)
}

func decidedBy(b cost.Bill) string {
	switch b.BoundBy {
	case cost.ByCPU:
		return "CPU"
	case cost.ByReplicas:
		return "least number"
	}
	return string(b.BoundBy)
}

// withEnds writes a number with its interval, divided by a unit.
func withEnds(in verdict.Interval, unit float64) string {
	tenths := func(v float64) string { return strconv.FormatFloat(v/unit, 'f', 1, 64) }
	return fmt.Sprintf("%s (%s)", tenths(in.Center), digits.Interval(in.Low, in.High, " to ", tenths))
}

func usd(v float64) string { return grouped(v, 2) }

// grouped writes a number with commas between thousands and so many decimals; -1: as many as it has.
func grouped(v float64, decimals int) string {
	if decimals < 0 {
		return digits.Group(strings.TrimSuffix(strings.TrimRight(fmt.Sprintf("%.6f", v), "0"), "."))
	}
	return digits.Group(fmt.Sprintf("%.*f", decimals, v))
}
