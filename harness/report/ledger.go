package report

// ledgerClaim is what the report shows of a claim of the ledger.
type ledgerClaim struct{ Where, Section, Summary string }

// ledger finds a claim of the plan's ledger; checkClaims has made sure that it is there.
func (d *data) ledger(id string) ledgerClaim {
	for _, c := range d.Plan.Ledger.Claims {
		if c.ID == id {
			return ledgerClaim{c.Where, c.Section, c.Summary}
		}
	}
	return ledgerClaim{}
}

// says returns the measurable sentence of a reading.
func (d *data) says(claim, reading string) string {
	for _, c := range d.Plan.Ledger.Claims {
		if c.ID != claim {
			continue
		}
		for _, r := range c.Readings {
			if r.ID == reading {
				return r.Says
			}
		}
	}
	return ""
}

// headlineReading is what the ledger says of a claim that is not measured.
type headlineReading struct {
	needs    string
	combines []string
}

// headline gathers what the readings of a claim need and combine, the headline first
// where there are several that say something.
func (d *data) headline(claim string) headlineReading {
	var out headlineReading
	for _, c := range d.Plan.Ledger.Claims {
		if c.ID != claim {
			continue
		}
		for _, r := range c.Readings {
			if r.Needs != "" && (out.needs == "" || r.Headline) {
				out.needs = r.Needs
			}
			out.combines = append(out.combines, r.Claims...)
		}
	}
	return out
}
