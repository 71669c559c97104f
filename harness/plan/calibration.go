package plan

import (
	"errors"
	"fmt"
	"math"
	"reflect"
	"slices"
	"time"

	"github.com/assay-bench/assay/harness/scenario"
	"github.com/assay-bench/assay/harness/target"
)

// A Calibration is how much the targets do at most over the connections of one scenario, found before the plan was fixed. A
// rate that is a share of capacity means the same on a slow machine and on a fast one; an absolute one does not.
type Calibration struct {
	Scenario   string        `json:"scenario"`
	WarmUp     time.Duration `json:"warm_up_ns"`
	Window     time.Duration `json:"window_ns"`
	Capacities []Capacity    `json:"capacities"` // of the targets in the plan's order, then of the null server
	Slowest    string        `json:"slowest"`    // target whose capacity the shares are of
	// Ceiling is what the load side may be asked for: the null server's capacity by the plan's head-room, and less where the
	// load side proved unfit for it.
	Ceiling float64 `json:"ceiling_requests_per_second"`
	Proofs  []Proof `json:"proofs"` // in the order they were made; the last one is fit
	// Capped are the cells whose rate is the ceiling and not their share.
	Capped []string `json:"capped,omitempty"`
	Doubts []Doubt  `json:"doubts,omitempty"`
}

// A Proof is a drive of the null server at the scenario's highest rate. A schedule costs the load side more than a closed loop:
// it wakes for every request. So the null server's capacity alone does not show what rate it can send.
type Proof struct {
	PerSecond float64 `json:"requests_per_second"` // as scheduled
	AgentCPU  float64 `json:"agent_cpu"`           // share of its CPUs that the load agent used
	Fit       bool    `json:"fit"`                 // that, and the share of the schedule that left, are within the plan's limits
}

// lowered is what a proof that failed leaves of its rate.
const lowered = 0.8

// Drives are what a calibration saw.
type Drives struct {
	PerSecond []float64          // of the slots of Plan.Calibrating, in their order
	Doubts    []Doubt            // about some of them
	Proofs    map[string][]Proof // by scenario, in the order they were made
}

// A Doubt is a drive that was disturbed in every attempt. Its rate counts all the same: it decides no claim.
type Doubt struct {
	Scenario string `json:"scenario"`
	Target   string `json:"target"`
	Repeat   int    `json:"repeat"` // 1-based
	Why      string `json:"why"`
}

// A Capacity is what one target did in a saturating drive.
type Capacity struct {
	Target    string    `json:"target"`
	PerSecond []float64 `json:"requests_per_second"` // right answers a second, of each repeat in the order they ran
	Median    float64   `json:"median_requests_per_second"`
	// LowerBound: the load side was near its own end, so that the target may do more.
	LowerBound bool `json:"lower_bound,omitempty"`
}

// A target is driven a few times for a few seconds each, for a rate that is rounded to two digits.
const (
	calibrationRepeats = 3
	calibrationWarmUp  = time.Second
	calibrationWindow  = 2 * time.Second
)

// Calibrating returns the plan of the drives that find the capacities: for each scenario with shares of capacity a cell of
// mode saturate, in which all targets and the null server take turns. It has no slot where nothing is to be calibrated. No
// record of it belongs to the run.
func (p Plan) Calibrating() Plan {
	c := p
	c.Cells, c.Slots, c.Blocks = calibrationCells(p.Cells), nil, calibrationRepeats
	for block := 1; block <= c.Blocks; block++ {
		for _, cell := range c.Cells {
			targets := p.TargetsIn(cell)
			for i := range targets {
				// Each repeat begins with another target, so that none is always the first.
				t := targets[(i+block-1)%len(targets)]
				c.Slots = append(c.Slots, Slot{Index: len(c.Slots), Block: block, Cell: cell.ID, Target: t.ID, Replica: 1})
			}
			c.Slots = append(c.Slots, Slot{Index: len(c.Slots), Block: block, Cell: cell.ID, Target: target.NullID, Replica: 1})
		}
	}
	return c
}

