package report

import (
	"fmt"
	"slices"
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

// Readings beside the headlines that a check withholds are named in a line of their own, with what to do where it was not said yet.
func TestWithheldBesideTheHeadlines(t *testing.T) {
	reading := func(id string, headline bool, check, remedy string) verdict.Reading {
		return verdict.Reading{ID: id, Headline: headline, WithheldBy: check, WouldChange: remedy, Verdict: verdict.Inconclusive}
	}
	d := &data{judged: map[string]verdict.Claim{
		"a": {Verdict: verdict.Supported, Readings: []verdict.Reading{reading("main", true, "", ""), reading("cpu", false, "steal", "a quieter host"), reading("p50", false, "", "")}},
		"b": {Verdict: verdict.Inconclusive, Readings: []verdict.Reading{reading("main", true, "steal", "a quieter host"), reading("cpu", false, "null-drift", "another hour")}},
	}}
	d.Plan.Ledger.Claims = []claim.Claim{{ID: "a"}, {ID: "b"}}
	want := []string{
		"No verdict for b, since a validity check failed: CPU time stolen from the host. What to do: a quieter host.",
		"No verdict for 1 of 3 readings beside the headlines (a/cpu), since a validity check failed: CPU time stolen from the host.",
		"No verdict for 1 of 3 readings beside the headlines (b/cpu), since a validity check failed: drift of the host. What to do: another hour.",
	}
	if got := d.withheld(); !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
	many := d.judged["a"]
	for i := range 8 {
		many.Readings = append(many.Readings, reading(fmt.Sprintf("more-%d", i), false, "steal", "a quieter host"))
	}
	d.judged["a"] = many
	if got := d.withheld(); !strings.Contains(got[1], "No verdict for 9 of 11 readings beside the headlines (a/cpu, a/more-0, a/more-1, a/more-2, a/more-3 and 4 more)") {
		t.Errorf("%q", got)
	}
}

// How many controls fired stands beside how many chance alone makes fire, by how wide each is.
func TestControlsThatFireByChance(t *testing.T) {
	for fired, want := range map[int]string{
		0: "",
		1: "Of 40 A/A controls 1 shows a target's later trial to differ from its earlier one; chance alone makes at most about 1.00 do so, given how wide each is, so that the host may be without fault: another run tells.",
		2: "Of 40 A/A controls 2 show a target's later trial to differ from its earlier one; chance alone makes at most about 1.00 do so, given how wide each is.",
		9: "Of 40 A/A controls 9 show a target's later trial to differ from its earlier one; chance alone makes at most about 1.00 do so, given how wide each is.",
	} {
		d := &data{} // whatever they withhold
		d.Plan.Limits = plan.DefaultLimits()
		d.Judgement.Margin = 1.05
		for i := range 40 { // half of them so narrow that chance never makes them leave the margin
			width := []float64{1.1, 1.001}[i%2]
			d.Judgement.Controls = append(d.Judgement.Controls, verdict.Control{Blocks: 8, Confidence: 0.95, Low: 1 / width, High: width, OK: i >= fired})
		}
		d.Judgement.Controls = append(d.Judgement.Controls, verdict.Control{Blocks: 8, Low: 1, High: 1, OK: true}, verdict.Control{Blocks: 2, Low: 0.5, High: 2})
		if got := strings.Join(d.withheld(), "\n"); got != want {
			t.Errorf("%d fired: %q", fired, got)
		}
		if d.Plan.Limits.ControlConfidence = 0; len(d.withheld()) > 0 {
			t.Error("of a plan without a confidence of controls")
		}
	}
}
