package report

import (
	"strings"
	"testing"

	"github.com/assay-bench/assay/harness/plan"
	"github.com/assay-bench/assay/harness/scenario"
	"github.com/assay-bench/assay/harness/target"
)

// Who drove the cells is said with the number of agents, and that agents without a CPU each sleep: as the plan has it, which the run follows.
func TestSeveralLoadAgentsAreSaid(t *testing.T) {
	t.Parallel()
	cells := []plan.Cell{
		{ID: "start/idle", Mode: scenario.Start},
		{ID: "rate/100", Mode: scenario.Rate, Connections: 64}, {ID: "saturate/64", Mode: scenario.Saturate, Connections: 64},
		{ID: "rate/100-by-vegeta", CrossCheck: "rate/100", Mode: scenario.Rate, Connections: 64, Engine: "vegeta"},
	}
	large := append([]plan.Cell{{ID: "hold/host-limit", Mode: scenario.Hold, Connections: 2*plan.AgentConnections + 1}}, cells...)
	for _, c := range []struct {
		name       string
		engine     string
		agents     int
		load       []int
		cells      []plan.Cell
		loaded     string
		rule       string
		without    string
		alsoAsleep bool
	}{
		{"one", "native", 0, []int{1}, cells, "loaded by native", "In an open loop the load agent stops sleeping", "each load agent", false},
		{"one, by vegeta", "vegeta", 0, []int{1}, cells, "loaded by vegeta", "The load agent sleeps until a request is due.", "agents", false},
		{"two on one CPU", "native", 2, []int{1}, cells, "loaded by native in 2 agents",
			"The load agents sleep until a request is due. There are more of them than the 1 CPU that they share, so none stays awake", "stops sleeping", false},
		{"two on two CPUs", "native", 2, []int{1, 2}, cells, "loaded by native in 2 agents", "In an open loop each load agent stops sleeping", "none stays awake", false},
		{"two on the server's CPUs", "native", 2, []int{0, 1}, cells, "loaded by native in 2 agents", "The load agents sleep until a request is due.", "none stays awake", false},
		{"as many as it takes", "native", 0, []int{1}, large, "loaded by native in 1 to 3 agents", "In an open loop each load agent stops sleeping", "none stays awake", true},
	} {
		place := target.Placement{TargetCPUs: []int{0}, LoadCPUs: c.load}
		d := &data{Input: Input{Plan: plan.Plan{
			Runtime: "process", Engine: c.engine, Agents: c.agents, Placement: place, Cells: c.cells, Awake: plan.Awake(c.engine, c.agents, place),
		}}}
		if got := d.how(); got != "as plain processes, "+c.loaded {
			t.Errorf("%s: %s", c.name, got)
		}
		got := written(t, d.awakeRule())
		if !strings.Contains(got, c.rule) || strings.Contains(got, c.without) ||
			strings.Contains(got, "In hold/host-limit, rate/100-by-vegeta it sleeps until a request is due: ") != c.alsoAsleep {
			t.Errorf("%s: %s", c.name, got)
		}
	}
}
