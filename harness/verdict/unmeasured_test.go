package verdict

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/assay-bench/assay/harness/claim"
	"github.com/assay-bench/assay/harness/plan"
	"github.com/assay-bench/assay/harness/trial"
)

func TestReadingsWithoutTrials(t *testing.T) {
	left := beatsOn(cpuMetric, "rate/5000")
	left.ID = "left"
	for _, c := range []struct {
		name    string
		reading claim.Reading
		want    Verdict
		reason  string
		needs   string
	}{
		{"untestable", claim.Reading{Shape: claim.Untestable, Reason: "no data", Needs: "a cohort study"}, NotTestable, "no data", "a cohort study"},
		{"not yet", claim.Reading{Shape: claim.Better, NotYet: "no database scenario"}, NotMeasured, "no database scenario", ""},
		{"an unknown shape without not_yet", claim.Reading{Shape: "rumour"}, NotMeasured, `this version does not judge the shape "rumour"`, ""},
		{"documented, no source", claim.Reading{Shape: claim.Documented, Needs: "a count"}, NotTestable, "no source decides it", "a count"},
		{"no such candidate", reachesIn(30, 0, "rate/5000", "rate/1"), NotMeasured, `not in this plan: the plan has no cell "rate/1"`, ""},
		{"a ladder among candidates", claim.Reading{Shape: claim.UpTo, X: rustServer, Y: goServer, Metric: sustainedMetric, Scenario: "hold", Cells: []string{"hold/1000"}}, NotMeasured, "belongs to a whole ladder", ""},
		{"left out", left, NotMeasured, "not in this plan: over the budget", "a plan that holds it"},
		{"no such cell", beatsOn(cpuMetric, "rate/1"), NotMeasured, `not in this plan: the plan has no cell "rate/1"`, ""},
		{"no such metric", beatsOn("speed", "rate/5000"), NotMeasured, `no metric is called "speed"`, ""},
		{"no such target", claim.Reading{Shape: claim.Threshold, Target: "zig-server", Cell: "hold/1000"}, NotMeasured, `no trial of "zig-server"`, ""},
		{"only a second replica", claim.Reading{Shape: claim.Threshold, Target: "c-server", Cell: "hold/1000"}, NotMeasured, `no trial of "c-server"`, ""},
		{"no such ladder", claim.Reading{Shape: claim.Better, X: rustServer, Y: goServer, Metric: sustainedMetric, Scenario: "climb"}, NotMeasured, `no cell of scenario "climb"`, ""},
		{"no such target on the ladder", claim.Reading{Shape: claim.Better, X: rustServer, Y: "zig-server", Metric: sustainedMetric, Scenario: "hold"}, NotMeasured, "no trial of zig-server", ""},
		{"combines", claim.Reading{Shape: claim.Combines, Claims: []string{"c0", "c1", "nowhere"}}, Combined,
			"adds no verdict of its own; it combines c0 (supported), c1 (supported), nowhere (not in the ledger)", ""},
	} {
		s := newSynthetic(8).claims(holdsAt(1000, "hold/1000"), beatsOn(cpuMetric, "rate/5000"), c.reading)
		s.addSlot(1, "hold/1000", "c-server", 2)
		s.run(nil)
		s.plan.LeftOut = []plan.LeftOut{{Claim: "c2", Reading: "left", Why: "over the budget"}}
		j := s.judge()
		r := reading(t, j, 2)
		if r.Verdict != c.want || !strings.Contains(r.Reason, c.reason) || !strings.Contains(r.WouldChange, c.needs) || r.Rule == "" {
			t.Errorf("%s: %s (%s; %s); want %s (%s; %s)", c.name, r.Verdict, r.Reason, r.WouldChange, c.want, c.reason, c.needs)
		}
		if j.Claims[2].Verdict != r.Verdict || j.Claims[2].Reason != r.Reason {
			t.Errorf("%s: the claim says %s (%s)", c.name, j.Claims[2].Verdict, j.Claims[2].Reason)
		}
		if want := map[Verdict]int{Supported: 2, Refuted: 0, Inconclusive: 0, NotTestable: 0, NotMeasured: 0, Combined: 0}; want[c.want]+1 != j.Counts[c.want] || j.Counts[Supported] != 2 || len(j.Counts) != 6 {
			t.Errorf("%s: counts %+v", c.name, j.Counts)
		}
	}
}

// A planned reading without a single trial is inconclusive, not unmeasured.
func TestReadingsOfARunThatNeverBegan(t *testing.T) {
	j := newSynthetic(8).claims(holdsAt(1000, "hold/1000"), beatsOn(cpuMetric, "rate/5000"), beatsOver(sustainedMetric)).judge()
	for i := range j.Claims {
		if r := reading(t, j, i); r.Verdict != Inconclusive || !strings.Contains(r.Reason, "0 of 8 blocks complete") {
			t.Errorf("claim %d: %s (%s)", i, r.Verdict, r.Reason)
		}
	}
	if len(j.Controls) != 0 || j.Trials.Missing != j.Trials.Planned || j.Trials.Planned != 8*6*3 {
		t.Errorf("controls %+v, trials %+v", j.Controls, j.Trials)
	}
}

