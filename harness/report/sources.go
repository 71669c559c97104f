package report

import (
	"net/url"
	"slices"
	"strings"

	"github.com/assay-bench/assay/harness/verdict"
)

// documentedClaims shows the claims that sources decide; no section where there is none.
func (d *data) documentedClaims(figures figures) []Section {
	s := section("The documented claims", paragraph(rawf("No trial decides these: dated sources do. Read says how: a primary figure was "+
		"read in the source itself, a secondary one as somebody else quotes it, and alone that decides nothing. A figure that is more "+
		"than %s older than the article is marked as stale. What is shown as context decides nothing either.",
		plural(d.Plan.Limits.EvidenceYears, "year"))))
	for _, c := range d.Plan.Ledger.Claims {
		if j := d.judged[c.ID]; documented(j) {
			if len(s.Sections) == 0 {
				s.Blocks = append(s.Blocks, paragraph(join(strong("Rule:"), raw(" "), plain(sentence(documentedRule(j))))))
			}
			s.Sections = append(s.Sections, d.claimSection(j, figures))
		}
	}
	if len(s.Sections) == 0 {
		return nil
	}
	return []Section{s}
}

// documentedRule is the rule by which sources decide a documented claim.
func documentedRule(c verdict.Claim) string {
	return c.Readings[slices.IndexFunc(c.Readings, sourced)].Rule
}

// sources lists what a reading cites.
func sources(e verdict.Documented) []Block {
	if len(e.Sources) == 0 {
		return nil
	}
	t := Table{Columns: left("Figure", "What it counts", "Source", "Date", "Read", "It shows")}
	for _, s := range e.Sources {
		date := code(s.Date) // as code it keeps to one line
		if s.Stale {
			date = join(date, raw(" "), strong("(stale)"))
		}
		t.Rows = append(t.Rows, cells(plain(s.Figure), plain(s.Counts), sourceLink(s), date, plain(s.Read), plain(side(s))))
	}
	return []Block{table(t)}
}

// side says in words what a source shows of its reading.
func side(s verdict.Source) string {
	switch s.Shows {
	case verdict.ShowsClaim:
		return "the claim"
	case verdict.ShowsOpposite:
		return "otherwise"
	case verdict.ShowsCounted:
		return "one of those counted above"
	}
	return "context"
}

// sourceLink leads to a source's page. An address that is not a plain one of the web, or that Markdown might end too early, stands as text.
func sourceLink(s verdict.Source) Text {
	u, err := url.Parse(s.URL)
	if err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" || u.User != nil || strings.ContainsFunc(s.URL, unsafeInLink) {
		return plain(s.Source + ", " + s.URL)
	}
	return link(s.Source, s.URL)
}

// unsafeInLink reports what could end an address in Markdown or HTML, or hide what it is.
func unsafeInLink(r rune) bool {
	return r <= ' ' || r > '~' || strings.ContainsRune("()<>[]{}|\\`\"'*", r)
}
