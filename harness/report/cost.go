package report

import (
	"fmt"
	"slices"
	"time"

	"github.com/assay-bench/assay/harness/cost"
	"github.com/assay-bench/assay/harness/digits"
	"github.com/assay-bench/assay/harness/verdict"
)

// amount shows the evidence for "one target's number lies between a and b".
func (d *data) amount(a verdict.Amount) []Block {
	m := metricOf(a.Metric, a.Unit)
	if len(a.Values) == 0 {
		return []Block{paragraph(rawf("%s in %s: no usable block.", m.Label, orMissing(a.Cell)))}
	}
	t := Table{Caption: fmt.Sprintf("%s in %s, each block", m.Label, orMissing(a.Cell)), Columns: numbers("Target")}
	row := []Text{plain(a.Target)}
	for _, v := range a.Values {
		t.Columns = append(t.Columns, Column{Title: "Block " + count(v.Block), Right: true})
		row = append(row, plain(m.write(v.Value)))
	}
	t.Rows = []TableRow{cells(row...)}
	out := []Block{table(t)}
	if a.Inside == nil || a.Difference == nil {
		return append(out, paragraph(rawf("%s: too few for an interval.", plural(a.Blocks, "block"))))
	}
	claimed := rawf("Claimed: %s to %s %s. Measured: %s ", declared(a.From), declared(a.To), a.Unit, m.write(a.Inside.Center))
	text := join(claimed, rawf("(geometric mean, %s); %s interval, to lie inside: %s; %s interval, to lie outside: %s.", plural(a.Blocks, "block"),
		confidence(a.Inside.Confidence), span(a.Inside.Low, a.Inside.High, m.write), confidence(a.Difference.Confidence), span(a.Difference.Low, a.Difference.High, m.write)))
	whole := "The whole interval"
	if a.Difference.Low == a.Difference.High {
		whole = "It"
		text = join(claimed, rawf("in each of %s, so that an interval has no width and says no more.", plural(a.Blocks, "block")))
	}
	if a.Side != "" {
		text = join(text, rawf(" %s lies %s the range.", whole, a.Side))
	}
	return append(out, paragraph(join(text, raw(" "), plain(controlWords(verdict.Ratio{ControlOK: a.ControlOK, ControlWide: a.ControlWide, ControlWhy: a.ControlWhy})))))
}

// cost shows what bills are made of, and how they change with what was assumed.
func (d *data) cost(c verdict.Cost) []Block {
	if d.Plan.Cost == nil || len(c.Targets) == 0 {
		return nil
	}
	a := d.Plan.Cost.Assumptions
	text := rawf("The load: %s and %s requests/s in all. Assumed: %s of the CPU time used, at least %s, %s of the memory free, %s MiB of each for its system, %s h a month. "+
		"A bill is the cheapest whole number of machines of one type that carries the load, of the prices under ",
		plural(c.Connections, "connection"), setting(c.RequestsPerSecond), settingPercent(a.Utilisation), plural(a.Replicas, "machine"), settingPercent(a.MemoryHeadroom),
		count(a.ReservedMiB), setting(a.HoursPerMonth))
	text = join(text, link(pricesTitle, "#"+anchor(pricesTitle)), raw(". Infrastructure only: no wages, traffic, disks, load balancers or databases."))
	out := []Block{paragraph(text), paragraph(d.whyThisLoad(c)), table(d.usageTable(c)), paragraph(plain(averagesOfBills))}
	if words := d.archWords(c); words != "" {
		out = append(out, paragraph(plain(words)))
	}
	others := d.otherRates(c)
	out = append(out, table(d.sensitivity(c, others)))
	for _, words := range []string{d.rangeWords(c, others), d.sameBillWords(c)} {
		if words != "" {
			out = append(out, paragraph(plain(words)))
		}
	}
	return out
}

// averagesOfBills sets apart the sums that stand near each other.
const averagesOfBills = "The sums of this table and the next are bills of averages: the machines for the mean usage. Those of the blocks above, and the verdict's, are averages of bills: each " +
	"block is rounded up to whole machines for itself, so that the two differ by about a machine."

// usageTable has what each target takes, and its cheapest bill.
func (d *data) usageTable(c verdict.Cost) Table {
	t := Table{
		Caption: fmt.Sprintf("What a bill is made of: CPU time in %s, memory over the ladder of %s; geometric mean (of memory without connections the arithmetic one) and interval over the blocks, each at %s so that all three hold with %s",
			c.CPUCell, c.MemoryScenario, confidence(c.Targets[0].Usage.CPU.Confidence), confidence(d.Plan.Limits.Confidence)),
		Columns: numbers("Target", "CPU time per request", "Memory without connections", "Memory per connection", "Cheapest", "USD/month", "Decided by"),
	}
	for _, of := range c.Targets {
		row := []Text{plain(of.Usage.Target), plain(withInterval(of.Usage.CPU, metricOf(cpuPerRequest, "us").write)),
			plain(withInterval(of.Usage.Base, bytesIn)), plain(withInterval(of.Usage.PerConnection, bytesIn))}
		if b := of.Bill; b != nil {
			row = append(row, plain(fmt.Sprintf("%s x %s, %s", count(b.Count), b.Machine, b.Provider)), plain(moneySpan(b.USDPerMonth, b.Low, b.High)), plain(decidedBy(cost.Bound(b.BoundBy))))
		} else {
			row = append(row, plain("no machine of the list carries it"))
		}
		t.Rows = append(t.Rows, cells(row...))
	}
	return t
}

// sensitivity has the bill of each target at each provider: under the plan's assumptions, with one of them changed, of the measuring host's
// architecture alone, and by the CPU time of other rates. The last rows are the cheapest bills of other loads.
func (d *data) sensitivity(c verdict.Cost, others []otherRate) Table {
	t := Table{
		Caption: "The same bill under other assumptions, and in the last rows for other loads, USD/month and machines; the intervals are those of the numbers above, carried through",
		Columns: left("Assumed", "Provider"),
	}
	for _, of := range c.Targets {
		t.Columns = append(t.Columns, Column{Title: of.Usage.Target, Right: true})
	}
	if len(c.Targets) == 2 {
		t.Columns = append(t.Columns, Column{Title: c.Targets[0].Usage.Target + " / " + c.Targets[1].Usage.Target, Right: true})
	}
	usages := usagesOf(c)
	options := d.Plan.Cost.Options()
	for i, o := range options {
		t.Rows = append(t.Rows, billRows(optionWords(o, i == 0), d.Plan.Cost.With(o), usages, loadOf(c))...)
		if host := d.hostArch(); i == 0 && host != "" {
			t.Rows = append(t.Rows, billRows(optionWords(o, false)+", machines of "+host+" alone", d.Plan.Cost.OfArch(host), usages, loadOf(c))...)
		}
	}
	for _, other := range others {
		t.Rows = append(t.Rows, billRows(optionWords(options[0], false)+", CPU time of "+other.cell, d.Plan.Cost, other.usages, loadOf(c))...)
	}
	for _, beside := range d.Plan.Cost.Besides(c.Case) {
		t.Rows = append(t.Rows, billRow(besideWords(beside), "the cheapest", d.Plan.Cost, "", usages, beside.Load))
	}
	return t
}

// billRows are the bills of some usages, a row for each provider.
func billRows(assumed string, m *cost.Model, usages []verdict.Usage, load cost.Load) []TableRow {
	var rows []TableRow
	for _, provider := range m.Providers() {
		rows = append(rows, billRow(assumed, provider, m, provider, usages, load))
	}
	return rows
}

