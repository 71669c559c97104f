package report

import (
	"fmt"
	"strings"

	"github.com/assay-bench/assay/harness/verdict"
)

// withheld says which claims have no verdict because a validity check failed, one line a check, and what to do about it.
func (d *data) withheld() []string {
	claims, remedies := map[string][]string{}, map[string]string{}
	var order []string
	for _, c := range d.Plan.Ledger.Claims {
		r, ok := withheldReading(d.judged[c.ID])
		if !ok {
			continue
		}
		if len(claims[r.WithheldBy]) == 0 {
			order, remedies[r.WithheldBy] = append(order, r.WithheldBy), r.WouldChange
		}
		claims[r.WithheldBy] = append(claims[r.WithheldBy], c.ID)
	}
	var out []string
	for _, check := range order {
		line := fmt.Sprintf("No verdict for %s, since a validity check failed: %s.", strings.Join(claims[check], ", "), checkLabel(check))
		if remedies[check] != "" {
			line += " What to do: " + remedies[check] + "."
		}
		out = append(out, oneLine(line))
	}
	return out
}

// withheldReading is the reading for whose failed check the claim has no verdict: its headline or, where all of them decide, the first
// such one.
func withheldReading(c verdict.Claim) (verdict.Reading, bool) {
	if c.Verdict == verdict.Supported || c.Verdict == verdict.Refuted {
		return verdict.Reading{}, false
	}
	for _, r := range c.Readings {
		if r.WithheldBy != "" && (r.Headline || c.Every) {
			return r, true
		}
	}
	return verdict.Reading{}, false
}
