package compare

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/assay-bench/assay/harness/claim"
	"github.com/assay-bench/assay/harness/plan"
	"github.com/assay-bench/assay/harness/trial"
	"github.com/assay-bench/assay/harness/verdict"
)

// smaller leaves readings to another profile, as a plan of fewer cells does.
func smaller(r Run, left ...plan.LeftOut) Run {
	r.Plan.LeftOut = left
	return r
}

// What one plan leaves out is listed apart, from whichever side one looks, and is no change.
func TestWhatOnePlanLeavesOutIsNoChange(t *testing.T) {
	b := smaller(later(nil), plan.LeftOut{Claim: "holds", Reading: "r", Why: "left to the nightly profile"}, plan.LeftOut{Claim: "cheaper", Reading: "p99", Why: "likewise"})
	want := []string{"reading p99 of cheaper", "holds"}
	c := Compare(earlier(), b)
	if len(c.Changes) != 0 || !slices.Equal(c.NotMeasuredInB, want) || c.NotMeasuredInA != nil || c.ClaimsCompared != len(b.Plan.Ledger.Claims)-1 {
		t.Errorf("changes %+v, apart %q and %q, %d compared", c.Changes, c.NotMeasuredInA, c.NotMeasuredInB, c.ClaimsCompared)
	}
	var text bytes.Buffer
	if err := Text(&text, c, Options{}); err != nil || !strings.Contains(text.String(), "0 of 7 claims changed\n  not measured in B: reading p99 of cheaper, holds\n") {
		t.Errorf("%v\n%s", err, &text)
	}
	if c := Compare(b, earlier()); len(c.Changes) != 0 || !slices.Equal(c.NotMeasuredInA, want) || c.NotMeasuredInB != nil {
		t.Errorf("and back: changes %+v, apart %q and %q", c.Changes, c.NotMeasuredInA, c.NotMeasuredInB)
	}
	if c := Compare(b, b); len(c.Changes)+len(c.NotMeasuredInA)+len(c.NotMeasuredInB) != 0 {
		t.Errorf("left out of both: %+v, %q and %q", c.Changes, c.NotMeasuredInA, c.NotMeasuredInB)
	}
}

// A verdict that a run should have had, and lost with its trials, changed.
func TestALostVerdictIsAChange(t *testing.T) {
	b := later(nil)
	b.Records = slices.DeleteFunc(b.Records, func(r trial.Record) bool { return r.Cell == "hold/5000" })
	c := Compare(earlier(), b)
	if !slices.ContainsFunc(c.Changes, func(ch Change) bool { return ch.Claim == "holds" && ch.To == verdict.Inconclusive }) || len(c.NotMeasuredInB) != 0 {
		t.Errorf("changes %+v, apart %q", c.Changes, c.NotMeasuredInB)
	}
}

// So is that on a study which was planned, unless its plan asked one of the servers nothing.
func TestALostStudyIsAChange(t *testing.T) {
	alike := claim.Claim{ID: "alike", Readings: []claim.Reading{{ID: "r", Headline: true, Shape: claim.Studied, Study: claim.Conformance, X: goServer, Y: rustServer}}}
	with := func(r Run, study string) Run {
		r.Plan.Ledger.Claims = []claim.Claim{alike}
		r.Plan.Studies = []string{claim.Conformance}
		if study != "" {
			r.Env.Studies = verdict.Studies{claim.Conformance: []byte(study)}
		}
		return r
	}
	a := with(earlier(), `{"go-server": {"checked": 7}, "rust-server": {"checked": 7}}`)
	if c := Compare(a, with(later(nil), "")); len(c.Changes) != 1 || c.Changes[0].To != verdict.NotMeasured || len(c.NotMeasuredInB) != 0 {
		t.Errorf("without its study: changes %+v, apart %q", c.Changes, c.NotMeasuredInB)
	}
	left := smaller(with(later(nil), ""), plan.LeftOut{Claim: "alike", Reading: "r", Why: "the study is not in the profile"})
	if c := Compare(a, left); len(c.Changes) != 0 || !slices.Equal(c.NotMeasuredInB, []string{"alike"}) {
		t.Errorf("left out: changes %+v, apart %q", c.Changes, c.NotMeasuredInB)
	}
	alone := with(later(nil), `{"go-server": {"checked": 7}}`)
	alone.Plan.Targets = alone.Plan.Targets[:1]
	if c := Compare(a, alone); len(c.Changes) != 0 || !slices.Equal(c.NotMeasuredInB, []string{"alike"}) {
		t.Errorf("one server alone: changes %+v, apart %q", c.Changes, c.NotMeasuredInB)
	}
}

// A claim that takes all its readings lacks a verdict with any of them; what the other run has on the rest is compared.
func TestClaimsOfSeveralReadings(t *testing.T) {
	reading := func(id string, v verdict.Verdict) verdict.Reading {
		return verdict.Reading{ID: id, Headline: id == "r0", Verdict: v}
	}
	of := func(v verdict.Verdict, first, second verdict.Verdict) verdict.Claim {
		return verdict.Claim{ID: "both", Every: true, Verdict: v, Readings: []verdict.Reading{reading("r0", first), reading("r1", second)}}
	}
	ledger := claim.Ledger{Claims: []claim.Claim{{ID: "both", Every: true, Readings: []claim.Reading{{ID: "r0", Headline: true, Shape: claim.Better}, {ID: "r1", Shape: claim.Better}}}}}
	p := pair{a: side{Run: Run{Plan: plan.Plan{Ledger: ledger}}}, b: side{Run: Run{Plan: plan.Plan{Ledger: ledger}}}}
	const yes, no, open, none = verdict.Supported, verdict.Refuted, verdict.Inconclusive, verdict.NotMeasured
	for name, c := range map[string]struct {
		was, is verdict.Claim
		changes []string
		apart   []string
	}{
		"one left out":                  {of(yes, yes, yes), of(none, yes, none), nil, []string{"both"}},
		"and the other changed":         {of(yes, yes, yes), of(no, no, none), []string{"both"}, []string{"reading r1 of both"}},
		"the one that refuted left out": {of(no, open, no), of(open, open, none), nil, []string{"reading r1 of both"}},
		"and the other lost":            {of(no, yes, no), of(open, open, none), []string{"r0"}, []string{"reading r1 of both"}},
	} {
		var done Comparison
		p.compareClaim(&done, c.was, c.is)
		var changes []string
		for _, ch := range done.Changes {
			changes = append(changes, map[bool]string{true: ch.Claim, false: ch.Reading}[ch.Reading == ""])
		}
		if !slices.Equal(changes, c.changes) || !slices.Equal(done.NotMeasuredInB, c.apart) || done.NotMeasuredInA != nil {
			t.Errorf("%s: changes %q, apart %q", name, changes, done.NotMeasuredInB)
		}
	}
}
