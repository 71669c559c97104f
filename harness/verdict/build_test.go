package verdict

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/assay-bench/assay/harness/claim"
	"github.com/assay-bench/assay/harness/plan"
	"github.com/assay-bench/assay/harness/trial"
)

const (
	goServer   = "go-server"
	rustServer = "rust-server"
	cpuMetric  = "cpu_us_per_request"
)

// A synthetic is a run that never took place: a plan, and what each trial is to show.
type synthetic struct {
	plan    plan.Plan
	records []trial.Record
}

// newSynthetic plans blocks of two targets over a ladder of hold cells and one rate cell.
// The A/A arm doubles the targets in turn.
func newSynthetic(blocks int) *synthetic {
	s := &synthetic{plan: plan.Plan{
		Schema: plan.Schema, Blocks: blocks, Limits: plan.DefaultLimits(),
		Ledger:          claim.Ledger{Article: claim.Article{ID: "an-article", Margin: 1.05}},
		HostLimitReason: "open files: hard limit 20000 a process",
	}}
	for _, n := range []int{1000, 2500, 5000, 10000} {
		s.addCell(fmt.Sprintf("hold/%d", n), n, false)
	}
	s.addCell("hold/host-limit", 19900, true)
	s.plan.Cells = append(s.plan.Cells, plan.Cell{
		ID: "rate/5000", Scenario: "rate", Mode: "rate", Connections: 64, RequestsPerSecond: 5000, SLOP99: 100 * time.Millisecond,
	})
	for block := 1; block <= blocks; block++ {
		doubled := []string{goServer, rustServer}[block%2]
		for _, c := range s.plan.Cells {
			s.addSlot(block, c.ID, rustServer, 1)
			s.addSlot(block, c.ID, goServer, 1)
			s.addSlot(block, c.ID, doubled, 2)
		}
	}
	return s
}

func (s *synthetic) addCell(id string, connections int, hostLimit bool) {
	s.plan.Cells = append(s.plan.Cells, plan.Cell{
		ID: id, Scenario: "hold", Mode: "hold", Connections: connections, HostLimit: hostLimit,
		RequestsPerSecond: float64(connections), SLOP99: 100 * time.Millisecond,
	})
}

func (s *synthetic) addSlot(block int, cell, target string, replica int) {
	s.plan.Slots = append(s.plan.Slots, plan.Slot{Index: len(s.plan.Slots), Block: block, Cell: cell, Target: target, Replica: replica})
}

// claims sets the ledger to one claim per reading, called "c0", "c1", ...
func (s *synthetic) claims(readings ...claim.Reading) *synthetic {
	for i, r := range readings {
		if r.ID == "" {
			r.ID = "r"
		}
		s.plan.Ledger.Claims = append(s.plan.Ledger.Claims, claim.Claim{ID: fmt.Sprintf("c%d", i), Readings: []claim.Reading{r}})
	}
	return s
}

// run records every slot once: all sustained, rust-server with less CPU and memory, with
// a small fixed noise. change, which may be nil, edits each record.
func (s *synthetic) run(change func(plan.Slot, *trial.Record)) *synthetic {
	random := rand.New(rand.NewPCG(7, 7))
	cells := map[string]plan.Cell{}
	for _, c := range s.plan.Cells {
		cells[c.ID] = c
	}
	for _, slot := range s.plan.Slots {
		r := goodRecord(slot, cells[slot.Cell], random)
		if change != nil {
			change(slot, &r)
		}
		s.records = append(s.records, r)
	}
	return s
}

func goodRecord(slot plan.Slot, cell plan.Cell, random *rand.Rand) trial.Record {
	noise := func() float64 { return 1 + 0.01*(random.Float64()-0.5) }
	cpu, perConnection := 100.0, 12000.0
	if slot.Target == rustServer {
		cpu, perConnection = 60, 6000
	}
	return trial.Record{
		Schema: trial.Schema, ID: fmt.Sprintf("%03d-%s-r%d-a1", slot.Index, slot.Target, slot.Replica),
		Slot: slot.Index, Attempt: 1, Block: slot.Block, Cell: slot.Cell, Target: slot.Target, Replica: slot.Replica,
		Status:      trial.OK,
		Counts:      trial.Counts{Scheduled: 1000, Sent: 1000, Done: 1000},
		Connections: trial.Connections{Asked: cell.Connections, Held: true},
		Metrics: map[string]float64{
			cpuMetric: cpu * noise(), "p50_ms": 1 * noise(), p99: 4 * noise(),
			memoryBytes: 20e6 + perConnection*float64(cell.Connections)*noise(),
		},
	}
}

// judge returns the Judgement of the synthetic run.
func (s *synthetic) judge() Judgement { return Judge(s.plan, s.records) }

// reading returns the only reading of claim "c<i>".
func reading(t *testing.T, j Judgement, i int) Reading {
	t.Helper()
	if i >= len(j.Claims) || len(j.Claims[i].Readings) != 1 {
		t.Fatalf("claim %d is not there with one reading: %+v", i, j.Claims)
	}
	return j.Claims[i].Readings[0]
}

// beatsOn is the reading "rust-server beats go-server on metric in cell".
func beatsOn(metric, cell string) claim.Reading {
	return claim.Reading{Shape: claim.Better, X: rustServer, Y: goServer, Metric: metric, Cell: cell}
}

// beatsOver is the same over the ladder of scenario hold.
func beatsOver(metric string) claim.Reading {
	return claim.Reading{Shape: claim.Better, X: rustServer, Y: goServer, Metric: metric, Scenario: "hold"}
}

// holdsAt is the reading "go-server sustains at least n in cell".
func holdsAt(n int, cell string) claim.Reading {
	return claim.Reading{Shape: claim.Threshold, Target: goServer, AtLeast: n, Cell: cell}
}

// fail makes a record a server's failure to hold its connections.
func fail(r *trial.Record) {
	r.Status, r.Connections.Held = trial.ServerFailed, false
}

// caps is a change under which each target sustains at most so many connections.
func caps(most map[string]int) func(plan.Slot, *trial.Record) {
	return func(s plan.Slot, r *trial.Record) {
		if r.Connections.Asked > most[s.Target] {
			fail(r)
		}
	}
}

func hasNote(notes []Note, code string) bool {
	for _, n := range notes {
		if n.Code == code {
			return true
		}
	}
	return false
}
