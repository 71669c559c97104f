package verdict

import (
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/assay-bench/assay/harness/claim"
)

// invented are sources that nobody published.
func invented() []claim.Evidence {
	entry := func(id, figure string, how claim.How, year int, month time.Month, day int) claim.Evidence {
		return claim.Evidence{ID: id, Figure: figure, Counts: "packages", Source: "a registry", URL: "https://example.org/" + id,
			Date: time.Date(year, month, day, 0, 0, 0, 0, time.UTC), Read: how}
	}
	return []claim.Evidence{
		entry("read", "1,234", claim.Primary, 2025, 12, 1), entry("quoted", "about 1,000", claim.Secondary, 2025, 6, 1),
		entry("old", "99", claim.Primary, 2024, 1, 25), entry("just-not-old", "100", claim.Primary, 2024, 1, 26), entry("later", "2,000", claim.Primary, 2026, 8, 1),
	}
}

func TestDocumented(t *testing.T) {
	for _, c := range []struct {
		name              string
		shownBy, opposing []string
		want              Verdict
		reason            string
		stale             bool
	}{
		{"shown", []string{"read"}, nil, Supported, "shown by 1,234 (packages; a registry, 2025-12-01)", false},
		{"shown, and quoted too", []string{"read", "quoted"}, nil, Supported, "shown by 1,234", false},
		{"shown otherwise", nil, []string{"read"}, Refuted, "a source shows otherwise: 1,234", false},
		{"both ways", []string{"read"}, []string{"later"}, Inconclusive, "sources disagree: 1,234", false},
		{"quoted for it", []string{"quoted"}, nil, Inconclusive, "quoted at second hand only: about 1,000", false},
		{"quoted against it", nil, []string{"quoted"}, Inconclusive, "quoted at second hand only", false},
		{"read for it, quoted against it", []string{"read"}, []string{"quoted"}, Inconclusive, "sources disagree", false},
		{"none", nil, nil, NotTestable, "no source decides it", false},
		{"not in the ledger", []string{"nowhere"}, nil, NotTestable, "no source decides it", false},
		{"two years and a day", []string{"old"}, nil, Supported, "shown by 99", true},
		{"two years", []string{"just-not-old"}, nil, Supported, "shown by 100", false},
		{"after the article", []string{"later"}, nil, Supported, "shown by 2,000", false},
	} {
		s := newSynthetic(8).claims(claim.Reading{Shape: claim.Documented, ShownBy: c.shownBy, OpposedBy: c.opposing, Needs: "a count of packages"})
		s.plan.Ledger.Article.Date = time.Date(2026, 1, 26, 0, 0, 0, 0, time.UTC)
		s.plan.Ledger.Evidence = invented()
		j := s.judge()
		r := reading(t, j, 0)
		if r.Verdict != c.want || !strings.Contains(r.Reason, c.reason) || hasNote(r.Notes, noteStale) != c.stale || r.Rule == "" {
			t.Errorf("%s: %s (%s), notes %+v; want %s (%s), stale %t", c.name, r.Verdict, r.Reason, r.Notes, c.want, c.reason, c.stale)
		}
		if needs := r.WouldChange == "a count of packages"; needs != (c.want == NotTestable) || r.WouldChange == "" {
			t.Errorf("%s: would change %q", c.name, r.WouldChange)
		}
		if j.FamilySize != 0 {
			t.Errorf("%s: a source counts in the family of %d", c.name, j.FamilySize)
		}
	}
}

// A plan of before there was a limit marks nothing; the note says how old, and beside what.
func TestStaleEvidence(t *testing.T) {
	s := newSynthetic(5).claims(claim.Reading{Shape: claim.Documented, ShownBy: []string{"old"}})
	s.plan.Ledger.Article.Date = time.Date(2026, 1, 26, 0, 0, 0, 0, time.UTC)
	s.plan.Ledger.Evidence = invented()
	want := Note{noteStale, "99 (a registry) is of 2024-01-25, more than 2 years before the article (2026-01-26)"}
	if r := reading(t, s.judge(), 0); len(r.Notes) != 1 || r.Notes[0] != want || !r.Documented.Sources[0].Stale || r.Documented.MaxAge != 2 {
		t.Errorf("notes %+v, want %+v", r.Notes, want)
	}
	s.plan.Limits.EvidenceYears = 0
	if r := reading(t, s.judge(), 0); len(r.Notes) != 0 {
		t.Errorf("without a limit: notes %+v", r.Notes)
	}
}

// A figure of after the article that decides is named, with both days, whichever side it is on; one of its day or before is not, nor one
// that is context, nor any where the article has no day.
func TestLaterEvidence(t *testing.T) {
	article := time.Date(2026, 1, 26, 0, 0, 0, 0, time.UTC)
	want := "2,000 (a registry) is of 2026-08-01, after the article (2026-01-26), which could not know it"
	for name, c := range map[string]struct {
		reading claim.Reading
		article time.Time
		noted   bool
	}{
		"for it":            {claim.Reading{ShownBy: []string{"later"}}, article, true},
		"against it":        {claim.Reading{OpposedBy: []string{"later"}}, article, true},
		"of the same day":   {claim.Reading{ShownBy: []string{"later"}}, time.Date(2026, 8, 1, 0, 0, 0, 0, time.UTC), false},
		"before":            {claim.Reading{ShownBy: []string{"read"}}, article, false},
		"context":           {claim.Reading{ShownBy: []string{"read"}, Context: []string{"later"}}, article, false},
		"article of no day": {claim.Reading{ShownBy: []string{"later"}}, time.Time{}, false},
	} {
		c.reading.Shape = claim.Documented
		s := newSynthetic(5).claims(c.reading)
		s.plan.Ledger.Article.Date, s.plan.Ledger.Evidence = c.article, invented()
		r := reading(t, s.judge(), 0)
		if got := slices.Contains(r.Notes, Note{noteLater, want}); got != c.noted || hasNote(r.Notes, noteLater) != c.noted {
			t.Errorf("%s: notes %+v, want one of later evidence: %t", name, r.Notes, c.noted)
		}
	}
}

