package report

import "fmt"

// Build resolves a run into the document that the renderers write. It fails when the
// input does not belong together (a plan without targets, a claim without a verdict) and
// when a histogram cannot be read.
func Build(in Input) (Document, error) {
	if err := in.check(); err != nil {
		return Document{}, err
	}
	d := newData(in)
	figures, err := d.plots()
	if err != nil {
		return Document{}, fmt.Errorf("report: %w", err)
	}
	doc := Document{
		RunID:    oneLine(in.RunID),
		Title:    "Put to the test: " + orMissing(oneLine(in.Plan.Ledger.Article.Title)),
		Lead:     d.lead(),
		Verdicts: d.rows(),
		Counts:   d.counts(),
		Changed:  d.changed(),
		Withheld: d.withheld(),
	}
	if d.untried() {
		doc.Sections = d.untriedSections(figures)
		return doc, uniqueAnchors(doc.Sections, map[string]bool{})
	}
	doc.Sections = []Section{
		d.verdictTable(),
		d.validity(figures),
		d.measuredClaims(figures),
	}
	doc.Sections = append(doc.Sections, d.documentedClaims(figures)...)
	doc.Sections = append(doc.Sections,
		d.otherClaims(),
		d.sideBySide(figures),
	)
	doc.Sections = append(doc.Sections, d.stacks()...)
	doc.Sections = append(doc.Sections,
		d.method(),
		d.environment(),
		d.rejected(),
		d.limits(),
		d.reproduce(),
		d.hashes(),
	)
	return doc, uniqueAnchors(doc.Sections, map[string]bool{})
}

// uniqueAnchors finds two sections that a link could not tell apart.
func uniqueAnchors(sections []Section, seen map[string]bool) error {
	for _, s := range sections {
		if seen[s.ID] {
			return fmt.Errorf("report: two sections would have the anchor %q; rename the claim", s.ID)
		}
		seen[s.ID] = true
		if err := uniqueAnchors(s.Sections, seen); err != nil {
			return err
		}
	}
	return nil
}

// section makes a section whose anchor is the one that GitHub makes of its title.
func section(title string, blocks ...Block) Section {
	return Section{ID: anchor(title), Title: oneLine(title), Blocks: blocks}
}
