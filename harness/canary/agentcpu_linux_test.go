package canary

import (
	"testing"
	"time"

	"github.com/assay-bench/assay/harness/null"
	"github.com/assay-bench/assay/harness/scenario"
)

// What a load agent does is counted as its work, however little it sleeps. Were its sending taken for idleness, 6 to 7 % of its CPU
// time would count as work at this rate, where it is 22 to 32 %. Shares are of the CPU time that it had: other tests may take
// some of its CPU.
func TestAnAwakeAgentsWorkIsSeen(t *testing.T) {
	const (
		window = 2 * time.Second
		least  = 0.10
	)
	b := testBench(t)
	if b.Placement.TargetCPUs[0] == b.Placement.LoadCPUs[0] {
		t.Fatal("one CPU: the load agent has none of its own, and sleeps")
	}
	res, err := b.drive(t.Context(), null.Options{}, workload{
		mode: scenario.Rate, connections: 64, perSecond: 20_000, warmUp: 500 * time.Millisecond, window: window,
	})
	if err != nil {
		t.Fatal(err)
	}
	work, idle := res.AgentCPUSeconds/window.Seconds(), res.AgentAwakeSeconds/window.Seconds()
	t.Logf("%.3f of a CPU work, %.3f awake with nothing to do", work, idle)
	if share := work / (work + idle); !(share >= least && share <= 1) || idle <= 0 || work+idle > 1.05 {
		t.Errorf("%.3f of a CPU work, %.3f awake with nothing to do; want a share of work of %.2f or more, and no more than a CPU together", work, idle, least)
	}
	if res.AgentUserSeconds != -1 {
		t.Errorf("user %.3f s, of which nobody knows what was idle", res.AgentUserSeconds)
	}
}
