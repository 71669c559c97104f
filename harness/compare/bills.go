package compare

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/assay-bench/assay/harness/claim"
	"github.com/assay-bench/assay/harness/cost"
	"github.com/assay-bench/assay/harness/plan"
)

// caseOf is the case that a place such as "case roi" names, "" where it is none.
func caseOf(metric, place string) string {
	if m, _ := claim.MetricByID(metric); !m.Cost {
		return ""
	}
	return strings.TrimPrefix(place, "case ")
}

// sameBill reports whether both runs make the bill of a case alike: by the same prices and assumptions, for the same load, from
// the same cells.
func (p pair) sameBill(id string) bool {
	a, okA := p.a.Plan.Cost.Case(id)
	b, okB := p.b.Plan.Cost.Case(id)
	return okA && okB && sameCase(a, b) && p.samePrices() && p.sameCell(a.CPUCell, "") && p.sameLadder(a.MemoryScenario)
}

// casesApart are the cases that one of the runs lacks, or that ask for something else.
func (p pair) casesApart() []Apart {
	var all []Apart
	for _, a := range casesOf(p.a.Plan) {
		b, ok := p.b.Plan.Cost.Case(a.ID)
		switch {
		case !ok:
			all = append(all, Apart{"case " + a.ID, "in A only"})
		case !sameCase(a, b):
			all = append(all, Apart{"case " + a.ID, asks(a) + ", then " + asks(b)})
		}
	}
	for _, b := range casesOf(p.b.Plan) {
		if _, ok := p.a.Plan.Cost.Case(b.ID); !ok {
			all = append(all, Apart{"case " + b.ID, "in B only"})
		}
	}
	return all
}

// sameCase reports whether a bill of the two is the same one. Why it is their load decides nothing, and older plans do not have it.
func sameCase(a, b cost.Case) bool {
	a.Why, b.Why = "", ""
	return reflect.DeepEqual(a, b)
}

func casesOf(p plan.Plan) []cost.Case {
	if p.Cost == nil {
		return nil
	}
	return p.Cost.Cases
}

func asks(c cost.Case) string {
	return fmt.Sprintf("%s connections and %s requests/s by %s and the ladder %s", count(c.Connections), setting(c.RequestsPerSecond), c.CPUCell, c.MemoryScenario)
}

func (p pair) samePrices() bool {
	a, b := p.a.Plan.Cost, p.b.Plan.Cost
	if a == nil || b == nil {
		return a == b
	}
	return a.Assumptions == b.Assumptions && reflect.DeepEqual(billed(a), billed(b))
}

// billed are the machines as a bill sees them: it does not ask for their architecture, which older plans do not have.
func billed(m *cost.Model) []cost.Machine {
	all := slices.Clone(m.Machines)
	for i := range all {
		all[i].Arch = ""
	}
	return all
}

// prices is what differs in what machines cost. Only bills depend on it.
func (p pair) prices() []Difference {
	if p.samePrices() {
		return nil
	}
	a, b := pricesOf(p.a.Plan), pricesOf(p.b.Plan)
	if a == b {
		b += ", not the same prices"
	}
	return []Difference{{What: "what machines cost", A: a, B: b, Leaves: Comparable, RulesOut: "bills"}}
}

// pricesOf describes a price list with its assumptions.
func pricesOf(p plan.Plan) string {
	if p.Cost == nil {
		return "no price list"
	}
	a := p.Cost.Assumptions
	return fmt.Sprintf("%d prices of %s to %s; %s of the CPU time used, at least %d machines, %s of the memory free, %d MiB reserved", len(p.Cost.Machines),
		p.Cost.Oldest().Format(time.DateOnly), p.Cost.Newest().Format(time.DateOnly), percent(a.Utilisation), a.Replicas, percent(a.MemoryHeadroom), a.ReservedMiB)
}