// calibrationCells has one cell for each scenario of which a cell is a share of capacity. Its ID is the scenario's.
func calibrationCells(cells []Cell) []Cell {
	var out []Cell
	for _, c := range cells {
		if c.PercentOfCapacity == 0 || slices.ContainsFunc(out, func(o Cell) bool { return o.ID == c.Scenario }) {
			continue
		}
		c.ID, c.Mode, c.RequestsPerSecond, c.PercentOfCapacity = c.Scenario, scenario.Saturate, 0, 0
		c.WarmUp, c.Window, c.Paired = calibrationWarmUp, calibrationWindow, false
		out = append(out, c)
	}
	return out
}

// calibrationTime is how long the drives take that these cells need.
func (p Plan) calibrationTime(cells []Cell) time.Duration {
	var sum time.Duration
	for _, c := range calibrationCells(cells) {
		sum += time.Duration(calibrationRepeats*(len(p.TargetsIn(c))+1)+1) * p.SlotTime(c)
	}
	return sum
}

// Uncalibrated tells whether a cell's rate is still to be found.
func (p Plan) Uncalibrated() bool {
	return slices.ContainsFunc(p.Cells, func(c Cell) bool { return c.PercentOfCapacity > 0 && c.RequestsPerSecond == 0 })
}

// Calibrate gives the cells that are a share of capacity their rates. The error says what was not measured.
func (p Plan) Calibrate(d Drives) (Plan, error) {
	drives := p.Calibrating()
	if len(d.PerSecond) != len(drives.Slots) {
		return Plan{}, fmt.Errorf("%d rates for %d calibrating drives", len(d.PerSecond), len(drives.Slots))
	}
	p.Cells = slices.Clone(p.Cells)
	p.Calibrations = nil
	for _, cell := range drives.Cells {
		c := Calibration{Scenario: cell.Scenario, WarmUp: cell.WarmUp, Window: cell.Window, Proofs: d.Proofs[cell.Scenario]}
		for _, id := range append(IDs(p.TargetsIn(cell)), target.NullID) {
			found := Capacity{Target: id}
			for i, s := range drives.Slots {
				if s.Cell == cell.ID && s.Target == id {
					found.PerSecond = append(found.PerSecond, d.PerSecond[i])
				}
			}
			if found.Median = median(found.PerSecond); !(found.Median > 0) {
				return Plan{}, fmt.Errorf("scenario %s: %s gave no right answer in %d drives, so that it has no capacity to take a share of", cell.Scenario, id, len(found.PerSecond))
			}
			c.Capacities = append(c.Capacities, found)
		}
		for _, d := range d.Doubts {
			if d.Scenario == c.Scenario {
				c.Doubts = append(c.Doubts, d)
			}
		}
		if err := c.set(p.Cells, p.Limits.Headroom); err != nil {
			return Plan{}, err
		}
		p.Calibrations = append(p.Calibrations, c)
	}
	return p, nil
}

// set finds the slowest target, holds all against the null server, and gives the cells of the scenario their rates.
func (c *Calibration) set(cells []Cell, headroom float64) error {
	null := c.Capacities[len(c.Capacities)-1].Median
	targets := c.Capacities[:len(c.Capacities)-1]
	c.Ceiling = readable(null/headroom, math.Floor)
	for _, p := range c.Proofs {
		if !p.Fit {
			c.Ceiling = min(c.Ceiling, readable(lowered*p.PerSecond, math.Floor))
		}
	}
	slowest := targets[0]
	for i := range targets {
		targets[i].LowerBound = null < headroom*targets[i].Median
		if targets[i].Median < slowest.Median {
			slowest = targets[i]
		}
	}
	c.Slowest = slowest.Target
	for i := range cells {
		if cells[i].Scenario != c.Scenario {
			continue
		}
		rate := readable(slowest.Median*float64(cells[i].PercentOfCapacity)/100, math.Round)
		if rate > c.Ceiling {
			rate = c.Ceiling
			c.Capped = append(c.Capped, cells[i].ID)
		}
		if rate < 1 {
			return fmt.Errorf("cell %s: %d %% of what %s does is less than one request a second; raise the share", cells[i].ID, cells[i].PercentOfCapacity, slowest.Target)
		}
		cells[i].RequestsPerSecond = rate
	}
	return nil
}

