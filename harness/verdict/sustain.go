package verdict

import (
	"time"

	"github.com/assay-bench/assay/harness/plan"
	"github.com/assay-bench/assay/harness/trial"
)

// Metrics that the rules name. Their IDs are those of claim.Metrics.
const (
	p99                 = "p99_ms"
	memoryBytes         = "memory_bytes"
	memoryPerConnection = "memory_bytes_per_connection"
	idleMemory          = "idle_memory_bytes"
	sustainedMetric     = "sustained_connections"
	cpuPerRequest       = "cpu_us_per_request"
	costMetric          = "cost_usd_per_month"
)

// Why a trial did not sustain its cell, in the words of the report.
const (
	whyNotHeld  = "connections not held"
	whyFailed   = "failed requests"
	whyPending  = "requests without an answer"
	whyNoP99    = "no usable p99"
	whyP99      = "p99 over the objective"
	whyServer   = "server failed"
	whySustains = ""
)

// sustains returns why a trial did not hold its cell's connections within the
// service-level objective, or "" when it did: N verified for the whole window, no request
// failed or left open, p99 from the intended send at or under the objective, and the
// server did not fail. The first broken condition is named.
//
// A rejected p99 counts when it is under the objective: what rejects it, sends that left
// late, only makes it longer. One over the objective says nothing of the server: nobody knows whether the trial sustained
// its cell. As if nothing had been rejected (s.rejectedToo) it is over the objective like any other.
func (s selection) sustains(c plan.Cell, r trial.Record) (why string) {
	latency, measured := r.Metrics[p99]
	if late, ok := r.Rejected[p99]; ok && (s.rejectedToo || late <= milliseconds(c.SLOP99)) {
		latency, measured = late, true
	}
	measured = measured && finite(latency) && latency >= 0
	switch {
	case !r.Connections.Held || r.Connections.Asked != c.Connections:
		return whyNotHeld
	case r.Counts.Failed != 0:
		return whyFailed
	case r.Counts.Pending != 0:
		return whyPending
	case r.Status == trial.ServerFailed:
		return whyServer
	case !measured:
		return whyNoP99
	case latency > milliseconds(c.SLOP99):
		return whyP99
	}
	return whySustains
}

func milliseconds(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }
