package report

import "slices"

// untried reports whether the plan has no trial: no claim of its article takes a server.
func (d *data) untried() bool { return d.Plan.Untried() }

// untriedSections are those of a report without trials: what is said of servers, of load and of blocks would be of nothing.
func (d *data) untriedSections(figures figures) []Section {
	sections := []Section{d.verdictTable()}
	if studied := d.measuredSections(figures); len(studied) > 0 {
		s := section("The claims that were studied")
		s.Sections = studied
		sections = append(sections, s)
	}
	sections = append(sections, d.documentedClaims(figures)...)
	if slices.ContainsFunc(d.Judgement.Claims, unmeasured) {
		sections = append(sections, d.otherClaims())
	}
	sections = append(sections, d.untriedEnvironment())
	if left := d.readingsLeftOut(); left != nil {
		sections = append(sections, *left)
	}
	return append(sections, d.reproduce(), d.hashes())
}

// untriedLead says what was judged and by what.
func (d *data) untriedLead() []Text {
	a := d.Plan.Ledger.Article
	by := "dated sources decide, or nothing does"
	if len(d.Plan.Studies) > 0 {
		by = "dated sources and studies of programs decide, or nothing does"
	}
	what := rawf("assay put %s of the article “%s” (%s) to the test on %s. None of them takes a server, so that no trial was made: %s. ",
		plural(len(d.Plan.Ledger.Claims), "claim"), oneLine(a.Title), date(a.Date), moment(d.Env.StartedAt), by)
	return []Text{join(what, strong("Verdicts: "+d.counts()), raw(".")),
		raw("A verdict holds for the sources and versions named in this report, as of their dates, and for nothing else.")}
}

func (d *data) untriedEnvironment() Section {
	t := Table{Columns: left("What", "Value")}
	for _, row := range [][2]string{
		{"started", moment(d.Env.StartedAt)}, {"assay", d.Env.Assay}, {"profile", d.Plan.Profile}, {"operating system", d.Env.OS}, {"kernel", d.Env.Kernel},
		{"processor", d.Env.CPUModel},
	} {
		t.Rows = append(t.Rows, cells(plain(row[0]), plain(orMissing(row[1]))))
	}
	return section("Environment", table(t))
}
