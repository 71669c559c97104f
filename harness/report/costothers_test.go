package report

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/assay-bench/assay/harness/plan"
)

// slower adds a cell of another rate, in which a request takes so many times the CPU time of rate/5000, to the plan and the records. It has
// trials of these targets alone.
func (s *synthetic) slower(id string, times float64, targets ...string) {
	cell := s.plan.Cells[slices.IndexFunc(s.plan.Cells, func(c plan.Cell) bool { return c.ID == "rate/5000" })]
	cell.ID, cell.Paired = id, false
	s.plan.Cells = append(s.plan.Cells, cell)
	for _, r := range slices.Clone(s.records) {
		if r.Cell != "rate/5000" || !slices.Contains(targets, r.Target) || r.Replica > 1 || !r.Usable() {
			continue
		}
		slot := plan.Slot{Index: len(s.plan.Slots), Block: r.Block, Cell: id, Target: r.Target, Replica: 1}
		s.plan.Slots = append(s.plan.Slots, slot)
		r.Metrics = maps.Clone(r.Metrics)
		r.Metrics[cpuPerRequest] *= times
		r.Slot, r.Cell = slot.Index, id
		s.records = append(s.records, r)
	}
}

// A machine of another architecture than the host's is named, and the cheapest of the host's has rows of its own.
func TestArchitectureOfMachinesIsSaid(t *testing.T) {
	text := string(render(t, Markdown, build(t, newShapes().input())))
	for _, want := range []string{
		"CPU time was measured on x86-64, and of the machines below these are not: small (Cheap, arm64).",
		"50 % of the CPU time, at least 2 machines, machines of x86-64 alone | Cheap |", "x roomy", "which is x86-64.", "| Architecture |",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("the report does not say %q", want)
		}
	}
	s := newShapes()
	for i := range s.plan.Cost.Machines {
		s.plan.Cost.Machines[i].Arch = "" // as in plans of before it was kept
	}
	text = string(render(t, Markdown, build(t, s.input())))
	if !strings.Contains(text, "is not known: the price list of this run does not say theirs, and the host's is x86-64.") || strings.Contains(text, "| Architecture |") ||
		strings.Contains(text, "machines of x86-64 alone") {
		t.Error("a list without architectures is not said to have none")
	}
	s.env.Toolchains = nil
	if text = string(render(t, Markdown, build(t, s.input()))); !strings.Contains(text, "env.json does not show the host's.") {
		t.Error("a host of unknown architecture is not said to be one")
	}
}

// The CPU time of every other rate that has both targets gives rows, and a sentence the range.
func TestBillsByOtherRates(t *testing.T) {
	s := newShapes()
	s.slower("load/60", 0.5, rustServer, goServer)
	s.slower("load/90", 0.25, rustServer)
	text := string(render(t, Markdown, build(t, s.input())))
	for _, want := range []string{"at least 2 machines, CPU time of load/60 | Cheap |", "A busier server spends less CPU time on a request. By that of rate/5000, load/60 the cheapest bill is ", "The verdict rests on rate/5000 alone"} {
		if !strings.Contains(text, want) {
			t.Errorf("the report does not say %q", want)
		}
	}
	if strings.Contains(text, "CPU time of load/90") {
		t.Error("a cell that one target alone has is shown")
	}
	if text := string(render(t, Markdown, build(t, newShapes().input()))); strings.Contains(text, "A busier server spends less") {
		t.Error("a run of one rate has a range")
	}
}
