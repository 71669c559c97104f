package report

import "github.com/assay-bench/assay/harness/verdict"

// documentedClaims shows the claims that sources decide; no section where there is none.
func (d *data) documentedClaims(figures figures) []Section {
	s := section("The documented claims", paragraph(rawf("No trial decides these: dated sources do. A figure that is more than %s "+
		"older than the article is marked as stale.", plural(d.Plan.Limits.EvidenceYears, "year"))))
	for _, c := range d.Plan.Ledger.Claims {
		if j := d.judged[c.ID]; documented(j) {
			s.Sections = append(s.Sections, d.claimSection(j, figures))
		}
	}
	if len(s.Sections) == 0 {
		return nil
	}
	return []Section{s}
}

// sources lists what a documented reading cites.
func sources(e verdict.Documented) []Block {
	if len(e.Sources) == 0 {
		return nil
	}
	t := Table{Columns: left("Figure", "What it counts", "Source", "Date", "Read", "It shows")}
	for _, s := range e.Sources {
		shows := map[string]string{"claim": "the claim", "opposite": "otherwise", "context": "neither"}[s.Shows]
		date := plain(s.Date)
		if s.Stale {
			date = join(date, raw(" "), strong("(stale)"))
		}
		t.Rows = append(t.Rows, cells(plain(s.Figure), plain(s.Counts), plain(s.Source+", "+s.URL), date, plain(s.Read), plain(shows)))
	}
	return []Block{table(t)}
}
