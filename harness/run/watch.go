package run

import (
	"context"
	"fmt"
	"io"
	"slices"
	"sync"

	"github.com/assay-bench/assay/harness/launch"
	"github.com/assay-bench/assay/harness/load"
	"github.com/assay-bench/assay/harness/measure"
	"github.com/assay-bench/assay/harness/probe"
)

// A watch samples target, agent and host during one trial.
type watch struct {
	cpus     []int // of the placement
	readHost func() (probe.HostSample, error)
	mu       sync.Mutex
	running  map[string]*probe.Sampler
	sources  []probe.Source
	told     map[load.Phase]bool
	usage    usage
}

// usage is what a watch saw.
type usage struct {
	samples map[string][]probe.Sample
	host    []probe.HostSample // at both ends of the window
	errs    []string
}

// startWatch begins with the target; the agent joins when it has started.
func startWatch(ctx context.Context, inst launch.Instance, cpus []int) *watch {
	w := newWatch(cpus)
	w.add(measure.TargetSource, func() (probe.Source, error) { return openSource(ctx, inst) })
	return w
}

func newWatch(cpus []int) *watch {
	return &watch{
		cpus: cpus, readHost: probe.ReadHostSample, running: map[string]*probe.Sampler{}, told: map[load.Phase]bool{},
		usage: usage{samples: map[string][]probe.Sample{}},
	}
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
	name := measure.AgentSource
	if agent > 0 {
		name = fmt.Sprintf("%s %d", measure.AgentSource, agent+1)
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

// phase reads the host's CPU counters at both ends of the window. An agent tells its phase again and again:
// only the first time is an end of the window.
func (w *watch) phase(p load.Phase) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if p != load.Measuring && p != load.Draining || w.told[p] {
		return
	}
	w.told[p] = true
	s, err := w.readHost()
	if err != nil {
		w.usage.errs = append(w.usage.errs, err.Error())
		return
	}
	w.usage.host = append(w.usage.host, s.Only(w.cpus))
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
	if len(w.usage.host) < 2 { // the window did not come to its end
		w.usage.host = nil
	}
	slices.Sort(w.usage.errs)
	return w.usage
}
