package run

import (
	"testing"

	"github.com/assay-bench/assay/harness/load"
	"github.com/assay-bench/assay/harness/plan"
	"github.com/assay-bench/assay/harness/target"
)

// A load agent stops sleeping before a send where the plan has it for the cell, alone or one of several.
func TestAgentsAreAwakeAsPlanned(t *testing.T) {
	t.Parallel()
	place := target.Placement{TargetCPUs: []int{0}, LoadCPUs: []int{1, 2}}
	for _, c := range []struct {
		agents int
		engine string
		awake  bool
	}{{1, load.Native, true}, {2, load.Native, true}, {3, load.Native, false}, {1, load.Vegeta, false}} {
		p := plan.Plan{Engine: c.engine, Agents: c.agents, Placement: place, Awake: plan.AwakeBefore}
		whole := job(p, plan.Cell{Connections: 100}, "127.0.0.1:1", plan.Slot{})
		for _, part := range split(whole, c.agents) {
			if got := part.Awake > 0; got != c.awake {
				t.Errorf("%s, %d agents on two CPUs: awake %t, want %t", c.engine, c.agents, got, c.awake)
			}
		}
	}
}
