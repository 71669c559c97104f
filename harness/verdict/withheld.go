package verdict

import (
	"fmt"
	"math"

	"github.com/assay-bench/assay/harness/trial"
)

// Checks that withhold a verdict and are made over the whole run. Those of one trial have the IDs of its record.
const (
	checkHeadroom = "headroom"
	checkDrift    = "null-drift"
	checkControl  = "a-a-control"
)

// An obstacle is why no verdict can rest on a comparison, whatever its interval says. Without a reason there is none.
type obstacle struct {
	reason string
	remedy string // what to do about it
	check  string // the validity check that failed; "" for other obstacles
}

// stop leaves the reading undecided.
func (o obstacle) stop(out *Reading) {
	out.Verdict, out.Reason, out.WouldChange, out.WithheldBy = Inconclusive, o.reason, o.remedy, o.check
}

// obstacle looks for what stands in the way of deciding a comparison: the same for all comparative shapes.
func (c *court) obstacle(k comparison) obstacle {
	if why := c.failing(k); why != "" {
		return obstacle{reason: why, remedy: "trials in which both servers answer every request"}
	}
	if why := c.paced(k); why != "" {
		return obstacle{reason: why, remedy: "the rate in a cell of mode saturate"}
	}
	if why := c.limitedByLoad(k); why != "" {
		return obstacle{why, "more CPUs for the load side; CPU time per request needs no such headroom", checkHeadroom}
	}
	early := c.stoppedEarly(k.measure.cells(), k.reading.X, k.reading.Y)
	switch drifted := c.driftedIn(k.measure.timed()); {
	case len(k.pairs) < c.minBlocks():
		return c.tooFewPairs(k)
	case early.reason != "":
		return early
	case math.IsNaN(c.delta):
		return obstacle{reason: "the ledger declares no margin above 1, so neither better nor tie is defined", remedy: "a margin declared before the run"}
	case k.err != nil:
		return obstacle{reason: "no interval: " + k.err.Error()}
	case k.bound == Unbound:
		return obstacle{reason: c.cutOffReason(k), remedy: "a host or a plan whose ladder goes on until a server gives up"}
	case drifted != "":
		return obstacle{drifted, "a quieter host, or a run at another hour: the host has to end as it began", checkDrift}
	case !k.control.OK:
		return obstacle{c.undecidedByControl(k), c.controlRemedy(k.control), checkControl}
	}
	return obstacle{}
}

// paced says why a rate is not the servers', "" where it is. Wherever requests wait for a schedule, or for the time that each is asked to take,
// as many answers come back as were asked for: two servers are alike in it whatever they can do.
func (c *court) paced(k comparison) string {
	cell, ok := c.cells[k.measure.cell]
	if !ok || k.measure.metric.ID != perSecond || cell.Mode == saturate {
		return ""
	}
	return fmt.Sprintf("the rate in %s is the load's: as many answers come back as were asked for, whatever a server can do", cell.ID)
}

// failing says which server failed in trials of a comparison, "" where none did. The answers that it did give are those of an
// easier task, so neither they nor what they cost are set beside the other's. A ladder asks where a server fails; there it is
// no obstacle.
func (c *court) failing(k comparison) string {
	if k.measure.metric.Ladder {
		return ""
	}
	for _, id := range []string{k.reading.X, k.reading.Y} {
		failed, of, why := 0, 0, ""
		for _, at := range c.placesIn(k.measure.answered(), id, id) {
			if at.target != id {
				continue
			}
			if rec, ok := c.kept.record(at); ok {
				of++
				if rec.Status == trial.ServerFailed {
					failed, why = failed+1, rec.Failure
				}
			}
		}
		if failed > 0 {
			return fmt.Sprintf("%s failed in %d of %s (%s), and a server that fails is not compared by the answers it did give",
				id, failed, plural(of, "trial"), why)
		}
	}
	return ""
}

// tooFewPairs says how many blocks are complete, and which check took the others away.
func (c *court) tooFewPairs(k comparison) obstacle {
	lacking := c.lacking(c.placesIn(k.measure.cells(), k.reading.X, k.reading.Y), func(at place) bool {
		if k.measure.metric.ID == sustainedMetric { // a rejected latency under the objective counts
			_, ok := c.kept.record(at)
			return ok
		}
		_, _, ok := c.kept.value(at, k.measure.recorded(at.cell))
		return ok
	})
	o := obstacle{reason: c.fewOf(len(k.pairs), k.planned), remedy: "values of both targets in the missing blocks"}
	if lacking.trials > 0 {
		o.reason += fmt.Sprintf("; %s was rejected in %d of %s, since %s", k.measure.metric.Label, lacking.trials, plural(lacking.of, "trial"), lacking.why())
		o.remedy, o.check = lacking.remedy(), lacking.check.ID
	}
	return o
}

// A loss is numbers that were measured and that a check of their trials rejected.
type loss struct {
	check  trial.Check // the one that rejected the most, an example of it
	trials int         // places whose number it rejected
	of     int         // places with a number, rejected or not
}

// lacking finds the check that took the most numbers away at some places; has tells where one was kept.
func (c *court) lacking(places []place, has func(place) bool) loss {
	counts, examples := map[string]int{}, map[string]trial.Check{}
	var order []string
	l := loss{}
	for _, at := range places {
		attempts := c.withRejected.candidates[at]
		if len(attempts) == 0 {
			continue
		}
		l.of++
		if has(at) {
			continue
		}
		check, failed := failedCheck(attempts[len(attempts)-1])
		if !failed {
			continue
		}
		if counts[check.ID]++; counts[check.ID] == 1 {
			order, examples[check.ID] = append(order, check.ID), check
		}
	}
	for _, id := range order { // the first of equals, in the order of the plan
		if counts[id] > l.trials {
			l.check, l.trials = examples[id], counts[id]
		}
	}
	return l
}

// failedCheck is the check that rejected a trial, or part of its numbers.
func failedCheck(r trial.Record) (trial.Check, bool) {
	for _, c := range r.Checks {
		if !c.OK && (r.Status == trial.Invalid || c.Scope != trial.WholeTrial) {
			return c, true
		}
	}
	return trial.Check{}, false
}

// why says in words what the check found.
func (l loss) why() string {
	switch l.check.ID {
	case "send-lateness":
		return "requests left late"
	case "agent-cpu":
		return "the load agent was short of CPU"
	}
	if l.check.Detail != "" {
		return l.check.Detail
	}
	return "the check " + l.check.ID + " failed"
}

// remedy says what to do so that the check holds.
func (l loss) remedy() string {
	switch l.check.ID {
	case "send-lateness":
		return "a quieter host or more CPUs for the load side, so that requests leave on time"
	case "agent-cpu":
		return "more CPUs for the load agent or, where the plan sets the rate, a lower one"
	case "steal":
		return "a host whose CPUs are not shared with others"
	}
	return "a run in which the check " + l.check.ID + " holds"
}
