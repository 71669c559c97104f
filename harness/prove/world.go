package prove

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/assay-bench/assay/harness/claim"
	"github.com/assay-bench/assay/harness/cost"
	"github.com/assay-bench/assay/harness/plan"
	"github.com/assay-bench/assay/harness/scenario"
	"github.com/assay-bench/assay/harness/target"
	"github.com/assay-bench/assay/harness/trial"
)

// holdConnections is what a threshold claims.
const holdConnections = 10_000

// holdRungs are the numbers of connections on the ladder of the holding cells.
func holdRungs() []int { return []int{1000, 5000, holdConnections} }

// billCell is where the CPU time of a bill is measured.
const billCell = "rate/6000"

// prices make a bill that Y's CPU time decides: of one CPU second a second for 10 USD a month, machines are so many that whole ones
// are no steps in it; a server of 100 us a request takes a thousand.
func prices() *cost.Model {
	return &cost.Model{
		Assumptions: cost.Assumptions{Utilisation: 0.5, Replicas: 2, HoursPerMonth: 1000, MemoryHeadroom: 0.2, ReservedMiB: 512},
		Machines: []cost.Machine{{Provider: "P", Region: "r", Name: "n", USDPerHour: billUSD / billMachines / 1000, VCPUs: 2, MemoryGiB: 4,
			Source: "invented", URL: "https://example.org", Date: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)}},
		Cases: []cost.Case{{ID: "bill", Summary: "invented", Connections: 100_000, RequestsPerSecond: 1e4 * billMachines, CPUCell: billCell, MemoryScenario: "hold"}},
	}
}

// What Y's bill comes to, and of how many machines it is.
const (
	billUSD      = 10_000.0
	billMachines = 1000.0
)

// A world draws runs of one scenario: the plan by plan.New, as for a real run, and a record for each of its slots.
// It does not change once it is made.
type world struct {
	scenario Scenario
	input    plan.Input          // but for the seed
	costs    map[string][]costOf // by cell
}

// costOf is one metric of a cell, with what is true of it.
type costOf struct {
	metric    claim.Metric
	base      float64 // of Y, in the metric's unit
	advantage float64 // ln of X's
}

// newWorld fails on a scenario that plan.New would not plan as meant.
func newWorld(s Scenario) (*world, error) {
	rule, err := ruleOf(s)
	if err != nil {
		return nil, err
	}
	w := &world{scenario: s, input: input(s.Blocks, s.Look), costs: map[string][]costOf{}}
	for i, t := range s.Truths {
		at := rule.places(i, t)
		if at == nil {
			return nil, fmt.Errorf("scenario %s: there is no place for reading %d", s.ID(), i+1)
		}
		w.measure(at[0], t.Advantage)
		for k, place := range at[1:] {
			elsewhere := 1.0 // of the memory of a bill
			if k < len(t.Elsewhere) {
				elsewhere = t.Elsewhere[k]
			}
			w.measure(place, elsewhere)
		}
		w.input.Ledger.Claims = append(w.input.Ledger.Claims, claim.Claim{
			ID: fmt.Sprintf("c%d", i+1), Readings: []claim.Reading{rule.reading(at, t)},
		})
	}
	p, err := plan.New(w.input)
	if err == nil && (s.Blocks < 1 || len(s.Truths) == 0) {
		err = fmt.Errorf("%d blocks and %d readings", s.Blocks, len(s.Truths))
	}
	if err != nil {
		return nil, fmt.Errorf("scenario %s: %w", s.ID(), err)
	}
	if len(p.LeftOut) > 0 || len(p.CellsLeftOut) > 0 || p.Blocks != s.Blocks {
		return nil, fmt.Errorf("scenario %s: the plan leaves out %v %v", s.ID(), p.LeftOut, p.CellsLeftOut)
	}
	return w, nil
}

