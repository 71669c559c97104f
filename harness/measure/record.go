package measure

import (
	"fmt"
	"strings"

	"github.com/assay-bench/assay/harness/plan"
	"github.com/assay-bench/assay/harness/trial"
)

// An observation is a trial's raw data beside what the plan says of it.
type observation struct {
	Raw
	cell   plan.Cell
	place  placed
	limits plan.Limits
	engine string // that drove the cell
}

// placed is the part of the placement that numbers are divided by.
type placed struct {
	targetCPUs, loadCPUs []int
	memoryBytes          int64
	runtime              string
}

// Head is a record that says which trial it is, and nothing of what became of it.
func Head(slot plan.Slot, attempt int) trial.Record {
	return trial.Record{
		Schema: trial.Schema, Slot: slot.Index, Attempt: attempt, Block: slot.Block, Cell: slot.Cell,
		Target: slot.Target, Replica: slot.Replica,
		ID: fmt.Sprintf("%03d-%s-%s-r%d-a%d", slot.Index, strings.ReplaceAll(slot.Cell, "/", "-"), slot.Target, slot.Replica, attempt),
	}
}

// Record fills in what follows from plan and raw data: status, counts, metrics, checks and
// warnings. Times and the hashes of the files are the caller's.
func Record(head trial.Record, p plan.Plan, raw Raw) (trial.Record, error) {
	cell, ok := p.CellOf(plan.Slot{Cell: head.Cell, Target: head.Target})
	if !ok && raw.Seen.Failure == "" {
		return head, fmt.Errorf("trial %s: the plan has no cell %s", head.ID, head.Cell)
	}
	o := observation{Raw: raw, cell: cell, limits: p.Limits, engine: p.EngineOf(cell),
		place: placed{p.Placement.TargetCPUs, p.LoadCPUsOf(cell), p.Placement.MemoryBytes, p.Runtime}}
	fill := describe
	if cell.Mode.Lifecycle() {
		fill = describeLifecycle
	}
	if err := fill(&head, o); err != nil {
		return head, fmt.Errorf("trial %s: %w", head.ID, err)
	}
	decide(&head, o)
	return head, nil
}
