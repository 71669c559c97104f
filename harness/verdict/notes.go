package verdict

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"

	"github.com/assay-bench/assay/harness/claim"
	"github.com/assay-bench/assay/harness/trial"
)

// Codes of notes.
const (
	noteFloor      = "floor-far-exceeded"  // the bound is true and says nothing
	noteHostLimit  = "ended-by-host-limit" // the ladder's top rung was the host's limit
	notePlanTop    = "ended-by-plan"       // the ladder's top rung was only the plan's last
	noteThisHost   = "this-host-only"
	noteContra     = "contradicts"
	noteProxy      = "proxy"            // something else was measured in place of what the claim is about
	noteNoVariance = "no-variance"      // noise gives the interval no width
	noteRungs      = "values-are-rungs" // the truth lies between a rung and the next
	noteSteps      = "values-are-steps" // the truth lies within the step that a latency was recorded in

	noteInfrastructure = "infrastructure-only"  // the article speaks of more costs than were measured
	noteStale          = "stale-evidence"       // a cited figure is older than the plan's limit
	noteLater          = "later-evidence"       // a figure that decides is of after the article
	noteDatabaseShared = "database-shared-cpus" // a server that waits for the database is measured at less than its most
	noteExtrapolated   = "extrapolated-rate"    // a machine of a bill gets far more requests than its CPU time was measured at
	noteReplicas       = "bound-by-replicas"    // the least number of machines decides a bill, not what was measured
)

// noteContradictions puts a note on both claims of each pair that the ledger names. judged is in the ledger's order.
func noteContradictions(ledger claim.Ledger, judged []Claim) {
	for _, pair := range ledger.Contradictions() {
		for i := range judged {
			other, of := pair.Other(judged[i].ID)
			k := slices.IndexFunc(judged, func(c Claim) bool { return c.ID == other })
			if of && k >= 0 {
				judged[i].contradict(judged[k], pair.How)
			}
		}
	}
}

// noteProxies says of claims that were judged what was measured in place of what they are about.
func noteProxies(ledger []claim.Claim, judged []Claim) {
	for i, cl := range ledger {
		if v := judged[i].Verdict; cl.Proxy != "" && (v == Supported || v == Refuted || v == Inconclusive) {
			judged[i].Notes = append(judged[i].Notes, Note{noteProxy, cl.Proxy})
		}
	}
}

func (cl *Claim) contradict(other Claim, how string) {
	detail := fmt.Sprintf("contradicts claim %s of the same article (%s)", other.ID, other.Verdict)
	if how != "" {
		detail += ": " + how
	}
	cl.Notes = append(cl.Notes, Note{noteContra, detail})
}

func thisHost() Note {
	return Note{noteThisHost, "holds for the stacks, versions and host named in this report"}
}

// floorNote says that a bound is true and says little: the target sustained the plan's factor times it, or more of it than
// claimed when the host, not the target, ended the ladder.
func (c *court) floorNote(e *Threshold) (Note, bool) {
	factor := c.limits.FloorFarExceededFactor
	why := ""
	switch {
	case factor > 0 && float64(e.Most) >= factor*float64(e.Claimed):
		why = fmt.Sprintf("%s times or more counts as far exceeded", strconv.FormatFloat(factor, 'f', -1, 64))
	case e.HostEnded && e.Most > e.Claimed:
		why = "counted as far exceeded because the host ended the ladder there, before the server did"
	default:
		return Note{}, false
	}
	return Note{noteFloor, fmt.Sprintf("true and says little: %s sustained %s connections in every trial, %s times the %s claimed; %s",
		e.Target, count(e.Most), number(float64(e.Most)/float64(max(e.Claimed, 1))), count(e.Claimed), why)}, true
}

// doubts gathers the warnings about a metric, which may be another one in each cell, of the trials at the given places: one
// entry a code, in the order of codes, with how many trials carry it and the first detail. A
// trial can have several warnings of one code, one a side or a second; it counts once.
func (s selection) doubts(places []place, metric func(cell string) string) []trial.Warning {
	carriers, first := map[string]map[string]bool{}, map[string]string{} // by code: IDs of trials, detail
	for _, at := range places {
		for _, r := range s.candidates[at] {
			for _, w := range r.Warnings {
				if len(w.Metrics) > 0 && !slices.Contains(w.Metrics, metric(at.cell)) {
					continue
				}
				if carriers[w.Code] == nil {
					carriers[w.Code], first[w.Code] = map[string]bool{}, w.Detail
				}
				carriers[w.Code][r.ID] = true
			}
		}
	}
	var out []trial.Warning
	for code, trials := range carriers {
		out = append(out, trial.Warning{Code: code, Detail: describe(len(trials), first[code])})
	}
	slices.SortFunc(out, func(a, b trial.Warning) int { return cmp.Compare(a.Code, b.Code) })
	return out
}

// describe makes one sentence of a warning that n trials carry, each with figures of its own.
func describe(n int, first string) string {
	if n == 1 {
		return "in 1 trial: " + first
	}
	return fmt.Sprintf("in %s, the first of them: %s", plural(n, "trial"), first)
}
