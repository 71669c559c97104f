package report

import (
	"slices"
	"strings"

	"github.com/assay-bench/assay/harness/verdict"
)

// rows are the verdict table as data.
func (d *data) rows() []Row {
	var out []Row
	for _, c := range d.Plan.Ledger.Claims {
		j := d.judged[c.ID]
		out = append(out, Row{Claim: oneLine(c.ID), Section: oneLine(c.Section), Verdict: j.Verdict, Reason: oneLine(reasonOf(j)), Beside: oneLine(d.caveats(c.ID, j))})
	}
	return out
}

// caveatWords are the notes without which a verdict is easily misread, in short; the section of the claim has them at length.
var caveatWords = map[string]string{
	"proxy":                "tested by a stand-in or in part",
	"infrastructure-only":  "infrastructure only",
	"bound-by-replicas":    "the least number of machines decides the bill",
	"extrapolated-rate":    "the bill extrapolates",
	"database-shared-cpus": "the database shared the load side's CPUs",
}

// caveats names those of the claim and its headline, and the claims that it contradicts; "" for none.
func (d *data) caveats(id string, j verdict.Claim) string {
	var words []string
	notes := j.Notes
	for _, r := range j.Readings {
		if r.Headline {
			notes = slices.Concat(notes, r.Notes)
		}
	}
	for _, n := range notes {
		if w, ok := caveatWords[n.Code]; ok && !slices.Contains(words, w) {
			words = append(words, w)
		}
	}
	var others []string
	for _, pair := range d.Plan.Ledger.Contradictions() {
		if other, ok := pair.Other(id); ok {
			others = append(others, other)
		}
	}
	if len(others) > 0 {
		words = append(words, "contradicts "+strings.Join(others, ", "))
	}
	return strings.Join(words, "; ")
}

// reasonWithCaveats is a reason in one sentence, and what stands beside the verdict.
func reasonWithCaveats(reason, caveats string) Text {
	text := plain(sentence(reason))
	if caveats != "" {
		text = join(text, raw(" "), plain("Beside it: "+caveats+"."))
	}
	return text
}

// centres say which averages stand in which place.
const centres = "A server's number is the geometric mean over its blocks, and a ratio that of the blocks' ratios; a difference is the arithmetic mean of the " +
	"blocks' differences. Tables side by side show medians."

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
		t.Rows = append(t.Rows, cells(claimLink(c.ID), plain(c.Summary), badge(j.Verdict), reasonWithCaveats(reasonOf(j), d.caveats(c.ID, j))))
	}
	s := section("Verdicts", paragraph(plain(centres)), table(t))
	if len(d.Plan.Ledger.Claims) == 0 {
		s.Blocks = []Block{paragraph(raw("The ledger holds no claim."))}
	}
	for _, w := range d.Judgement.Warnings {
		s.Blocks = append(s.Blocks, paragraph(join(strong("Doubt: "), raw(" "), plain(sentence(w.Detail)))))
	}
	return s
}