// CheckRates reports the first cell whose rate does not follow from the plan's own calibration, or what of a calibration does not
// follow from the rates and proofs that it was made from.
func (p Plan) CheckRates() error {
	for _, c := range p.Cells {
		if c.PercentOfCapacity > 0 && !slices.ContainsFunc(p.Calibrations, func(made Calibration) bool { return made.Scenario == c.Scenario }) {
			return fmt.Errorf("cell %s is a share of capacity, and the plan has no calibration of it", c.ID)
		}
	}
	if len(p.Calibrations) == 0 {
		return nil
	}
	for _, c := range p.Calibrations {
		for _, proof := range c.Proofs {
			if proof.Fit && proof.AgentCPU > p.Limits.AgentCPU {
				return fmt.Errorf("the calibration of %s has the load side fit at %.3g of its CPUs, above the limit of %g", c.Scenario, proof.AgentCPU, p.Limits.AgentCPU)
			}
		}
	}
	again, err := p.Calibrate(p.drives())
	if err != nil {
		return err
	}
	for i, c := range p.Cells {
		if want := again.Cells[i].RequestsPerSecond; c.RequestsPerSecond != want {
			return fmt.Errorf("cell %s has %g requests/s, its calibration gives %g", c.ID, c.RequestsPerSecond, want)
		}
	}
	if !reflect.DeepEqual(again.Calibrations, p.Calibrations) {
		return errors.New("a calibration's medians, slowest target, bounds, ceiling or caps are not those of its own drives and proofs")
	}
	return nil
}

// Proving returns the calibrated plan with the one slot that proves the load side on a scenario: the null server at the
// highest rate.
func (p Plan) Proving(scenario string) Plan {
	var highest Cell
	for _, c := range p.Cells {
		if c.Scenario == scenario && c.PercentOfCapacity > highest.PercentOfCapacity {
			highest = c
		}
	}
	highest.WarmUp, highest.Window = calibrationWarmUp, calibrationWindow
	p.Cells, p.Slots, p.Blocks = []Cell{highest}, []Slot{{Block: 1, Cell: highest.ID, Target: target.NullID, Replica: 1}}, 1
	return p
}

// drives are what the recorded calibrations saw.
func (p Plan) drives() Drives {
	out := Drives{Proofs: map[string][]Proof{}}
	for _, c := range p.Calibrations {
		out.Proofs[c.Scenario] = c.Proofs
		out.Doubts = append(out.Doubts, c.Doubts...)
	}
	for _, s := range p.Calibrating().Slots {
		for _, c := range p.Calibrations {
			for _, of := range c.Capacities {
				if c.Scenario == s.Cell && of.Target == s.Target && s.Block <= len(of.PerSecond) {
					out.PerSecond = append(out.PerSecond, of.PerSecond[s.Block-1])
				}
			}
		}
	}
	return out
}

// readable keeps two digits of a rate: 4,837 becomes 4,800.
func readable(v float64, round func(float64) float64) float64 {
	if v < 10 {
		return round(v)
	}
	step := math.Pow(10, math.Floor(math.Log10(v))-1)
	return round(v/step) * step
}

func median(values []float64) float64 {
	if len(values) == 0 {
		return 0
	}
	v := slices.Sorted(slices.Values(values))
	half := len(v) / 2
	if len(v)%2 == 1 {
		return v[half]
	}
	return (v[half-1] + v[half]) / 2
}
