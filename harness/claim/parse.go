package claim

import (
	"fmt"

	"github.com/assay-bench/assay/harness/strict"
)

// Bounds of a claims file, so that a report stays readable and a plan small.
const (
	maxClaims   = 500
	maxReadings = 20               // of one claim
	maxSummary  = 75               // characters
	maxLocator  = 200              // characters of section, where, title
	maxSentence = 400              // characters of says, reason, needs, not_yet
	maxCell     = 2 * strict.MaxID // characters of a cell id
)

// Load reads and parses a claims file.
func Load(path string) (Ledger, error) {
	data, err := strict.ReadFile(path)
	if err != nil {
		return Ledger{}, fmt.Errorf("claims: %w", err)
	}
	return Parse(path, data)
}

// Parse reads the claims file that data holds; file is its name in errors. The error
// joins every problem found, in the order of lines, one line each.
func Parse(file string, data []byte) (Ledger, error) {
	doc, top := strict.Parse(file, data)
	if top == nil {
		return Ledger{}, doc.Err()
	}
	top.Only("article", "claim")
	top.Need("article", "[article]")
	top.Need("claim", "[[claim]]")
	var l Ledger
	if t := top.Sub("article"); t != nil {
		l.Article = parseArticle(t)
	}
	for _, t := range top.Tables("claim", maxClaims) {
		l.Claims = append(l.Claims, parseClaim(t))
	}
	checkIDs(l.Claims)
	checkLinks(l.Claims)
	if err := doc.Err(); err != nil {
		return Ledger{}, err
	}
	return l, nil
}

func parseArticle(t *strict.Table) Article {
	t.Only("id", "title", "date", "margin")
	t.Need("id", `id = "rust-vs-go-2026"`)
	t.Need("title", `title = "..."`)
	t.Need("date", "date = 2026-01-26")
	t.Need("margin", "margin = 1.05")
	a := Article{ID: t.ID("id"), Title: t.Text("title", maxLocator), Date: t.Date("date")}
	margin, ok := t.Float("margin", "1.05")
	if ok && !(margin > 1 && margin <= 1.5) { // also refuses nan
		t.Bad("margin", fmt.Sprintf("is %v", margin), "give a ratio above 1 and up to 1.5, such as 1.05")
	} else {
		a.Margin = margin
	}
	return a
}

func parseClaim(t *strict.Table) Claim {
	t.Only("id", "section", "where", "summary", "contradicts", "contradicts_how", "proxy", "every", "reading")
	t.Need("id", `id = "..."`)
	t.Need("section", `section = "...", a heading of the article`)
	t.Need("where", `where = "...", the place below that heading`)
	t.Need("summary", `summary = "...", the claim in our words`)
	t.Need("reading", "[[claim.reading]]")
	c := Claim{
		ID:      t.ID("id"),
		Section: t.Text("section", maxLocator),
		Where:   t.Text("where", maxLocator),
		Summary: t.Text("summary", maxSummary),
		table:   t,
	}
	c.Contradicts, c.ContradictsHow = parseContradictions(t)
	if t.Has("proxy") {
		c.Proxy = t.Text("proxy", maxLocator)
	}
	c.Every = t.Flag("every")
	readings := t.Tables("reading", maxReadings)
	for _, r := range readings {
		c.Readings = append(c.Readings, parseReading(r))
	}
	checkReadings(readings, c.Readings)
	return c
}
