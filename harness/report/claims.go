package report

import (
	"slices"
	"strings"

	"github.com/assay-bench/assay/harness/trial"
	"github.com/assay-bench/assay/harness/verdict"
)

// measured reports whether this run's trials decide, or try to decide, any reading.
func measured(c verdict.Claim) bool {
	return slices.ContainsFunc(c.Readings, func(r verdict.Reading) bool {
		none := r.Verdict == verdict.NotMeasured || r.Verdict == verdict.NotTestable || r.Verdict == verdict.Combined
		return !none && !citedAlone(r)
	})
}

// unmeasured reports whether neither trials nor studies nor sources decide the claim.
func unmeasured(c verdict.Claim) bool { return !measured(c) && !documented(c) }

// documented reports whether sources, and no trials, decide the claim.
func documented(c verdict.Claim) bool {
	return !measured(c) && slices.ContainsFunc(c.Readings, sourced)
}

// sourced reports whether a reading cites more than context.
func sourced(r verdict.Reading) bool {
	return r.Documented != nil && slices.ContainsFunc(r.Documented.Sources, func(s verdict.Source) bool {
		return s.Shows == verdict.ShowsClaim || s.Shows == verdict.ShowsOpposite
	})
}

// citedAlone reports whether a reading rests on no trial, but on what it cites.
func citedAlone(r verdict.Reading) bool {
	return r.Documented != nil && r.Threshold == nil && r.Ratio == nil && r.Range == nil && r.Amount == nil && r.UpTo == nil
}

// measuredClaims shows each measured claim with all its readings.
func (d *data) measuredClaims(figures figures) Section {
	s := section("The measured claims")
	s.Sections = d.measuredSections(figures)
	if len(s.Sections) == 0 {
		s.Blocks = append(s.Blocks, paragraph(raw("This run measured no claim.")))
		return s
	}
	s.Blocks = append(s.Blocks, paragraph(rawf(
		"Intervals of ratios are at %s: %s of one article are a family, and the confidence of each is raised so that "+
			"the family's is %s. A tie that refutes \"better\" needs that interval inside %s to %s; a claim of a tie or of a range "+
			"is supported by an interval at %s.",
		confidence(d.Judgement.Confidence), plural(d.Judgement.FamilySize, "comparative reading"),
		confidence(d.Plan.Limits.Confidence), ratio(1/d.Judgement.Margin), setting(d.Judgement.Margin), confidence(d.Judgement.InsideAt))))
	if f, ok := figures.forest(); ok {
		s.Blocks = append(s.Blocks, d.show(f, s.ID)...)
	}
	return s
}

// measuredSections are those of the claims that trials or studies decide.
func (d *data) measuredSections(figures figures) []Section {
	var all []Section
	for _, c := range d.Plan.Ledger.Claims {
		if j := d.judged[c.ID]; measured(j) {
			all = append(all, d.claimSection(j, figures))
		}
	}
	return all
}

func (d *data) claimSection(j verdict.Claim, figures figures) Section {
	s := section(j.ID)
	s.Badge = j.Verdict
	c := d.ledger(j.ID)
	s.Blocks = append(s.Blocks,
		paragraph(join(plain(sentence(c.Summary)), raw(" "), rawf("(%s)", oneLine(c.Where)))),
		paragraph(join(badge(j.Verdict), raw(" "), plain(sentence(reasonOf(j))))))
	s.Blocks = append(s.Blocks, notes(j.Notes)...)
	said := slices.Clone(j.Notes)
	for _, r := range j.Readings {
		r.Notes = slices.DeleteFunc(slices.Clone(r.Notes), func(n verdict.Note) bool { return slices.Contains(said, n) })
		said = append(said, r.Notes...)
		s.Blocks = append(s.Blocks, d.reading(j, r, s.ID, figures)...)
	}
	return s
}

// givesReason reports whether the claim's own line has the reading's reason: the headline's, or, where all readings decide, those
// that made the verdict what it is.
func givesReason(j verdict.Claim, r verdict.Reading) bool {
	if j.Every {
		return strings.Contains(j.Reason, r.Reason)
	}
	return r.Headline
}

