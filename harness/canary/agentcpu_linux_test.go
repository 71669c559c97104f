package canary

import (
	"testing"
	"time"

	"github.com/assay-bench/assay/harness/null"
	"github.com/assay-bench/assay/harness/scenario"
)

// What a load agent does is counted as its work, however little it sleeps. Asked for more than a CPU can send it has nothing but
// work; were sending or receiving taken for idleness, the check of the agent's CPU share could not fail there. At a rate that it can
// send, a good part of its time is idle, and work and idle time are no more than a CPU.
func TestAnAwakeAgentsWorkIsSeen(t *testing.T) {
	const window = time.Second
	b := testBench(t)
	if b.Placement.TargetCPUs[0] == b.Placement.LoadCPUs[0] {
		t.Fatal("one CPU: the load agent has none of its own, and sleeps")
	}
	for _, c := range []struct {
		perSecond   float64
		least, most float64 // share of work
	}{{20_000, 0.06, 0.9}, {400_000, 0.9, 1.05}} {
		res, err := b.drive(t.Context(), null.Options{}, workload{
			mode: scenario.Rate, connections: 64, perSecond: c.perSecond, warmUp: 200 * time.Millisecond, window: window,
		})
		if err != nil {
			t.Fatal(err)
		}
		work, idle := res.AgentCPUSeconds/window.Seconds(), res.AgentAwakeSeconds/window.Seconds()
		t.Logf("%.0f requests/s: %.3f of a CPU work, %.3f awake with nothing to do", c.perSecond, work, idle)
		if work < c.least || work > c.most || work+idle > 1.05 {
			t.Errorf("%.0f requests/s: %.3f of a CPU work, %.3f awake with nothing to do; want %.2f to %.2f of work, and no more than a CPU together",
				c.perSecond, work, idle, c.least, c.most)
		}
		if idle > 0 && res.AgentUserSeconds != -1 {
			t.Errorf("user %.3f s, of which nobody knows what was idle", res.AgentUserSeconds)
		}
	}
}
