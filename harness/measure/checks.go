package measure

import (
	"fmt"
	"math"

	"github.com/assay-bench/assay/harness/target"
	"github.com/assay-bench/assay/harness/trial"
)

// IDs of the validity checks, in the order in which a report shows them.
const (
	checkConformance = "conformance"
	checkVerified    = "n-verifiable"
	checkAgentCPU    = "agent-cpu"
	checkLateness    = "send-lateness"
	checkSent        = "requests-sent"
	checkHalted      = "load-halts"
	checkLittle      = "littles-law"
	checkInFlight    = "in-flight"
	checkEarly       = "early-answers"
	checkThrottled   = "throttling"
	checkSteal       = "steal"
	checkPressure    = "memory-pressure"
	checkOverflow    = "listen-overflows"
	checkRetransmit  = "retransmits"
)

// checks compares a measured trial with the plan's limits. What could not be measured has
// no check, except where a verdict would rest on it.
func checks(rec trial.Record, o observation) []trial.Check {
	l := o.limits
	list := []trial.Check{
		atMost(checkConformance, float64(o.Result.Errors["wrong body"]+o.Result.Errors["malformed answer"]), 0, "answers", "answers under load differ from the contract"),
		verifiable(rec),
	}
	ceiling := o.cell.Mode == "saturate" && rec.Target == target.NullID // there the agent's own limit is what is looked for
	if !ceiling {
		cpu := agentCPU(rec, l.AgentCPU)
		if o.cell.Mode == "saturate" { // it asks for all that there is: CPU time per request shows the server all the same
			cpu.Scope = trial.Throughput
		}
		list = append(list, cpu)
	}
	if v, ok := rec.Metrics[trial.LatenessP99US]; ok {
		limit := max(l.LatenessFloorUS, l.LatenessOfP50*rec.Metrics[p50]*1000, l.LatenessOfSLO*float64(o.cell.SLOP99.Microseconds()))
		late := atMost(checkLateness, v, limit, "us", "requests left late: the load side was part of what was measured")
		late.Scope = trial.Latency
		list = append(list, late)
	}
	// A closed loop sends nothing on a schedule, so that what it schedules is what it sends.
	if rec.Counts.Scheduled > 0 && !(o.cell.Mode.Closed() && l.LoadHalts > 0) {
		sent := float64(rec.Counts.Sent) / float64(rec.Counts.Scheduled)
		list = append(list, trial.Check{ID: checkSent, Value: sent, Limit: l.SentOfScheduled, Unit: "share",
			OK: sent >= l.SentOfScheduled, Detail: "part of the schedule was never sent"})
	}
	list = append(list, halts(o)...)
	list = append(list, flight(rec, o)...)
	list = append(list, early(o)...)
	if v, ok := rec.Metrics[trial.ThrottledSecs]; ok {
		list = append(list, atMost(checkThrottled, v, 0, "s", "the cgroup held CPU time back; remove the CPU quota"))
	}
	if v, ok := rec.Metrics[trial.StealShare]; ok {
		list = append(list, atMost(checkSteal, v, l.Steal, "share", "the hypervisor gave CPU time to others; run on a quieter host"))
	}
	if v := o.troubles(window(o.Result)).PressureStalled; v >= 0 {
		list = append(list, atMost(checkPressure, v.Seconds(), 0, "s", "the host or the cgroup ran short of memory"))
	}
	if v, ok := rec.Metrics[trial.ListenOverflows]; ok {
		// The kernel counts an overflow among the drops too; what there are more of was dropped for another reason.
		list = append(list, atMost(checkOverflow, math.Max(v, float64(o.Result.ListenDrops)), 0, "connections", "the accept queue overflowed while connecting"))
	}
	if v, ok := rec.Metrics[trial.Retransmits]; ok {
		list = append(list, atMost(checkRetransmit, v, 0, "segments", "TCP sent segments again"))
	}
	return passedSayNothing(list)
}

// halts is the share of the window for which the load side stood still in a closed loop, where no schedule shows it: a server
// would seem as much slower. What it sees is that the agent did not look at its clock for long (10 ms and more), and not why; the time
// slices of others on its CPUs it does not see.
func halts(o observation) []trial.Check {
	limit, lasted := o.limits.LoadHalts, o.Result.HaltedSeconds
	from, to := window(o.Result)
	if !o.cell.Mode.Closed() || limit == 0 || lasted < 0 || !to.After(from) {
		return nil
	}
	return []trial.Check{atMost(checkHalted, lasted/to.Sub(from).Seconds(), limit, "share",
		"the load side did not come to look for answers for so long: others used its CPUs, or an answer was long to read")}
}

