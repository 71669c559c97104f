package measure

import (
	"fmt"
	"slices"
	"time"

	"github.com/assay-bench/assay/harness/probe"
	"github.com/assay-bench/assay/harness/trial"
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

// overran tells whether a plain process used more than its placement allows: its memory is watched, not limited.
func (o observation) overran() bool {
	return o.place.runtime == "process" && o.place.memoryBytes > 0 && o.peakMemory() > o.place.memoryBytes
}

// outOfMemory tells whether the server had to do with less memory than it wanted; nil where nothing says so. An engine says of a
// container whether the kernel killed it for that; of a plain process that was killed nobody knows why.
func (o observation) outOfMemory() *bool {
	short := o.overran() || o.Seen.Exit != nil && o.Seen.Exit.OOMKilled
	switch {
	case o.Seen.Failure != "" || o.cell.Mode == "build":
		return nil
	case short || o.place.runtime != "process":
		return &short
	case o.Seen.Exit != nil || o.place.memoryBytes <= 0 || o.peakMemory() == 0:
		return nil
	}
	return &short
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

// foreign records how much of the target's CPUs others used, with a doubt where it was much. The host counts in ticks, so that a few per
// cent are nothing, and whatever is below 0 is 0. Where the load side has those CPUs too, its share is known and not told apart.
func (o observation) foreign(rec *trial.Record) {
	host, cpus, limit := o.Seen.Host, o.place.targetCPUs, o.limits.ForeignCPU
	if limit == 0 || len(host) < 2 || slices.ContainsFunc(cpus, func(cpu int) bool { return slices.Contains(o.place.loadCPUs, cpu) }) {
		return
	}
	worked := probe.Worked(cpus, host[0], host[len(host)-1])
	if worked < 0 {
		return
	}
	share := max(0, worked-rec.Metrics[trial.TargetCPUShare])
	if rec.Metrics[trial.ForeignCPUShare] = share; share > limit {
		rec.Warnings = append(rec.Warnings, trial.Warning{Code: "foreign-cpu",
			Detail: fmt.Sprintf("others used %.0f %% of the server's CPUs", 100*share)})
	}
}

// steal is the share of the placement's CPU time over the window that the hypervisor gave to others; -1 if not known.
func (o observation) steal() float64 {
	host := o.Seen.Host
	if len(host) < 2 {
		return -1
	}
	return probe.Steal(slices.Concat(o.place.targetCPUs, o.place.loadCPUs), host[0], host[len(host)-1])
}