// Context is shown and decides nothing, beside sources and beside a claim that nothing tests.
func TestContextDecidesNothing(t *testing.T) {
	for name, c := range map[string]struct {
		reading claim.Reading
		want    Verdict
		sources int
	}{
		"beside a source":     {claim.Reading{Shape: claim.Documented, ShownBy: []string{"read"}, Context: []string{"later"}}, Supported, 2},
		"alone":               {claim.Reading{Shape: claim.Documented, Context: []string{"read"}, Needs: "a count"}, NotTestable, 1},
		"stale":               {claim.Reading{Shape: claim.Documented, ShownBy: []string{"read"}, Context: []string{"old"}}, Supported, 2},
		"beside second hand":  {claim.Reading{Shape: claim.Documented, ShownBy: []string{"quoted"}, Context: []string{"read"}}, Inconclusive, 2},
		"of what is untested": {claim.Reading{Shape: claim.Untestable, Reason: "people differ", Needs: "a study", Context: []string{"read"}}, NotTestable, 1},
	} {
		s := newSynthetic(5).claims(c.reading)
		s.plan.Ledger.Article.Date = time.Date(2026, 1, 26, 0, 0, 0, 0, time.UTC)
		s.plan.Ledger.Evidence = invented()
		r := reading(t, s.judge(), 0)
		if r.Verdict != c.want || r.Documented == nil || len(r.Documented.Sources) != c.sources {
			t.Fatalf("%s: %s (%s), %+v", name, r.Verdict, r.Reason, r.Documented)
		}
		if hasNote(r.Notes, noteStale) {
			t.Errorf("%s: context has a note beside the verdict: %+v", name, r.Notes)
		}
		if last := r.Documented.Sources[c.sources-1]; last.Shows != ShowsContext || strings.Contains(r.Reason, last.Figure) {
			t.Errorf("%s: %+v; %s", name, last, r.Reason)
		}
	}
}

// A measured reading is decided by its trials, whatever is cited beside it.
func TestContextOfAMeasuredReading(t *testing.T) {
	judge := func(context ...string) Reading {
		r := beatsOn(cpuMetric, "rate/5000")
		r.Context = context
		s := newSynthetic(5).claims(r)
		s.plan.Ledger.Evidence = invented()
		return reading(t, s.judge(), 0)
	}
	plain, beside := judge(), judge("read")
	if d := beside.Documented; d == nil || len(d.Sources) != 1 || d.Sources[0].Shows != ShowsContext {
		t.Fatalf("beside it: %+v", d)
	}
	if beside.Documented = nil; plain.Documented != nil || plain.Ratio == nil || !reflect.DeepEqual(plain, beside) {
		t.Errorf("without context %+v\nwith it %+v", plain, beside)
	}
}

// What a count counts stands behind it, and neither decides nor raises a note; a plan in which a count counts itself ends all the same.
func TestCountedSources(t *testing.T) {
	s := newSynthetic(5).claims(claim.Reading{Shape: claim.Documented, ShownBy: []string{"quoted"}, Context: []string{"later"}})
	s.plan.Ledger.Article.Date = time.Date(2026, 1, 26, 0, 0, 0, 0, time.UTC)
	s.plan.Ledger.Evidence = invented()
	for i, e := range s.plan.Ledger.Evidence {
		if e.ID == "quoted" {
			s.plan.Ledger.Evidence[i].Counted = []string{"read", "old", "quoted"}
		}
	}
	r := reading(t, s.judge(), 0)
	var got []string
	for _, source := range r.Documented.Sources {
		got = append(got, source.ID+" "+source.Shows)
	}
	if want := []string{"quoted claim", "read counted", "old counted", "quoted counted", "later context"}; !slices.Equal(got, want) {
		t.Errorf("sources %q, want %q", got, want)
	}
	if r.Verdict != Inconclusive || len(r.Notes) != 0 || strings.Contains(r.Reason, "1,234") {
		t.Errorf("%s (%s), notes %+v: what is counted decides", r.Verdict, r.Reason, r.Notes)
	}
}

// A claim of "more than N" that a figure exceeds three times says little; a figure at second hand, or without a number, says nothing of it.
func TestDocumentedFloors(t *testing.T) {
	for _, c := range []struct {
		id      string
		atLeast int
		far     bool
	}{{"read", 411, true}, {"read", 412, false}, {"read", 0, false}, {"quoted", 100, false}} {
		s := newSynthetic(5).claims(claim.Reading{Shape: claim.Documented, ShownBy: []string{c.id}, AtLeast: c.atLeast})
		s.plan.Ledger.Evidence = invented()
		if r := reading(t, s.judge(), 0); hasNote(r.Notes, noteFloor) != c.far {
			t.Errorf("%s shows at least %d: notes %+v", c.id, c.atLeast, r.Notes)
		}
	}
}
