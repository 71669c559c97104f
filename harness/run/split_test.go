package run

import (
	"testing"
	"time"

	"github.com/assay-bench/assay/harness/load"
)

// Agents that take turns on a CPU sleep until a send is due; one with a CPU of its own may stay awake.
func TestAgentsThatShareACPUSleep(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		cpus, agents int
		want         time.Duration
	}{{1, 1, time.Millisecond}, {1, 2, 0}, {2, 2, time.Millisecond}, {4, 3, time.Millisecond}} {
		for _, part := range split(load.Job{CPUs: c.cpus, Awake: time.Millisecond}, c.agents) {
			if part.Awake != c.want {
				t.Errorf("%d agents on %d CPUs: awake for %v, want %v", c.agents, c.cpus, part.Awake, c.want)
			}
		}
	}
}
