package compare

import (
	"math"
	"slices"

	"github.com/assay-bench/assay/harness/claim"
	"github.com/assay-bench/assay/harness/plan"
	"github.com/assay-bench/assay/harness/target"
	"github.com/assay-bench/assay/harness/trial"
)

// perSecond is a setting of the plan where a schedule sends the requests, and a result
// where the server's answers do.
const perSecond = "requests_per_second"

// A place is where a trial of replica 1 stands.
type place struct {
	block        int
	cell, target string
}

// usable is the last usable attempt of each slot, without the A/A arm: that would count
// some blocks twice. What a server that failed did answer is an easier task, and no number
// of it is compared, as in a verdict.
func usable(p plan.Plan, records []trial.Record) map[place]trial.Record {
	slots := map[int]plan.Slot{}
	for _, s := range p.Slots {
		slots[s.Index] = s
	}
	out := map[place]trial.Record{}
	for _, r := range records {
		s := plan.Slot{Index: r.Slot, Block: r.Block, Cell: r.Cell, Target: r.Target, Replica: r.Replica}
		if slots[r.Slot] != s || r.Replica != 1 || !r.Usable() || r.Status == trial.ServerFailed {
			continue
		}
		at := place{r.Block, r.Cell, r.Target}
		if old, seen := out[at]; !seen || r.Attempt >= old.Attempt {
			out[at] = r
		}
	}
	return out
}

// metrics are the numbers of single targets: each metric of each target in each cell that
// both runs load alike, then those of whole ladders.
func (p pair) metrics() []Movement {
	var all []Movement
	for _, c := range p.a.Plan.Cells {
		if c.CrossCheck != "" {
			continue
		}
		for _, server := range p.servers() {
			if p.sameCell(c.ID, server) {
				all = append(all, p.metricsOf(c, server)...)
			}
		}
	}
	return append(all, p.ladderMetrics()...)
}

// servers are the targets of both runs, the null server last.
func (p pair) servers() []string {
	var ids []string
	for _, t := range p.a.Plan.Targets {
		if _, ok := p.b.Plan.Target(t.ID); ok {
			ids = append(ids, t.ID)
		}
	}
	if p.a.Plan.Null != nil && p.b.Plan.Null != nil {
		ids = append(ids, target.NullID)
	}
	return ids
}

// metricsOf leaves out what neither run measured.
func (p pair) metricsOf(c plan.Cell, server string) []Movement {
	var all []Movement
	for _, m := range claim.Metrics() {
		if m.Ladder || m.ID == perSecond && !c.Mode.Closed() {
			continue
		}
		a, b := p.a.logs(c.ID, server, m.ID), p.b.logs(c.ID, server, m.ID)
		if len(a)+len(b) > 0 {
			all = append(all, numberOf(m, server, c.ID).apply(a, b))
		}
	}
	return all
}

func numberOf(m claim.Metric, server, cell string) Movement {
	return Movement{Target: server, Cell: cell, Metric: m.ID, Unit: m.Unit, LowerBetter: m.LowerBetter}
}

// logs are the logarithms of a metric, one a block. A number that was rejected is not among
// a record's metrics; one that is not above 0 has no logarithm.
func (s side) logs(cell, server, metric string) []float64 {
	var blocks []int
	for at := range s.values {
		if at.cell == cell && at.target == server {
			blocks = append(blocks, at.block)
		}
	}
	slices.Sort(blocks)
	var logs []float64
	for _, block := range blocks {
		v, ok := s.values[place{block, cell, server}].Metrics[metric]
		if l := math.Log(v); ok && !math.IsNaN(l) && !math.IsInf(l, 0) {
			logs = append(logs, l)
		}
	}
	return logs
}