// measure adds a metric to a cell, and the cell to the profile.
func (w *world) measure(at place, advantage float64) {
	metric, _ := claim.MetricByID(at.metric)
	cost := costOf{metric: metric, base: at.base()}
	if advantage > 0 { // thresholds have none
		cost.advantage = math.Log(advantage)
	}
	if _, known := w.costs[at.cell]; !known {
		w.input.Profile.Cells = append(w.input.Profile.Cells, at.cell)
	}
	w.costs[at.cell] = append(w.costs[at.cell], cost)
}

// cells are those in which targets are compared, in the order in which readings take them.
func cells() []string { return []string{"rate/6000", "rate/2000", "rate/1000", "rate/500"} }

// metrics are those of one number a trial, in the order in which readings take them, but for the rate, which in these cells is
// the load's.
func metrics() []string {
	var ids []string
	for _, m := range claim.Metrics() {
		if !m.Ladder && !m.Cost && m.Mode == "" && m.ID != claim.Throughput {
			ids = append(ids, m.ID)
		}
	}
	return ids
}

// onePlace gives each comparison a metric of its own, cell by cell.
func onePlace(i int, _ Truth) []place {
	per := len(metrics())
	if i >= per*len(cells()) {
		return nil
	}
	return []place{{cells()[i/per], metrics()[i%per]}}
}

// candidates gives each "up to" a metric in as many cells as it has advantages.
func candidates(i int, t Truth) []place {
	if i >= len(metrics()) || len(t.Elsewhere) >= len(cells()) {
		return nil
	}
	var places []place
	for _, cell := range cells()[:len(t.Elsewhere)+1] {
		places = append(places, place{cell, metrics()[i]})
	}
	return places
}

// theHold is the place of a threshold.
func theHold(i int, _ Truth) []place {
	if i > 0 {
		return nil
	}
	return []place{{"hold/10000", "p99_ms"}}
}

// theBill gives the places of a bill's numbers: CPU time, and memory on the rungs of a ladder. A second bill would be of the same numbers.
func theBill(i int, _ Truth) []place {
	if i > 0 {
		return nil
	}
	places := []place{{billCell, "cpu_us_per_request"}}
	for _, connections := range holdRungs() {
		places = append(places, place{fmt.Sprintf("hold/%d", connections), "memory_bytes"})
	}
	return places
}

// base is the value of Y without noise. On the rungs of the ladder memory grows by 20 kB a connection.
func (p place) base() float64 {
	base := bases()[p.metric]
	if held, ok := strings.CutPrefix(p.cell, "hold/"); ok && p.metric == "memory_bytes" {
		connections, _ := strconv.Atoi(held) // 0, and no memory for it, where the cell were no rung
		base += 20e3 * float64(connections)
	}
	return base
}

// bases are the values of Y without noise, in the metrics' units. No rule depends on them but for the objective of
// 100 ms, far above which even a disturbed p99 does not come.
func bases() map[string]float64 {
	return map[string]float64{
		"cpu_us_per_request": 100, "p50_ms": 1, "p99_ms": 4, "p999_ms": 9, "memory_bytes": 60e6, "requests_per_second": 6000,
	}
}

// input is what all plans share.
func input(blocks, look int) plan.Input {
	objective := scenario.SLO{P99: 100 * time.Millisecond}
	rate := scenario.Scenario{ID: "rate", Mode: scenario.Rate, Request: "GET /item?id={id}", SLO: objective}
	for _, perSecond := range []int{500, 1000, 2000, 6000} {
		rate.Cells = append(rate.Cells, scenario.Cell{ID: fmt.Sprintf("rate/%d", perSecond), Connections: 64, RequestsPerSecond: float64(perSecond)})
	}
	hold := scenario.Scenario{ID: "hold", Mode: scenario.Hold, Request: rate.Request, SLO: objective}
	for _, n := range holdRungs() {
		hold.Cells = append(hold.Cells, scenario.Cell{ID: fmt.Sprintf("hold/%d", n), Connections: n, RequestsPerSecond: float64(n) / 4, PerConnection: 0.25})
	}
	return plan.Input{
		Version: "prove", Runtime: "process", Engine: "native",
		Profile:   scenario.Profile{ID: "prove", Blocks: blocks, FirstLook: look, Budget: 1000 * time.Hour, WarmUp: time.Second, Window: 4 * time.Second},
		Ledger:    claim.Ledger{Article: claim.Article{ID: "prove", Margin: margin}},
		Cost:      prices(),
		Scenarios: []scenario.Scenario{rate, hold},
		Targets:   []target.Target{{ID: targetX}, {ID: targetY}},
		Placement: target.Placement{TargetCPUs: []int{0}, LoadCPUs: []int{1}, Port: 18080},
		HostLimit: plan.HostLimit{Connections: 20_000, Reason: "open files"},
	}
}

// run draws one run.
func (w *world) run(rng *rand.Rand) (plan.Plan, []trial.Record, error) {
	in := w.input
	in.Seed = rng.Uint64()
	p, err := plan.New(in)
	if err != nil {
		return p, nil, err
	}
	return p, w.records(rng, p), nil
}

// records draws a record for each slot, and one for each attempt that was rejected before it. The slots of one block and cell follow each other.
func (w *world) records(rng *rand.Rand, p plan.Plan) []trial.Record {
	records := make([]trial.Record, 0, len(p.Slots))
	for from := 0; from < len(p.Slots); {
		to := from + 1
		for to < len(p.Slots) && p.Slots[to].Block == p.Slots[from].Block && p.Slots[to].Cell == p.Slots[from].Cell {
			to++
		}
		effects := w.scenario.Noise.effects(rng, to-from, len(w.costs[p.Slots[from].Cell]))
		ran := map[string]bool{} // targets with a trial in this block and cell
		for i, slot := range p.Slots[from:to] {
			for m, extra := range w.scenario.Noise.uneven(rng, slot.Target, len(effects[i])) {
				effects[i][m] += extra
			}
			also := w.scenario.Noise.drift(float64(slot.Index) / float64(len(p.Slots)-1))
			if ran[slot.Target] { // the later one, whichever replica it is called
				also += math.Log1p(w.scenario.Noise.Again)
			}
			ran[slot.Target] = true
			rejected, lost := w.scenario.Noise.rejections(rng, p.Limits.Attempts)
			for attempt := range rejected {
				disturbed := slices.Clone(effects[i])
				raise(disturbed, outlier(rng))
				r := w.record(p, slot, disturbed, also)
				r.Attempt, r.Status = attempt+1, trial.Invalid
				records = append(records, r)
			}
			if lost {
				continue
			}
			r := w.record(p, slot, effects[i], also)
			r.Attempt = rejected + 1
			if w.scenario.Shape == claim.Threshold && slot.Target != target.NullID && rng.Float64() >= w.scenario.Truths[0].Success {
				r.Status, r.Connections.Held = trial.ServerFailed, false
			}
			records = append(records, r)
		}
		from = to
	}
	return records
}

// record is a trial in which all went well; also is added to the effects on each cost.
func (w *world) record(p plan.Plan, slot plan.Slot, effects []float64, also float64) trial.Record {
	load, _ := p.CellOf(slot)
	r := trial.Record{
		Schema: trial.Schema, Slot: slot.Index, Attempt: 1, Block: slot.Block, Cell: slot.Cell, Target: slot.Target, Replica: slot.Replica,
		Status: trial.OK, Counts: trial.Counts{Scheduled: 1000, Sent: 1000, Done: 1000},
		Connections: trial.Connections{Asked: load.Connections, Held: true},
		Metrics:     make(map[string]float64, len(effects)),
	}
	for m, c := range w.costs[slot.Cell] {
		effect := effects[m] + also
		if slot.Target == targetX {
			effect -= c.advantage
		}
		if !c.metric.LowerBetter {
			effect = -effect
		}
		r.Metrics[c.metric.ID] = c.base * math.Exp(effect)
	}
	return r
}
