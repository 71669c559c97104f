package canary

import (
	"testing"
	"time"

	"github.com/assay-bench/assay/harness/null"
	"github.com/assay-bench/assay/harness/scenario"
)

// What a load agent does is counted as its work, however little it sleeps: a request takes a write and a read, some microseconds
// of CPU time. Were the sending taken for idleness, the check of the agent's CPU share could not fail.
func TestAnAwakeAgentsWorkIsSeen(t *testing.T) {
	const (
		perSecond  = 20_000
		aRequestUS = 3.0
		window     = 2 * time.Second
	)
	b := testBench(t)
	if b.Placement.TargetCPUs[0] == b.Placement.LoadCPUs[0] {
		t.Fatal("one CPU: the load agent has none of its own, and sleeps")
	}
	res, err := b.drive(t.Context(), null.Options{}, workload{mode: scenario.Rate, connections: 64, perSecond: perSecond, warmUp: 500 * time.Millisecond, window: window})
	if err != nil {
		t.Fatal(err)
	}
	if res.AgentAwakeSeconds <= 0 || res.AgentUserSeconds != -1 {
		t.Errorf("awake with nothing to do for %.3f s, user %.3f s", res.AgentAwakeSeconds, res.AgentUserSeconds)
	}
	share := res.AgentCPUSeconds / window.Seconds()
	if floor := perSecond * aRequestUS / 1e6; share < floor || share+res.AgentAwakeSeconds/window.Seconds() > 1.05 {
		t.Errorf("CPU share %.3f of work, %.3f awake with nothing to do; want %.3f of work at least, and no more than a CPU together",
			share, res.AgentAwakeSeconds/window.Seconds(), floor)
	}
	t.Logf("CPU share %.3f of work, %.3f awake with nothing to do", share, res.AgentAwakeSeconds/window.Seconds())
}
