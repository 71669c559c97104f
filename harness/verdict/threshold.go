package verdict

import (
	"fmt"
	"strings"

	"github.com/assay-bench/assay/harness/claim"
	"github.com/assay-bench/assay/harness/plan"
	"github.com/assay-bench/assay/harness/trial"
)

// threshold judges "target sustains at least N".
//
// Every trial of the target in the cell counts, of both replicas: each is a fresh
// instance, and a second instance that fails is a failure. The blocks, not the trials,
// must number MinBlocks, so that a doubled target needs no fewer repetitions in time.
//
// A trial whose p99 nobody knows counts on no side. As if nothing had been rejected, the p99 of late requests counts like
// any other (rejected.go), and one that was not measured at all leaves the claim open: so neither passes for a trial that
// met the objective.
//
// "In none" refutes where the null server sustained the same load or more on the same host: then neither the host nor the
// load side is to blame.
func (c *court) threshold(s selection, r claim.Reading) Reading {
	cell := c.cells[r.Cell]
	e, absent := c.thresholdEvidence(s, r, cell)
	out := Reading{Verdict: Inconclusive, Rule: c.thresholdRule(r, cell), Threshold: e}
	early := c.stoppedEarly([]string{cell.ID}, r.Target)
	switch {
	case cell.SLOP99 <= 0:
		out.Reason = fmt.Sprintf("cell %s has no service-level objective, so nothing says what sustained means", cell.ID)
	case cell.Connections < r.AtLeast:
		out.Reason = fmt.Sprintf("cell %s has %s connections, fewer than the %s claimed", cell.ID, count(cell.Connections), count(r.AtLeast))
		out.WouldChange = "a host that lets one process hold more connections"
	case e.Blocks < c.minBlocks():
		c.tooFewTrials(r, e).stop(&out)
	case early.reason != "":
		early.stop(&out)
	case absent > 0:
		out.Reason = missReason(e, cell)
		out.WouldChange = usableP99
	case e.Met == e.Trials-e.Unmeasured:
		out.Verdict = Supported
		out.Reason = metReason(e, cell)
		out.WouldChange = "one trial in which the connections were not held, a request failed, or p99 went over the objective"
	case e.Met == 0 && c.nullSustains(cell):
		out.Verdict = Refuted
		out.Reason = missReason(e, cell) + "; the null server sustained at least as much here"
		out.WouldChange = "one trial that sustains it"
	case e.Met == 0 && cell.Mode == inFlight:
		out.Reason = missReason(e, cell) + "; that refutes nothing, since " + c.notRefutable(cell)
		out.WouldChange = "trials that sustain it; in this mode no outcome refutes it"
	case e.Met == 0:
		out.Reason = missReason(e, cell) + "; no null server shows that this host could hold them"
		out.WouldChange = "a null server that sustains the same load on this host would make it refuted"
	default:
		out.Reason = missReason(e, cell) + "; mixed"
		out.WouldChange = "the same outcome in every trial"
	}
	out.Notes = c.thresholdNotes(out.Verdict, e, c.ladders[cell.Scenario])
	return out
}

// thresholdEvidence counts trials, misses and blocks and gathers the latencies. absent counts the trials without any p99,
// not even a rejected one.
func (c *court) thresholdEvidence(s selection, r claim.Reading, cell plan.Cell) (e *Threshold, absent int) {
	e = &Threshold{
		Target: r.Target, Cell: cell.ID, Claimed: r.AtLeast,
		P99: []BlockValue{}, SLOP99: shown(milliseconds(cell.SLOP99)), BlocksPlanned: len(c.blocks),
	}
	seen, missed, unknown := map[int]bool{}, map[int]bool{}, map[int]bool{}
	for _, at := range c.replicas(cell.ID, r.Target) {
		rec, ok := s.record(at)
		if !ok {
			continue
		}
		switch why := s.sustains(cell, rec); why {
		case whyNoP99: // nothing failed, and nothing says that the objective was met
			e.Trials++
			e.Unmeasured++
			unknown[at.block] = true
			if c.withRejected.sustains(cell, rec) == whyNoP99 {
				absent++
			}
			continue
		case whySustains:
			e.Met++
		default:
			e.Misses = append(e.Misses, Miss{rec.ID, why})
			missed[at.block] = true
		}
		e.Trials++
		seen[at.block] = true
		if v, ok := finiteMetric(rec, p99); ok {
			e.P99 = append(e.P99, BlockValue{Block: at.block, Trial: rec.ID, Value: v})
			if _, late := rec.Rejected[p99]; late {
				e.UpperBounds++
			}
		}
	}
	e.Blocks = len(seen)
	e.Reliability, e.ReliabilityConfidence = c.reliability(allMet(seen, missed, unknown))
	e.P99Interval = c.latencyInterval(e.P99)
	e.Most, e.HostEnded, _ = c.most(s, c.ladders[cell.Scenario], r.Target)
	return e, absent
}

// allMet counts the blocks in which every trial met the objective, of those with a trial.
func allMet(seen, missed, unknown map[int]bool) (met, blocks int) {
	blocks = len(unknown)
	for block := range seen {
		if unknown[block] {
			continue // counted, and not met
		}
		if blocks++; !missed[block] {
			met++
		}
	}
	return met, blocks
}

// most returns the highest rung that the target sustained in every trial, with every
// lower rung, each in at least MinBlocks blocks; 0 when not even the lowest.
func (c *court) most(s selection, l ladder, target string) (connections int, host, top bool) {
	for i, r := range l.rungs {
		for _, cell := range r.cells {
			if !c.always(s, cell, target) {
				return connections, host, false
			}
		}
		connections, host, top = r.connections, r.hostLimit, i == len(l.rungs)-1
	}
	return connections, host, top
}

