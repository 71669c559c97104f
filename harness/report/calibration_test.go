package report

import (
	"testing"
	"time"

	"github.com/assay-bench/assay/harness/plan"
)

// What the rates were made from, with a rate that the load side was not fit for and a drive that was disturbed.
func TestCalibrationGolden(t *testing.T) {
	in := newSynthetic().input()
	in.Plan.Cells = append(in.Plan.Cells,
		plan.Cell{ID: "load/30", Scenario: "load", PercentOfCapacity: 30, RequestsPerSecond: 4800},
		plan.Cell{ID: "load/60", Scenario: "load", PercentOfCapacity: 60, RequestsPerSecond: 7700})
	in.Plan.Calibrations = []plan.Calibration{{
		Scenario: "load", WarmUp: time.Second, Window: 2 * time.Second, Slowest: goServer, Ceiling: 7700, Capped: []string{"load/60"},
		Capacities: []plan.Capacity{
			{Target: goServer, PerSecond: []float64{16_130, 16_000, 17_000}, Median: 16_130},
			{Target: rustServer, PerSecond: []float64{40_000, 41_000, 39_000}, Median: 40_000, LowerBound: true},
			{Target: "null-server", PerSecond: []float64{50_000, 50_000, 50_000}, Median: 50_000},
		},
		Proofs: []plan.Proof{{PerSecond: 9700, AgentCPU: 0.9}, {PerSecond: 7700, AgentCPU: 0.71, Fit: true}},
		Doubts: []plan.Doubt{{Scenario: "load", Target: rustServer, Repeat: 2, Why: "steal: 0.03 share, limit 0.02"}},
	}}
	golden(t, "calibration.md", render(t, Markdown, Document{Title: "Calibration", Sections: newData(in).calibrations()}))
}
