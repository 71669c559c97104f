package measure

import (
	"slices"
	"time"

	"github.com/assay-bench/assay/harness/probe"
)

// Names of the sampled sources, in samples.jsonl. Further agents are "agent 2" and so on.
const (
	TargetSource = "target"
	AgentSource  = "agent"
)

// peakMemory is the target's largest resident size in the trial, in bytes; 0 if not known.
func (r Raw) peakMemory() int64 {
	var peak int64
	for _, s := range r.Samples[TargetSource] {
		peak = max(peak, s.ResidentBytes)
	}
	return peak
}

// troubles adds up what held target or agent back over the window. -1: no side tells.
func (r Raw) troubles(from, to time.Time) probe.Changes {
	sum := probe.Changes{Throttled: -1, OOMKills: -1, PressureStalled: -1}
	for _, name := range []string{TargetSource, AgentSource} {
		c, ok := probe.Delta(r.Samples[name], from, to)
		if !ok {
			continue
		}
		if c.Throttled >= 0 {
			sum.Throttled = max(0, sum.Throttled) + c.Throttled
		}
		if c.OOMKills >= 0 {
			sum.OOMKills = max(0, sum.OOMKills) + c.OOMKills
		}
		if c.PressureStalled >= 0 {
			sum.PressureStalled = max(0, sum.PressureStalled) + c.PressureStalled
		}
	}
	return sum
}

// steal is the share of the placement's CPU time over the window that the hypervisor gave to others; -1 if not known.
func (o observation) steal() float64 {
	host := o.Seen.Host
	if len(host) < 2 {
		return -1
	}
	return probe.Steal(slices.Concat(o.place.targetCPUs, o.place.loadCPUs), host[0], host[len(host)-1])
}
