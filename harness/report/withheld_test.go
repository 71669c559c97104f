package report

import (
	"strings"
	"testing"

	"github.com/assay-bench/assay/harness/claim"
	"github.com/assay-bench/assay/harness/plan"
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

// How many controls fired stands beside how many chance alone makes fire, by how wide each is.
func TestControlsThatFireByChance(t *testing.T) {
	for fired, want := range map[int]string{
		1: "Of 40 controls 1 shows such a difference; chance alone makes at most about 1.00 do so, given how wide each is, so that the host may be without fault",
		2: "2 show such a difference; chance alone makes at most about 1.00 do so, given how wide each is.",
		9: "Of 40 controls 9 show such a difference; chance alone makes at most about 1.00 do so, given how wide each is.",
	} {
		d := &data{judged: map[string]verdict.Claim{"c": {Verdict: verdict.Inconclusive, Readings: []verdict.Reading{{Headline: true, WithheldBy: controlCheck, WouldChange: "a quieter host"}}}}}
		d.Plan.Ledger.Claims, d.Plan.Limits = []claim.Claim{{ID: "c"}}, plan.DefaultLimits()
		d.Judgement.Margin = 1.05
		for i := range 40 { // half of them so narrow that chance never makes them leave the margin
			width := []float64{1.1, 1.001}[i%2]
			d.Judgement.Controls = append(d.Judgement.Controls, verdict.Control{Blocks: 8, Confidence: 0.95, Low: 1 / width, High: width, OK: i >= fired})
		}
		d.Judgement.Controls = append(d.Judgement.Controls, verdict.Control{Blocks: 8, Low: 1, High: 1, OK: true}, verdict.Control{Blocks: 2, Low: 0.5, High: 2})
		if got := d.withheld(); len(got) != 1 || !strings.Contains(got[0], "What to do: a quieter host. ") || !strings.Contains(got[0], want) {
			t.Errorf("%d fired: %q", fired, got)
		}
		if d.Plan.Limits.ControlConfidence = 0; strings.Contains(d.withheld()[0], "chance") {
			t.Error("of a plan without a confidence of controls")
		}
	}
}
