package report

// rows are the verdict table as data.
func (d *data) rows() []Row {
	var out []Row
	for _, c := range d.Plan.Ledger.Claims {
		j := d.judged[c.ID]
		out = append(out, Row{Claim: oneLine(c.ID), Section: oneLine(c.Section), Verdict: j.Verdict, Reason: oneLine(j.Reason)})
	}
	return out
}

// verdictTable shows every claim in the ledger's order, under the article's headings.
func (d *data) verdictTable() Section {
	t := Table{Class: "verdicts", Columns: left("Claim", "What it says", "Verdict", "Why")}
	heading := ""
	for i, c := range d.Plan.Ledger.Claims {
		if h := oneLine(c.Section); i == 0 || h != heading {
			heading = h
			t.Rows = append(t.Rows, headingRow(plain(orMissing(h))))
		}
		j := d.judged[c.ID]
		t.Rows = append(t.Rows, cells(claimLink(c.ID), plain(c.Summary), badge(j.Verdict), plain(sentence(j.Reason))))
	}
	s := section("Verdicts", table(t))
	if len(d.Plan.Ledger.Claims) == 0 {
		s.Blocks = []Block{paragraph(raw("The ledger holds no claim."))}
	}
	for _, w := range d.Judgement.Warnings {
		s.Blocks = append(s.Blocks, paragraph(join(strong("Doubt: "), raw(" "), plain(sentence(w.Detail)))))
	}
	return s
}