// always reports whether every trial of the target sustained the cell, over enough blocks.
func (c *court) always(s selection, cell plan.Cell, target string) bool {
	seen := map[int]bool{}
	for _, at := range c.replicas(cell.ID, target) {
		rec, ok := s.record(at)
		if !ok {
			continue
		}
		if s.sustains(cell, rec) != whySustains {
			return false
		}
		seen[at.block] = true
	}
	return len(seen) >= c.minBlocks()
}

func (c *court) thresholdNotes(v Verdict, e *Threshold, l ladder) []Note {
	var notes []Note
	if n, ok := c.floorNote(e); ok && v == Supported {
		notes = append(notes, n)
	}
	switch {
	case e.HostEnded:
		notes = append(notes, Note{noteHostLimit, c.hostLimit(e.Most)})
	case e.Most > 0 && e.Most == l.top().connections:
		notes = append(notes, Note{notePlanTop, fmt.Sprintf("%s connections is the plan's highest rung, not the server's end", count(e.Most))})
	}
	if v == Supported || v == Refuted {
		notes = append(notes, thisHost())
	}
	return notes
}

// hostLimit words that the host, not the server, ended a ladder.
func (c *court) hostLimit(n int) string {
	s := fmt.Sprintf("the host, not the server, ended the ladder at %s connections", count(n))
	if c.plan.HostLimitReason != "" {
		s += " (" + c.plan.HostLimitReason + ")"
	}
	return s
}

// tooFewTrials says how many blocks have a trial of the target, and which check took the others away.
func (c *court) tooFewTrials(r claim.Reading, e *Threshold) obstacle {
	o := obstacle{reason: c.fewOf(e.Blocks, len(c.blocks)), remedy: "the missing trials: resume the run"}
	lacking := c.lacking(c.replicas(r.Cell, r.Target), func(at place) bool {
		_, ok := c.kept.record(at)
		return ok
	})
	if e.Unmeasured > 0 {
		o.reason += fmt.Sprintf("; %s in %s", whyNoP99, plural(e.Unmeasured, "trial"))
		o.remedy = usableP99
	}
	if lacking.trials > 0 {
		o.reason += fmt.Sprintf("; %d of %s were rejected, since %s", lacking.trials, plural(lacking.of, "trial"), lacking.why())
		o.remedy, o.check = lacking.remedy(), lacking.check.ID
	}
	return o
}

// fewOf says that too few of the blocks are complete.
func (c *court) fewOf(have, planned int) string {
	return fmt.Sprintf("%d of %s complete; at least %d are needed", have, plural(planned, "block"), c.minBlocks())
}

func metReason(e *Threshold, cell plan.Cell) string {
	return fmt.Sprintf("%s held %s connections in %d of %s%s%s; reliability over %s at least %s (%s confidence)",
		e.Target, count(cell.Connections), e.Met, plural(e.Trials, "trial"), missClause(e), latencyClause(e, cell),
		plural(e.Blocks, "block"), percent(e.Reliability), percent(e.ReliabilityConfidence))
}

func missReason(e *Threshold, cell plan.Cell) string {
	return fmt.Sprintf("%s sustained %s connections in %d of %s%s%s",
		e.Target, count(cell.Connections), e.Met, plural(e.Trials, "trial"), missClause(e), latencyClause(e, cell))
}

// usableP99 is what it takes to know a trial's p99.
const usableP99 = "a longer window, or a quieter host: a p99 needs enough requests that left on time"

// missClause counts the misses by cause, in the order in which the causes first occurred, and the trials whose p99 nobody
// knows: " (p99 over the objective in 1, no usable p99 in 3)", or nothing.
func missClause(e *Threshold) string {
	counts := map[string]int{}
	var order []string
	for _, m := range e.Misses {
		if counts[m.Why]++; counts[m.Why] == 1 {
			order = append(order, m.Why)
		}
	}
	parts := make([]string, len(order))
	for i, why := range order {
		parts[i] = fmt.Sprintf("%s in %d", why, counts[why])
	}
	if e.Unmeasured > 0 {
		parts = append(parts, fmt.Sprintf("%s in %d", whyNoP99, e.Unmeasured))
	}
	if len(parts) == 0 {
		return ""
	}
	return " (" + strings.Join(parts, ", ") + ")"
}

// latencyClause is "; p99 3.10-4.80 ms against 100 ms", or nothing without latencies.
func latencyClause(e *Threshold, cell plan.Cell) string {
	if len(e.P99) == 0 {
		return ""
	}
	low, high := extremes(e.P99)
	late := ""
	if e.UpperBounds > 0 {
		late = fmt.Sprintf(" (an upper bound in %d, where requests left late)", e.UpperBounds)
	}
	return fmt.Sprintf("; p99 %s%s against %s%s", latencies(low, high, cell), late, quantity(e.SLOP99, "ms"), waitClause(cell))
}

func extremes(values []BlockValue) (low, high float64) {
	low, high = values[0].Value, values[0].Value
	for _, v := range values {
		low, high = min(low, v.Value), max(high, v.Value)
	}
	return low, high
}

func finiteMetric(r trial.Record, id string) (float64, bool) {
	v, ok := r.Metrics[id]
	if !ok {
		v, ok = r.Rejected[id] // at most this: late sends only make a latency longer
	}
	return v, ok && finite(v)
}
