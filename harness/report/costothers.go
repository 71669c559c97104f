package report

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/assay-bench/assay/harness/cost"
	"github.com/assay-bench/assay/harness/verdict"
)

// hostArch is the architecture of the measuring host, "" where env.json does not show it.
func (d *data) hostArch() string {
	return cost.HostArch(d.Env.Toolchains["go"], d.Env.EngineVersion)
}

// archWords says where the machines billed are not of the architecture that was measured.
func (d *data) archWords(c verdict.Cost) string {
	host := d.hostArch()
	if host == "" || !d.Plan.Cost.SaysArchs() {
		return "Whether the machines are of the measuring host's architecture is not known: " + d.whyNoArch(host) +
			" A vCPU is a hardware thread of an x86 machine and a core of an Arm one, and a second of the one is no second of the other."
	}
	var others []string
	for _, of := range d.Plan.Cost.Machines {
		billed := slices.ContainsFunc(d.Plan.Cost.Providers(), func(provider string) bool {
			return slices.ContainsFunc(usagesOf(c), func(u verdict.Usage) bool {
				b, err := u.Bills(d.Plan.Cost, provider, loadOf(c))
				return err == nil && b.Center.Machine.Provider == of.Provider && b.Center.Machine.Name == of.Name
			})
		})
		if billed && of.Arch != host {
			others = append(others, fmt.Sprintf("%s (%s, %s)", of.Name, of.Provider, orMissing(of.Arch)))
		}
	}
	if len(others) == 0 {
		return "The cheapest machines of each provider are of the measuring host's architecture, " + host + "."
	}
	return fmt.Sprintf("CPU time was measured on %s, and of the machines below these are not: %s. A second of their vCPUs may do more or less, which was not measured; "+
		"the rows of machines of %s alone leave them out.", host, strings.Join(others, ", "), host)
}

func (d *data) whyNoArch(host string) string {
	if host == "" {
		return "env.json does not show the host's."
	}
	return "the price list of this run does not say theirs, and the host's is " + host + "."
}

// An otherRate is a cell of a fixed rate in which the targets of a bill were measured too, with their usage by its CPU time.
type otherRate struct {
	cell   string
	usages []verdict.Usage // in the order of the bill's targets
}

// otherRates are those of the run, in its order. A cell that lacks one of the targets, or has too few blocks of one, is none.
func (d *data) otherRates(c verdict.Cost) []otherRate {
	var all []otherRate
	for _, cell := range d.Plan.Cells {
		if cell.ID == c.CPUCell || cell.Mode != "rate" || cell.CrossCheck != "" || cell.PoolSize > 0 {
			continue
		}
		found, ok := verdict.UsagesOf(d.Plan, d.Records, cell.ID, c.MemoryScenario, targetsOf(c))
		if ok {
			all = append(all, otherRate{cell.ID, found})
		}
	}
	return all
}

// rangeWords says how far the bills lie apart by the CPU time of the rates that were measured. The verdict rests on that of the case's cell.
func (d *data) rangeWords(c verdict.Cost, others []otherRate) string {
	if len(others) == 0 {
		return ""
	}
	cells := []string{c.CPUCell}
	for _, o := range others {
		cells = append(cells, o.cell)
	}
	all := append([]otherRate{{c.CPUCell, usagesOf(c)}}, others...)
	text := fmt.Sprintf("A busier server spends less CPU time on a request. By that of %s the cheapest bill is ", strings.Join(cells, ", "))
	var parts []string
	quotients := extent{math.Inf(1), math.Inf(-1)}
	for i, target := range targetsOf(c) {
		sums := extent{math.Inf(1), math.Inf(-1)}
		for _, o := range all {
			b, err := o.usages[i].Bills(d.Plan.Cost, "", loadOf(c))
			if err != nil { // none carries it, which the table shows
				return ""
			}
			sums.take(b.Center.USDPerMonth)
			if i > 0 {
				continue
			}
			if beside, err := o.usages[len(o.usages)-1].Bills(d.Plan.Cost, "", loadOf(c)); err == nil {
				quotients.take(b.Center.USDPerMonth / beside.Center.USDPerMonth)
			}
		}
		parts = append(parts, fmt.Sprintf("%s USD/month for %s", sums.span(money), target))
	}
	text += strings.Join(parts, ", ")
	if len(c.Targets) == 2 {
		text += ", and the quotient of the two " + quotients.span(ratio)
	}
	return text + fmt.Sprintf(". The verdict rests on %s alone, as declared before the run.", c.CPUCell)
}

// An extent is the least and the most of some numbers.
type extent struct{ low, high float64 }

func (e *extent) take(v float64) { e.low, e.high = min(e.low, v), max(e.high, v) }

// span writes it, once where both ends are written alike.
func (e extent) span(write func(float64) string) string {
	low, high := write(e.low), write(e.high)
	if low == high {
		return low
	}
	return low + " to " + high
}

func usagesOf(c verdict.Cost) []verdict.Usage {
	var all []verdict.Usage
	for _, of := range c.Targets {
		all = append(all, of.Usage)
	}
	return all
}

func targetsOf(c verdict.Cost) []string {
	var all []string
	for _, of := range c.Targets {
		all = append(all, of.Usage.Target)
	}
	return all
}

func loadOf(c verdict.Cost) cost.Load {
	return cost.Load{Connections: c.Connections, RequestsPerSecond: c.RequestsPerSecond}
}
