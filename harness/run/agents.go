package run

import (
	"context"
	"encoding/json"
	"fmt"
	"sync"

	"github.com/assay-bench/assay/harness/launch"
	"github.com/assay-bench/assay/harness/load"
)

// A crew is the agents that drive one job together, mostly one.
type crew struct {
	inst     launch.Instance
	started  func(agent, pid int, containerID string)
	progress func(load.Progress) // of all agents together

	mu   sync.Mutex
	last []load.Progress // of each agent
}

// split is the job's parts, one an agent, which share its CPUs.
func split(j load.Job, agents int) []load.Job {
	if agents < 2 {
		return []load.Job{j}
	}
	parts := make([]load.Job, agents)
	for i := range parts {
		parts[i] = j
		parts[i].Part = load.Part{Index: i, Of: agents}
		parts[i].CPUs = max(1, j.CPUs/agents)
	}
	return parts
}

// drive runs an agent for each part and merges what they bring. The first that fails ends the others.
func (c *crew) drive(ctx context.Context, parts []load.Job) (load.Result, error) {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	c.last = make([]load.Progress, len(parts))
	results := make([]load.Result, len(parts))
	var all sync.WaitGroup
	for i := range parts {
		all.Go(func() {
			var err error
			if results[i], err = c.one(ctx, i, parts[i]); err != nil {
				cancel(err)
			}
		})
	}
	all.Wait()
	if err := context.Cause(ctx); err != nil {
		return load.Result{}, err
	}
	return load.Merge(results)
}

func (c *crew) one(ctx context.Context, i int, part load.Job) (load.Result, error) {
	var result load.Result
	body, err := json.Marshal(Task{Load: &part})
	if err != nil {
		return result, err
	}
	out, err := c.inst.Agent(ctx, launch.AgentRun{
		Job:     body,
		Started: func(pid int, containerID string) { c.started(i, pid, containerID) },
		Progress: func(line []byte) {
			var p load.Progress
			if json.Unmarshal(line, &p) == nil { // else not ours; the result file is what counts
				c.tell(i, p)
			}
		},
	})
	if err != nil {
		return result, err
	}
	if err := json.Unmarshal(out, &result); err != nil {
		return result, fmt.Errorf("the load agent's result: %w", err)
	}
	return result, nil
}

// tell passes the first agent's progress on, with what all of them have open and done.
func (c *crew) tell(i int, p load.Progress) {
	c.mu.Lock()
	c.last[i] = p
	open, done := 0, int64(0)
	for _, l := range c.last {
		open, done = open+l.Open, done+l.Done
	}
	c.mu.Unlock()
	if i == 0 {
		p.Open, p.Done = open, done
		c.progress(p)
	}
}
