package report

// besideIt stands above sources that are context alone.
const besideIt = "For context, which decides nothing:"

// otherClaims shows in short the claims that this run says nothing about, and why.
func (d *data) otherClaims() Section {
	s := section("Claims without a measurement")
	for _, c := range d.Plan.Ledger.Claims {
		j := d.judged[c.ID]
		if !unmeasured(j) {
			continue
		}
		head := d.headline(c.ID)
		sub := section(c.ID)
		sub.Badge = j.Verdict
		sub.Blocks = append(sub.Blocks,
			paragraph(join(plain(sentence(c.Summary)), raw(" "), rawf("(%s)", oneLine(c.Where)))),
			paragraph(join(badge(j.Verdict), raw(" "), plain(sentence(reasonOf(j))))))
		if head.needs != "" {
			sub.Blocks = append(sub.Blocks, paragraph(join(strong("What it would take:"), raw(" "), plain(sentence(head.needs)))))
		}
		if len(head.combines) > 0 {
			sub.Blocks = append(sub.Blocks, d.combined(head.combines))
		}
		sub.Blocks = append(sub.Blocks, notes(j.Notes)...)
		for _, r := range j.Readings {
			sub.Blocks = append(sub.Blocks, notes(r.Notes)...)
			if r.Documented != nil && len(r.Documented.Sources) > 0 {
				sub.Blocks = append(sub.Blocks, paragraph(raw(besideIt)))
				sub.Blocks = append(sub.Blocks, sources(*r.Documented)...)
			}
		}
		s.Sections = append(s.Sections, sub)
	}
	if len(s.Sections) == 0 {
		s.Blocks = append(s.Blocks, paragraph(raw("Every claim was measured.")))
	}
	return s
}

// combined lists the claims whose verdicts a claim gathers.
func (d *data) combined(ids []string) Block {
	var items []Text
	for _, id := range ids {
		j, ok := d.judged[id]
		if !ok {
			items = append(items, plain(id))
			continue
		}
		items = append(items, join(claimLink(id), raw(": "), badge(j.Verdict), raw(" "), plain(sentence(reasonOf(j)))))
	}
	return list(items...)
}