func TestHeadlineDecidesTheClaim(t *testing.T) {
	s := newSynthetic(8)
	first, second := beatsOn(cpuMetric, "rate/5000"), holdsAt(1000, "hold/1000")
	first.ID, second.ID, second.Headline = "first", "second", true
	s.plan.Ledger.Claims = []claim.Claim{{ID: "two", Readings: []claim.Reading{first, second}}, {ID: "none"}}
	j := s.run(cpuOf(always(140))).judge()
	if got := j.Claims[0]; got.Verdict != Supported || got.Readings[0].Verdict != Refuted || got.Readings[0].Headline || !got.Readings[1].Headline {
		t.Errorf("claim %+v: want the second reading's verdict", got)
	}
	if got := j.Claims[1]; got.Verdict != NotMeasured || got.Reason == "" {
		t.Errorf("claim without readings: %+v", got)
	}
}

func TestContradictionsStandOnBothClaims(t *testing.T) {
	s := newSynthetic(8).claims(holdsAt(1000, "hold/1000"), claim.Reading{Shape: claim.Untestable, Reason: "no data"}, holdsAt(1000, "hold/1000"))
	s.plan.Ledger.Claims[0].Contradicts = []string{"c1", "nowhere", "c0"}
	s.plan.Ledger.Claims[1].Contradicts = []string{"c0", "c2"}
	s.plan.Ledger.Claims[1].ContradictsHow = []string{"one says 2, the other 3", "one says all, the other none"}
	j := s.run(nil).judge()
	for i, want := range [][]Note{
		{{noteContra, "contradicts claim c1 of the same article (not testable): one says 2, the other 3"}},
		{{noteContra, "contradicts claim c0 of the same article (supported): one says 2, the other 3"},
			{noteContra, "contradicts claim c2 of the same article (supported): one says all, the other none"}},
		{{noteContra, "contradicts claim c1 of the same article (not testable): one says all, the other none"}},
	} {
		if got := j.Claims[i].Notes; !slices.Equal(got, want) {
			t.Errorf("claim %d: notes %+v, want %+v", i, got, want)
		}
	}
}

func TestDoubtsAreGathered(t *testing.T) {
	s := newSynthetic(8).claims(holdsAt(1000, "hold/1000"), beatsOn(cpuMetric, "rate/5000")).run(func(s plan.Slot, r *trial.Record) {
		if s.Cell == "hold/1000" && s.Target == goServer && s.Block <= 2 && s.Replica == 1 {
			r.Warnings = []trial.Warning{{Code: "steal", Detail: "1 % in block " + string(rune('0'+s.Block))}, {Code: "clock", Detail: "slow"},
				{Code: "clock", Detail: "slow again"}, // of a trial that has a code twice
				{Code: "few-samples", Detail: "no p99.9", Metrics: []string{"p999_ms"}}}
		}
	})
	j := s.judge()
	got := reading(t, j, 0).Doubts
	want := []trial.Warning{{Code: "clock", Detail: "in 2 trials, the first of them: slow"}, {Code: "steal", Detail: "in 2 trials, the first of them: 1 % in block 1"}}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("doubts %+v, want %+v", got, want)
	}
	// A doubt about one metric stands beside readings of that metric alone.
	if other := reading(t, j, 1).Doubts; len(other) != 0 {
		t.Errorf("doubts of another cell: %+v", other)
	}
}

// A claim about several servers takes all of its readings.
func TestEveryReadingDecides(t *testing.T) {
	reading := func(v ...Verdict) Claim {
		c := Claim{Every: true}
		for i, v := range v {
			c.Readings = append(c.Readings, Reading{ID: fmt.Sprintf("r%d", i), Verdict: v, Headline: i == 0, Reason: fmt.Sprintf("reason %d", i), WouldChange: "more"})
		}
		return c
	}
	for _, c := range []struct {
		of     []Verdict
		want   Verdict
		reason string
	}{
		{[]Verdict{Supported, Supported}, Supported, "reason 0; reason 1"},
		{[]Verdict{Supported, Refuted}, Refuted, "r1: reason 1"},
		{[]Verdict{Inconclusive, Refuted}, Refuted, "r1: reason 1"},
		{[]Verdict{Refuted, Inconclusive}, Refuted, "r0: reason 0"},
		{[]Verdict{Supported, NotMeasured}, NotMeasured, "r0 supported (reason 0); r1: reason 1"},
		{[]Verdict{Inconclusive, NotMeasured, Supported}, Inconclusive, "r2 supported (reason 2); r0: reason 0"},
		{[]Verdict{Supported, NotTestable}, NotTestable, "r0 supported (reason 0); r1: reason 1; it would take more"},
		{[]Verdict{NotTestable}, NotTestable, "reason 0; it would take more"},
	} {
		got := reading(c.of...)
		if got.conclude(); got.Verdict != c.want || got.Reason != c.reason {
			t.Errorf("%v: %s (%s), want %s (%s)", c.of, got.Verdict, got.Reason, c.want, c.reason)
		}
	}
}