// flight balances the load side's books: the number of requests under way, which was summed over time as they came and went, against
// what Little's law (Operations Research 9, 1961, 383-387) makes of rate and latency, which were counted one by one. Both have the
// same clock readings, so that a request that is lost or counted twice shows, and a slow load side does not: see halts and send-lateness. Answers that
// failed or are still out are in the one and not in the other: then there is nothing to compare. The law is one of endless
// windows; in a short one a stall at an edge is wholly in the one and partly in the other, which the engine counts apart. In mode in-flight every
// connection has a request under way.
func flight(rec trial.Record, o observation) []trial.Check {
	l := o.limits.LittlesLaw
	inFlight, counted := rec.Metrics[trial.InFlight]
	if !counted || l == 0 || rec.Counts.Done == 0 || rec.Counts.Done != rec.Counts.Sent {
		return nil
	}
	law := rec.Metrics[perSecond]*rec.Metrics[trial.ServiceMeanMS]/1000 + o.Result.InFlightEdges
	list := []trial.Check{atMost(checkLittle, math.Abs(inFlight/law-1), l, "share",
		fmt.Sprintf("%.4g requests were under way, rate times latency is %.4g: the load side miscounts", inFlight, law))}
	if o.cell.Mode == "in-flight" {
		missing := 1 - inFlight/float64(o.cell.Connections)
		list = append(list, atMost(checkInFlight, missing, l, "share", "connections were without a request: they were lost, and not open again at once"))
	}
	return list
}

// early compares the fastest answer of mode in-flight with the wait that it was asked to take. The answer's bytes cannot show
// whether the server waited; without the wait, connections are busy, and nothing is held.
func early(o observation) []trial.Check {
	service, limit := o.Histograms[TagService], o.limits.EarlyAnswers
	if o.cell.Mode != "in-flight" || limit == 0 || service == nil || service.TotalCount() == 0 {
		return nil
	}
	wait := float64(o.cell.Spread.Microseconds())
	return []trial.Check{atMost(checkEarly, max(0, 1-float64(service.Min())/wait), limit, "share", "the server answered before the wait that it was asked for was over")}
}

// agentCPU fails as well where the load agent could not tell what it used.
func agentCPU(rec trial.Record, limit float64) trial.Check {
	share, known := rec.Metrics[trial.AgentCPUShare]
	if !known {
		// All of its CPUs, for all that is known.
		return trial.Check{ID: checkAgentCPU, Value: 1, Limit: limit, Unit: "share", Detail: "the load agent's CPU time is not known: nothing shows that it was not short of it"}
	}
	return atMost(checkAgentCPU, share, limit, "share", "the load agent was short of CPU; give it more CPUs or lower the rate")
}

func atMost(id string, value, limit float64, unit, detail string) trial.Check {
	return trial.Check{ID: id, Value: value, Limit: limit, Unit: unit, OK: value <= limit, Detail: detail}
}

// verifiable fails where one of the three sides could not be asked at all: then nobody
// knows whether N was held.
func verifiable(rec trial.Record) trial.Check {
	unknown := 0
	for _, s := range rec.Connections.Samples {
		if s.Client < 0 || s.Kernel < 0 || s.Server < 0 {
			unknown++
		}
	}
	return atMost(checkVerified, float64(unknown), 0, "samples", "a side could not be asked for its number of connections")
}

func passedSayNothing(list []trial.Check) []trial.Check {
	for i := range list {
		if list[i].OK {
			list[i].Detail = ""
		}
	}
	return list
}

// failed puts the checks of one scope that do not hold into one line.
func failed(list []trial.Check, scope trial.Scope) string {
	line := ""
	for _, c := range list {
		if c.OK || c.Scope != scope {
			continue
		}
		if line != "" {
			line += "; "
		}
		line += fmt.Sprintf("%s: %.4g %s, limit %.4g: %s", c.ID, c.Value, c.Unit, c.Limit, c.Detail)
	}
	return line
}

// LoadFit tells whether the load side had CPU time to spare, did not stand still, and sent its schedule.
func LoadFit(rec trial.Record) bool {
	for _, c := range rec.Checks {
		if (c.ID == checkAgentCPU || c.ID == checkSent || c.ID == checkHalted) && !c.OK {
			return false
		}
	}
	return true
}
