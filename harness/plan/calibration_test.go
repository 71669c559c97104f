package plan

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/assay-bench/assay/harness/scenario"
	"github.com/assay-bench/assay/harness/target"
)

func calibratable() Plan {
	return Plan{
		Limits: DefaultLimits(), Targets: []target.Target{{ID: "quick"}, {ID: "slow"}}, Blocks: 5,
		Cells: []Cell{
			{ID: "load/30", Scenario: "load", Mode: "rate", Connections: 64, PercentOfCapacity: 30},
			{ID: "rate/6000", Scenario: "rate", Mode: "rate", Connections: 64, RequestsPerSecond: 6000},
			{ID: "load/60", Scenario: "load", Mode: "rate", Connections: 64, PercentOfCapacity: 60},
		},
	}
}

func TestCalibrating(t *testing.T) {
	p := calibratable()
	drives := p.Calibrating()
	var order []string
	for i, s := range drives.Slots {
		if s.Index != i || s.Cell != "load" {
			t.Errorf("slot %d: %+v", i, s)
		}
		order = append(order, s.Target)
	}
	if want := strings.Fields("quick slow null-server slow quick null-server quick slow null-server"); !slices.Equal(order, want) {
		t.Errorf("order %q, want %q", order, want)
	}
	if c := drives.Cells; len(c) != 1 || c[0].Mode != "saturate" || c[0].PercentOfCapacity != 0 || c[0].Connections != 64 {
		t.Errorf("cells %+v", c)
	}
	if !p.Uncalibrated() || len(p.Cells) != 3 || p.Cells[0].Mode != "rate" {
		t.Errorf("the plan itself was changed: %+v", p.Cells)
	}
	p.Cells = p.Cells[1:2]
	if got := p.Calibrating(); len(got.Slots) != 0 || p.Uncalibrated() {
		t.Errorf("absolute rates are calibrated: %+v", got.Slots)
	}
}

// The rates in the order of TestCalibrating: quick 40,000, slow 16,130 in the median.
func seenDrives(null float64, proofs ...Proof) Drives {
	return Drives{PerSecond: []float64{40_000, 16_130, null, 16_000, 41_000, null, 39_000, 17_000, null}, Proofs: map[string][]Proof{"load": proofs}}
}

func TestCalibrate(t *testing.T) {
	for name, c := range map[string]struct {
		in         Drives
		low, high  float64
		capped     string
		lowerBound bool
	}{
		"room":                     {seenDrives(100_000, Proof{PerSecond: 9700, AgentCPU: 0.5, Fit: true}), 4800, 9700, "", false},
		"an unfit load side":       {seenDrives(100_000, Proof{PerSecond: 9700, AgentCPU: 0.9}, Proof{PerSecond: 7700, AgentCPU: 0.7, Fit: true}), 4800, 7700, "load/60", false},
		"lowered twice":            {seenDrives(100_000, Proof{PerSecond: 9700}, Proof{PerSecond: 7700}, Proof{PerSecond: 6100, Fit: true}), 4800, 6100, "load/60", false},
		"a null server near quick": {seenDrives(50_000, Proof{PerSecond: 9700, Fit: true}), 4800, 9700, "", true},
		"a slow null server":       {seenDrives(12_000, Proof{PerSecond: 8000, Fit: true}), 4800, 8000, "load/60", true},
	} {
		got, err := calibratable().Calibrate(c.in)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		made := got.Calibrations[0]
		if got.Cells[0].RequestsPerSecond != c.low || got.Cells[2].RequestsPerSecond != c.high || got.Cells[1].RequestsPerSecond != 6000 {
			t.Errorf("%s: rates %v, %v", name, got.Cells[0].RequestsPerSecond, got.Cells[2].RequestsPerSecond)
		}
		if made.Slowest != "slow" || made.Capacities[1].Median != 16_130 || strings.Join(made.Capped, " ") != c.capped || made.Capacities[0].LowerBound != c.lowerBound {
			t.Errorf("%s: %+v", name, made)
		}
		if err := got.CheckRates(); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		got.Cells[2].RequestsPerSecond++
		if err := got.CheckRates(); err == nil || !strings.Contains(err.Error(), "load/60") {
			t.Errorf("%s: a changed rate passes: %v", name, err)
		}
	}
}

func TestCalibrateRefuses(t *testing.T) {
	dead := seenDrives(100_000)
	for _, i := range []int{1, 3, 7} {
		dead.PerSecond[i] = 0
	}
	crawling := seenDrives(100_000)
	for _, i := range []int{1, 3, 7} {
		crawling.PerSecond[i] = 1
	}
	short := seenDrives(100_000)
	short.PerSecond = short.PerSecond[1:]
	for want, in := range map[string]Drives{"slow gave no right answer": dead, "less than one request": crawling, "8 rates for 9": short} {
		if _, err := calibratable().Calibrate(in); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %q", err, want)
		}
	}
	if err := calibratable().CheckRates(); err == nil {
		t.Error("a plan without its calibration passes")
	}
}

func TestReadable(t *testing.T) {
	p := calibratable()
	in := seenDrives(100_000, Proof{Fit: true})
	for _, c := range []struct{ slow, low float64 }{{16_130, 4800}, {333, 100}, {30, 9}, {3_333_333, 66_000}} {
		for _, i := range []int{1, 3, 7} {
			in.PerSecond[i] = c.slow
		}
		in.PerSecond[0], in.PerSecond[4], in.PerSecond[6] = 4e6, 4e6, 4e6
		got, err := p.Calibrate(in)
		if err != nil || got.Cells[0].RequestsPerSecond != c.low {
			t.Errorf("30 %% of %v: %v, %v", c.slow, got.Cells[0].RequestsPerSecond, err)
		}
	}
}

// A cell with a share of capacity comes from its scenario without a rate, takes the time of the drives from the budget, and
// the null server is at the highest share alone. Another engine than the native one leaves it out.
func TestSharesInAPlan(t *testing.T) {
	in := input()
	in.Engine = nativeEngine
	load := in.Scenarios[1]
	load.ID, load.Cells = "load", []scenario.Cell{{ID: "load/30", Connections: 64, PercentOfCapacity: 30}, {ID: "load/60", Connections: 64, PercentOfCapacity: 60}}
	in.Scenarios = append(in.Scenarios, load)
	without := mustPlan(t, in)
	in.Profile.Cells = append(in.Profile.Cells, "load/30", "load/60")
	p := mustPlan(t, in)
	for cell, want := range map[string]int{"load/30": 0, "load/60": 2} {
		c, ok := p.Cell(cell)
		if _, null := p.Trials(cell); !ok || null != want || c.RequestsPerSecond != 0 {
			t.Errorf("%s: %+v, %d trials of the null server", cell, c, null)
		}
	}
	slots := 0 * time.Second
	for _, id := range []string{"load/30", "load/60"} {
		c, _ := p.Cell(id)
		n, _ := p.Trials(id)
		slots += time.Duration(n) * p.SlotTime(c)
	}
	drives := p.Calibrating()
	more := p.Expected - without.Expected - withRetries(slots)
	if want := time.Duration(len(drives.Slots)+1) * p.SlotTime(drives.Cells[0]); (more - want).Abs() > time.Microsecond { // fractions of a nanosecond
		t.Errorf("the drives are planned with %v, want %v", more, want)
	}
	in.Engine = "vegeta"
	p = mustPlan(t, in)
	if _, ok := p.Cell("load/30"); ok || !slices.ContainsFunc(p.CellsLeftOut, func(l CellLeftOut) bool { return l.Cell == "load/30" && strings.Contains(l.Why, "native") }) {
		t.Errorf("left out: %+v", p.CellsLeftOut)
	}
}