// billRow has the bills of some usages at a provider, of all where it is "".
func billRow(assumed, named string, m *cost.Model, provider string, usages []verdict.Usage, load cost.Load) TableRow {
	row := []Text{plain(assumed), plain(named)}
	var sums []float64
	for _, u := range usages {
		b, err := u.Bills(m, provider, load)
		if err != nil { // no machine of this provider carries it
			row = append(row, plain(missing))
			continue
		}
		sums = append(sums, b.Center.USDPerMonth)
		row = append(row, plain(fmt.Sprintf("%s, %s x %s", moneySpan(b.Center.USDPerMonth, b.Low.USDPerMonth, b.High.USDPerMonth), count(b.Center.Count), b.Center.Machine.Name)))
	}
	if len(usages) == 2 {
		row = append(row, plain(quotientOf(sums)))
	}
	return cells(row...)
}

func quotientOf(sums []float64) string {
	if len(sums) != 2 || sums[1] == 0 {
		return missing
	}
	return ratio(sums[0] / sums[1])
}

// optionWords names a row of assumptions.
func optionWords(o cost.Option, own bool) string {
	s := fmt.Sprintf("%s of the CPU time, at least %s", settingPercent(o.Utilisation), plural(o.Replicas, "machine"))
	if own {
		s += " (as assumed)"
	}
	return s
}

// decidedBy is what bound a number of machines, in words.
func decidedBy(b cost.Bound) string {
	switch b {
	case cost.ByCPU:
		return "CPU"
	case cost.ByReplicas:
		return "the least number of machines"
	}
	return string(b)
}

const pricesTitle = "Prices of machines"

// priceList shows the prices with their dates, where a claim rests on them.
func (d *data) priceList() []Section {
	if d.Plan.Cost == nil || !slices.ContainsFunc(d.Judgement.Claims, func(c verdict.Claim) bool {
		return slices.ContainsFunc(c.Readings, func(r verdict.Reading) bool { return r.Cost != nil })
	}) {
		return nil
	}
	t := Table{Columns: left("Provider, region", "Machine")}
	if d.Plan.Cost.SaysArchs() {
		t.Columns = append(t.Columns, Column{Title: "Architecture"})
	}
	for _, title := range []string{"vCPUs", "GiB", "USD/h", "USD/month", "Price of"} {
		t.Columns = append(t.Columns, Column{Title: title, Right: true})
	}
	t.Columns = append(t.Columns, Column{Title: "Source"})
	for _, m := range d.Plan.Cost.Machines {
		day := code(m.Date.Format(time.DateOnly)) // which keeps it on one line
		if m.Stale(d.Plan.Limits.EvidenceYears, d.Plan.Ledger.Article.Date) {
			day = join(day, raw(" "), strong("(stale)"))
		}
		row := []Text{plain(m.Provider + ", " + m.Region), plain(m.Name)}
		if d.Plan.Cost.SaysArchs() {
			row = append(row, plain(orMissing(m.Arch)))
		}
		t.Rows = append(t.Rows, cells(append(row, plain(setting(m.VCPUs)), plain(setting(m.MemoryGiB)),
			plain(setting(m.USDPerHour)), plain(money(m.USDPerHour*d.Plan.Cost.Assumptions.HoursPerMonth)), day, sourceLink(verdict.Source{Source: m.Source, URL: m.URL}))...))
	}
	text := "On demand, without contract. A vCPU counts as one CPU of the measuring host, for every server alike"
	if host := d.hostArch(); host != "" {
		text += ", also where the machine is not of the host's architecture, which is " + host
	}
	return []Section{section(pricesTitle, paragraph(plain(text+".")), table(t))}
}

// money writes USD, as a verdict's reason does.
func money(v float64) string { return digits.Money(v) }

// moneySpan writes a sum with its interval, which is left away where it has no width.
func moneySpan(v, low, high float64) string {
	if low == high {
		return money(v)
	}
	return fmt.Sprintf("%s (%s)", money(v), digits.Ends(money(low), " to ", money(high), low == high))
}

func withInterval(in verdict.Interval, write func(float64) string) string {
	return fmt.Sprintf("%s (%s)", write(in.Center), span(in.Low, in.High, write))
}
