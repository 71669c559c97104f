package run

import (
	"context"
	"fmt"
	"io"
	"slices"
	"sync"
	"time"

	"github.com/assay-bench/assay/harness/launch"
	"github.com/assay-bench/assay/harness/load"
	"github.com/assay-bench/assay/harness/probe"
)

// Names of the sampled sources, in samples.jsonl.
const (
	targetSource = "target"
	agentSource  = "agent"
)

// A watch samples target, agent and host during one trial.
type watch struct {
	place   placed
	mu      sync.Mutex
	running map[string]*probe.Sampler
	sources []probe.Source
	hosts   []probe.HostSample // first at the window's start, last at its end
	usage   usage
}

// usage is what a watch saw.
type usage struct {
	samples    map[string][]probe.Sample
	steal      float64 // share of the CPUs' time over the window
	stealKnown bool
	errs       []string
}

// startWatch begins with the target; the agent joins when it has started.
func startWatch(ctx context.Context, inst launch.Instance, place placed) *watch {
	w := &watch{place: place, running: map[string]*probe.Sampler{}, usage: usage{samples: map[string][]probe.Sample{}}}
	w.add(targetSource, func() (probe.Source, error) { return openSource(ctx, inst) })
	return w
}

// A statsStreamer is an instance whose engine can tell what it uses, for hosts on which
// its process is out of reach.
type statsStreamer interface {
	StatsStream(ctx context.Context) (io.ReadCloser, error)
}

// openSource prefers /proc and cgroup files, and falls back to the engine's own numbers.
func openSource(ctx context.Context, inst launch.Instance) (probe.Source, error) {
	if inst.PID() != 0 {
		return probe.Open(inst.PID(), inst.ContainerID())
	}
	s, ok := inst.(statsStreamer)
	if !ok {
		return nil, fmt.Errorf("the target's process is out of reach and its launcher has no numbers of its own")
	}
	stream, err := s.StatsStream(ctx)
	if err != nil {
		return nil, err
	}
	return probe.NewDockerStats(stream), nil
}

func (w *watch) agentStarted(agent, pid int, containerID string) {
	if pid == 0 {
		return // the agent reports its own CPU time; only throttling stays unknown
	}
	name := agentSource
	if agent > 0 {
		name = fmt.Sprintf("%s %d", agentSource, agent+1)
	}
	w.add(name, func() (probe.Source, error) { return probe.Open(pid, containerID) })
}

func (w *watch) add(name string, open func() (probe.Source, error)) {
	w.mu.Lock()
	defer w.mu.Unlock()
	source, err := open()
	if err != nil {
		w.usage.errs = append(w.usage.errs, fmt.Sprintf("%s is not sampled: %v", name, err))
		return
	}
	w.sources = append(w.sources, source)
	w.running[name] = probe.StartSampler(map[string]probe.Source{name: source}, probe.DefaultInterval, probe.SystemTicker)
}

// phase reads the host's CPU counters at both ends of the window.
func (w *watch) phase(p load.Phase) {
	if p != load.Measuring && p != load.Draining {
		return
	}
	s, err := probe.ReadHostSample()
	w.mu.Lock()
	defer w.mu.Unlock()
	if err != nil {
		w.usage.errs = append(w.usage.errs, err.Error())
		return
	}
	w.hosts = append(w.hosts, s)
}

// stop ends the samplers and returns what was seen.
func (w *watch) stop() usage {
	w.mu.Lock()
	defer w.mu.Unlock()
	for name, s := range w.running {
		w.usage.samples[name] = s.Stop()[name]
		if f, bad := s.Failures()[name]; bad && !f.Gone {
			w.usage.errs = append(w.usage.errs, fmt.Sprintf("%s: %d samples are missing: %v", name, f.Count, f.First))
		}
	}
	for _, s := range w.sources {
		if err := probe.Close(s); err != nil {
			w.usage.errs = append(w.usage.errs, err.Error())
		}
	}
	if n := len(w.hosts); n >= 2 {
		cpus := slices.Concat(w.place.targetCPUs, w.place.loadCPUs)
		w.usage.steal = probe.Steal(cpus, w.hosts[0], w.hosts[n-1])
		w.usage.stealKnown = w.usage.steal >= 0
	}
	slices.Sort(w.usage.errs)
	return w.usage
}

// peakMemory is the target's largest resident size in the trial, in bytes; 0 if not known.
func (u usage) peakMemory() int64 {
	var peak int64
	for _, s := range u.samples[targetSource] {
		peak = max(peak, s.ResidentBytes)
	}
	return peak
}

// troubles adds up what held target or agent back over the window. -1: no side tells.
func (u usage) troubles(from, to time.Time) probe.Changes {
	sum := probe.Changes{Throttled: -1, OOMKills: -1, PressureStalled: -1}
	for _, name := range []string{targetSource, agentSource} {
		c, ok := probe.Delta(u.samples[name], from, to)
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
