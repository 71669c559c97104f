package verdict

import (
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
		{"none", nil, nil, NotTestable, "no source is cited", false},
		{"not in the ledger", []string{"nowhere"}, nil, NotTestable, "no source is cited", false},
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
