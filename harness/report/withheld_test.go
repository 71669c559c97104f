package report

import (
	"strings"
	"testing"

	"github.com/assay-bench/assay/harness/claim"
	"github.com/assay-bench/assay/harness/verdict"
)

// A claim whose readings all decide is named where any of them is withheld, unless another one refutes it; of others the headline counts.
func TestWithheldClaims(t *testing.T) {
	open, shut := verdict.Reading{Verdict: verdict.Inconclusive, WithheldBy: "steal", WouldChange: "a quieter host"}, verdict.Reading{Verdict: verdict.Supported, Headline: true}
	for name, c := range map[string]struct {
		claim verdict.Claim
		named bool
	}{
		"all decide":             {verdict.Claim{Every: true, Verdict: verdict.Inconclusive, Readings: []verdict.Reading{shut, open}}, true},
		"all decide, refuted":    {verdict.Claim{Every: true, Verdict: verdict.Refuted, Readings: []verdict.Reading{shut, open}}, false},
		"beside the headline":    {verdict.Claim{Verdict: verdict.Supported, Readings: []verdict.Reading{shut, open}}, false},
		"the headline, withheld": {verdict.Claim{Verdict: verdict.Inconclusive, Readings: []verdict.Reading{{Headline: true, WithheldBy: "steal"}}}, true},
	} {
		d := &data{judged: map[string]verdict.Claim{"c": c.claim}}
		d.Plan.Ledger.Claims = []claim.Claim{{ID: "c"}}
		if got := d.withheld(); (len(got) == 1 && strings.Contains(got[0], "No verdict for c")) != c.named {
			t.Errorf("%s: %q", name, got)
		}
	}
}