// reading shows one reading: what it says, the rule, the evidence, the doubts.
func (d *data) reading(j verdict.Claim, r verdict.Reading, section string, figures figures) []Block {
	out := d.readingHead(j, r)
	evidence := d.evidence(r)
	if len(evidence) == 0 {
		return append(out, notes(r.Notes)...) // nothing was measured: the reason has said why
	}
	if r.Rule != "" && (!documented(j) || r.AsyncRuntime != nil) { // the section of documented claims gives their rule once
		out = append(out, paragraph(join(strong("Rule:"), raw(" "), plain(sentence(r.Rule)))))
	}
	out = append(out, evidence...)
	for _, f := range figures.of(r) {
		out = append(out, d.show(f, section)...)
	}
	out = append(out, notes(r.Notes)...)
	if r.WithRejected != "" && r.WithRejected != r.Verdict {
		out = append(out, paragraph(join(strong("With the rejected trials"), raw(" the same rule would have said: "),
			badge(r.WithRejected), raw("."))))
	}
	if r.RatioWithRejected != nil {
		out = append(out, paragraph(join(strong("Rejected numbers,"), rawf(" shown for the reader; no verdict rests on them. "+
			"The same comparison with the trials in it %s:", d.rejectedOf(*r.RatioWithRejected)))))
		out = append(out, d.ratio(*r.RatioWithRejected)...)
	}
	if r.WithheldBy != "" {
		out = append(out, paragraph(join(strong("No verdict, since a validity check failed:"), raw(" "), plain(sentence(checkLabel(r.WithheldBy))))))
	}
	out = append(out, doubts(r.Doubts)...)
	if r.WouldChange != "" {
		out = append(out, paragraph(join(strong("What would change it:"), raw(" "), plain(sentence(r.WouldChange)))))
	}
	return out
}

// readingHead says which of the claim's readings it is, and what it says.
func (d *data) readingHead(j verdict.Claim, r verdict.Reading) []Block {
	says := d.says(j.ID, r.ID)
	if len(j.Readings) == 1 {
		if says == "" {
			return nil
		}
		return []Block{paragraph(join(strong("Reading:"), raw(" "), plain(sentence(says))))}
	}
	title := "Reading " + r.ID
	switch {
	case j.Every:
		title += " (the claim takes all of them)"
	case r.Headline:
		title += " (decides the claim)"
	}
	head := join(strong(title), raw(": "), plain(sentence(says)), raw(" "), badge(r.Verdict))
	if !givesReason(j, r) {
		head = join(head, raw(" "), plain(sentence(r.Reason)))
	}
	return []Block{paragraph(head)}
}

// evidence shows what a reading rests on, whatever its shape.
func (d *data) evidence(r verdict.Reading) []Block {
	var out []Block
	if r.Threshold != nil {
		out = append(out, d.threshold(*r.Threshold)...)
	}
	if r.Ratio != nil {
		out = append(out, d.ratio(*r.Ratio)...)
	}
	if r.Range != nil {
		out = append(out, d.ranged(*r.Range, r.Ratio)...)
	}
	if r.Amount != nil {
		out = append(out, d.amount(*r.Amount)...)
	}
	if r.Cost != nil {
		out = append(out, d.cost(*r.Cost)...)
	}
	if r.UpTo != nil {
		out = append(out, d.upTo(*r.UpTo)...)
	}
	if r.Documented != nil {
		if !citedAlone(r) && len(r.Documented.Sources) > 0 {
			out = append(out, paragraph(raw(besideIt)))
		}
		out = append(out, sources(*r.Documented)...)
	}
	if r.Defects != nil {
		out = append(out, d.defects(*r.Defects)...)
	}
	if r.Conformance != nil {
		out = append(out, d.conformance(*r.Conformance)...)
	}
	if r.Together != nil {
		out = append(out, together(*r.Together)...)
	}
	if r.AsyncRuntime != nil {
		out = append(out, asyncRuntime(*r.AsyncRuntime)...)
	}
	return out
}

// notes lists what stands beside a verdict, each under its code in words.
func notes(ns []verdict.Note) []Block {
	if len(ns) == 0 {
		return nil
	}
	var items []Text
	for _, n := range ns {
		items = append(items, join(strong(words(n.Code)+":"), raw(" "), plain(sentence(n.Detail))))
	}
	return []Block{list(items...)}
}

func doubts(ws []trial.Warning) []Block {
	if len(ws) == 0 {
		return nil
	}
	var items []Text
	for _, w := range ws {
		items = append(items, join(strong("doubt, "+words(w.Code)+":"), raw(" "), plain(sentence(w.Detail))))
	}
	return []Block{list(items...)}
}

func words(code string) string { return strings.ReplaceAll(code, "-", " ") }

// show places a figure where it is first needed, and links to it from then on.
func (d *data) show(f Figure, section string) []Block {
	if at, shown := d.anchor[f.ID]; shown {
		if at == section {
			return nil
		}
		return []Block{paragraph(join(strong("Plot:"), raw(" “"), link(f.Title, "#"+at), raw("”, above.")))}
	}
	d.anchor[f.ID] = section
	return []Block{figure(f)}
}
