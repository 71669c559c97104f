package main

import (
	"fmt"
	"runtime"
	"slices"

	"github.com/assay-bench/assay/harness/load"
	"github.com/assay-bench/assay/harness/plan"
	"github.com/assay-bench/assay/harness/probe"
	"github.com/assay-bench/assay/harness/target"
)

// reservedFiles are what a process needs beside its connections: listener, epoll, logs, the
// runtime's own.
const reservedFiles = 500

// makePlacement decides once where targets and load run, for all of them alike.
func makePlacement(f runFlags) (target.Placement, error) {
	h := probe.ReadHost()
	p := target.Placement{MemoryBytes: memoryLimit(f.memoryMiB, h.MemoryBytes), OpenFiles: wantedFiles(f.agents), Port: f.port}
	if h.OpenFilesHard > 0 {
		p.OpenFiles = min(p.OpenFiles, int(h.OpenFilesHard))
	}
	if err := f.check(); err != nil {
		return p, err
	}
	cpus := h.UsableCPUs
	if len(cpus) == 0 {
		cpus = make([]int, runtime.NumCPU()) // no affinity on this system: numbers are all we have
		for i := range cpus {
			cpus[i] = i
		}
	}
	var err error
	p.TargetCPUs, p.LoadCPUs, err = splitCPUs(cpus, f.targetCPUs, f.loadCPUs)
	p.DatabaseCPUs = databaseCPUs(p.LoadCPUs)
	return p, err
}

// memoryLimit is what was asked for, and never more than half of the host's memory.
func memoryLimit(miB int, host int64) int64 {
	limit := int64(miB) << 20
	if host > 0 {
		limit = min(limit, host/2)
	}
	return limit
}

// splitCPUs gives a third of the CPUs, four at most, to the target and the rest to the
// load, which has to be the faster side. One CPU is shared by both.
func splitCPUs(cpus []int, wantTarget, wantLoad string) (forTarget, forLoad []int, err error) {
	if len(cpus) == 1 {
		forTarget, forLoad = cpus, cpus
	} else {
		n := max(1, min(4, len(cpus)/3))
		forTarget, forLoad = cpus[:n], cpus[n:]
	}
	for _, choice := range []struct {
		flag, text string
		to         *[]int
	}{{"--target-cpus", wantTarget, &forTarget}, {"--load-cpus", wantLoad, &forLoad}} {
		if choice.text == "" {
			continue
		}
		list, err := probe.ParseCPUList(choice.text)
		if err != nil {
			return nil, nil, fmt.Errorf("%s %s: %w", choice.flag, choice.text, err)
		}
		for _, cpu := range list {
			if !slices.Contains(cpus, cpu) {
				return nil, nil, fmt.Errorf("%s %s: this process may use CPUs %s", choice.flag, choice.text, probe.FormatCPUList(cpus))
			}
		}
		*choice.to = list
	}
	if len(cpus) > 1 && slices.ContainsFunc(forTarget, func(cpu int) bool { return slices.Contains(forLoad, cpu) }) {
		return nil, nil, fmt.Errorf("CPUs %s for the server and %s for the load overlap; name both with --target-cpus and --load-cpus",
			probe.FormatCPUList(forTarget), probe.FormatCPUList(forLoad))
	}
	return forTarget, forLoad, nil
}

// wantedFiles is asked for where the host allows it: the load side's bound plus room.
func wantedFiles(agents int) int { return loadLimit(agents) + reservedFiles }

// loadLimit is how many connections so many agents hold; one, unless more are asked for.
func loadLimit(agents int) int { return plan.AgentConnections * max(1, agents) }

// hostLimit is how many connections one server may hold here, and what sets that.
func hostLimit(p target.Placement, agents int) plan.HostLimit {
	byFiles, byLoad := max(0, p.OpenFiles-reservedFiles), loadLimit(agents)
	if byFiles < byLoad {
		return plan.HostLimit{Connections: byFiles, Reason: fmt.Sprintf("open files: %d a process, less %d for its own use; a higher ulimit -Hn allows more", p.OpenFiles, reservedFiles)}
	}
	return plan.HostLimit{Connections: byLoad, Reason: fmt.Sprintf("load side: an agent is driven with at most %d connections; --agents allows more", plan.AgentConnections)}
}

// otherEngine is what a cell can be measured with a second time.
func otherEngine(engine string) string {
	switch {
	case engine == load.Native:
		return load.Vegeta
	case runtime.GOOS == "linux":
		return load.Native
	}
	return ""
}

func makePlan(in inputs, f runFlags, runtimeName string) (plan.Plan, error) {
	place, err := makePlacement(f)
	if err != nil {
		return plan.Plan{}, err
	}
	profile, err := in.profile(f.profile)
	if err != nil {
		return plan.Plan{}, err
	}
	limit := hostLimit(place, f.agents)
	p, err := plan.New(plan.Input{
		Version: version, Article: in.article, Seed: f.seed, Runtime: runtimeName, Engine: f.engine, Profile: profile, Profiles: in.profiles, Ledger: in.ledger, Cost: in.cost,
		Scenarios: in.scenarios, Targets: in.targets, Placement: place, HostLimit: limit,
		OtherEngine: otherEngine(f.engine), NoCanaries: f.noCanaries, NoDatabase: in.noDatabase, Unmeasured: unmeasured(runtimeName, in.targets, installed), Agents: f.agents, Only: f.only, Budget: f.budget, Blocks: f.blocks,
	})
	if err != nil && limit.Connections == 0 {
		return p, fmt.Errorf("%w; raise the hard limit of open files (`ulimit -Hn`) to %d or more", err, wantedFiles(f.agents))
	}
	return p, err
}
