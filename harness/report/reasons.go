package report

import (
	"slices"
	"strings"

	"github.com/assay-bench/assay/harness/verdict"
)

// reasonOf is a claim's reason wherever one is shown, with how its readings came out where some differ from its verdict: that is the
// headline's alone, or takes them all. The last sentence has no full stop.
func reasonOf(c verdict.Claim) string {
	split := splitReadings(c)
	if split == "" {
		return c.Reason
	}
	return sentence(c.Reason) + " " + split
}

// splitReadings counts the readings of a claim by their verdicts: "Of its 6 readings 1 is supported, 5 inconclusive". It is "" where
// they agree with the claim; one that was not measured does not disagree.
func splitReadings(c verdict.Claim) string {
	n := map[verdict.Verdict]int{}
	for _, r := range c.Readings {
		n[r.Verdict]++
	}
	if !slices.ContainsFunc(c.Readings, func(r verdict.Reading) bool { return r.Verdict != c.Verdict && r.Verdict != verdict.NotMeasured }) {
		return ""
	}
	var parts []string
	for _, v := range verdicts() {
		if n[v] == 0 {
			continue
		}
		part := count(n[v]) + " "
		if len(parts) == 0 {
			part += isOrAre(n[v]) + " "
		}
		parts = append(parts, part+string(v))
	}
	return "Of its " + plural(len(c.Readings), "reading") + " " + strings.Join(parts, ", ")
}
