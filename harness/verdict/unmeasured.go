package verdict

import (
	"fmt"
	"slices"
	"strings"

	"github.com/assay-bench/assay/harness/claim"
)

// settled returns the verdict of a reading that no trial decides: one that this version
// does not measure, that cannot be tested here, that only shows others, or that the plan
// left out. It is looked up in this order.
func (c *court) settled(claimID string, r claim.Reading) (Reading, bool) {
	switch {
	case r.NotYet != "":
		return Reading{Verdict: NotMeasured, Reason: r.NotYet, Rule: "none: this version does not measure it"}, true
	case r.Shape == claim.Untestable:
		return Reading{
			Verdict: NotTestable, Reason: r.Reason,
			Rule:        "none: no measurement on one host decides it",
			WouldChange: r.Needs,
		}, true
	case r.Shape == claim.Combines:
		return Reading{Verdict: Combined, Rule: combinesRule}, true // fillCombined writes the reason
	case r.Shape == claim.Documented:
		return c.documented(r), true
	case r.Shape == claim.Studied:
		out := c.studied(r)
		if why, left := c.leftOut[readingID{claimID, r.ID}]; left {
			out = notInPlan(why)
		}
		return out, true
	case !r.Shape.Measured():
		return Reading{
			Verdict: NotMeasured, Reason: fmt.Sprintf("this version does not judge the shape %q", r.Shape),
			Rule: "none: this version does not judge it",
		}, true
	}
	if why, left := c.leftOut[readingID{claimID, r.ID}]; left {
		return notInPlan(why), true
	}
	return Reading{}, false
}

func notInPlan(why string) Reading {
	return Reading{
		Verdict: NotMeasured, Reason: "not in this plan: " + why,
		Rule:        "none: nothing was measured for it",
		WouldChange: "a plan that holds it (a larger profile or budget)",
	}
}

const combinesRule = "none of its own: it shows the verdicts of other claims"

// fillCombined writes the reasons of readings that combine other claims, once those have
// their verdicts. Such a reading never has a verdict of its own: a conjunction of
// verdicts about different metrics is the reader's to draw, so it stays Combined even
// where every claim that it names is decided.
func fillCombined(ledger []claim.Claim, judged []Claim) {
	for i, cl := range ledger {
		for k, r := range cl.Readings {
			if r.Shape == claim.Combines && r.NotYet == "" {
				judged[i].Readings[k].Reason = "adds no verdict of its own; it combines " + shownVerdicts(r.Claims, judged)
			}
		}
		judged[i].conclude()
	}
}

func shownVerdicts(ids []string, judged []Claim) string {
	if len(ids) == 0 {
		return "no claim"
	}
	var parts []string
	for _, id := range ids {
		at := slices.IndexFunc(judged, func(c Claim) bool { return c.ID == id })
		if at < 0 {
			parts = append(parts, id+" (not in the ledger)")
			continue
		}
		parts = append(parts, fmt.Sprintf("%s (%s)", id, judged[at].Verdict))
	}
	return strings.Join(parts, ", ")
}
