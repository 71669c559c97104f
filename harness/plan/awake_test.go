package plan

import (
	"testing"
	"time"

	"github.com/assay-bench/assay/harness/scenario"
	"github.com/assay-bench/assay/harness/target"
)

// On a CPU that the server has too, an agent that is awake would take the server's time; on another agent's, that one's.
func TestOnlyAnAgentWithCPUsOfItsOwnStaysAwake(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		engine        string
		agents        int
		targets, load []int
		want          time.Duration
	}{
		{"native", 0, []int{0}, []int{1}, AwakeBefore},
		{"native", 1, []int{0}, []int{1}, AwakeBefore},
		{"native", 2, []int{0}, []int{1, 2}, AwakeBefore},
		{"native", 2, []int{0}, []int{1}, 0},
		{"native", 1, []int{0}, []int{0}, 0},
		{"native", 1, []int{0, 1}, []int{1, 2}, 0},
		{"native", 1, []int{0}, nil, 0},
		{"vegeta", 1, []int{0}, []int{1}, 0},
	} {
		if got := Awake(c.engine, c.agents, target.Placement{TargetCPUs: c.targets, LoadCPUs: c.load}); got != c.want {
			t.Errorf("%s, %d agents, server on %v, load on %v: %v, want %v", c.engine, c.agents, c.targets, c.load, got, c.want)
		}
	}
}

// A cell may have another engine, more agents or a database on the load's CPU. An older plan's cells sleep, as they did.
func TestCellsThatSleepUntilASend(t *testing.T) {
	t.Parallel()
	place := target.Placement{TargetCPUs: []int{0}, LoadCPUs: []int{1}}
	withDatabase := place
	withDatabase.DatabaseCPUs = []int{1}
	awake, older := Plan{Engine: "native", Placement: place, Awake: AwakeBefore}, Plan{Engine: "native", Placement: place}
	limit := Plan{Engine: "native", Placement: place, Awake: AwakeBefore, AwakeAtLimit: true}
	beside := Plan{Engine: "native", Placement: withDatabase, Awake: AwakeBefore}
	for _, c := range []struct {
		name string
		plan Plan
		cell Cell
		want time.Duration
	}{
		{"as planned", awake, Cell{Connections: 10}, AwakeBefore},
		{"before decision 21", older, Cell{Connections: 10}, 0},
		{"by vegeta", awake, Cell{Connections: 10, Engine: "vegeta"}, 0},
		{"more than one agent holds", awake, Cell{Connections: AgentConnections + 1}, 0},
		{"a database beside it", beside, Cell{Connections: 10, PoolSize: 4}, 0},
		{"a database beside others", beside, Cell{Connections: 10}, AwakeBefore},
		{"at a server's limit", limit, Cell{Mode: scenario.Saturate, Connections: 10}, AwakeBefore},
		{"at a server's limit, before decision 24", awake, Cell{Mode: scenario.Saturate, Connections: 10}, 0},
		{"waiting on purpose", limit, Cell{Mode: scenario.InFlight, Connections: 10}, 0},
	} {
		if got := c.plan.AwakeOf(c.cell); got != c.want {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}
