package verdict

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/assay-bench/assay/harness/claim"
)

// Documented is the evidence of a reading that sources decide, not trials.
type Documented struct {
	Sources []Source `json:"sources"` // those that show the claim, those that show the opposite, then those that decide nothing; after a count, what it counts
	MaxAge  int      `json:"max_age_years,omitempty"`
}

// Source is one cited figure.
type Source struct {
	ID     string `json:"id"`
	Figure string `json:"figure"`
	Counts string `json:"counts"`
	Source string `json:"source"`
	URL    string `json:"url"`
	Date   string `json:"date"`  // of the figure, "2025-12-01"
	Read   string `json:"read"`  // "primary" or "secondary"
	Shows  string `json:"shows"` // "claim", "opposite", "context" or "counted"
	Stale  bool   `json:"stale"` // older than the article by more than the plan allows
}

// What a source shows.
const (
	ShowsClaim    = "claim"
	ShowsOpposite = "opposite"
	ShowsContext  = "context" // neither
	ShowsCounted  = "counted" // one of those that the count before it is of
)

// documented judges a reading by the sources that the ledger cites.
func (c *court) documented(r claim.Reading) Reading {
	e := c.evidenceOf(r)
	out := Reading{Rule: documentedRule, Documented: e}
	out.Verdict, out.Reason, out.WouldChange = weigh(e.Sources)
	if out.Verdict == NotTestable {
		out.WouldChange = cmp.Or(r.Needs, out.WouldChange)
	}
	if n, ok := c.emptyFloor(r, e.Sources); ok {
		out.Notes = append(out.Notes, n)
	}
	article := c.plan.Ledger.Article.Date
	for _, s := range e.Sources {
		if s.Shows != ShowsClaim && s.Shows != ShowsOpposite {
			continue
		}
		if day := article.Format(time.DateOnly); !article.IsZero() && s.Date > day {
			out.Notes = append(out.Notes, Note{noteLater, fmt.Sprintf("%s (%s) is of %s, after the article (%s), which could not know it", s.Figure, s.Source, s.Date, day)})
		}
		if s.Stale {
			out.Notes = append(out.Notes, Note{noteStale, fmt.Sprintf("%s (%s) is of %s, more than %s before the article (%s)",
				s.Figure, s.Source, s.Date, plural(c.limits.EvidenceYears, "year"), article.Format(time.DateOnly))})
		}
	}
	return out
}

// evidenceOf is the evidence of a reading, in the order in which it is shown.
func (c *court) evidenceOf(r claim.Reading) *Documented {
	return &Documented{MaxAge: c.limits.EvidenceYears, Sources: slices.Concat([]Source{},
		c.sources(r.ShownBy, ShowsClaim), c.sources(r.OpposedBy, ShowsOpposite), c.sources(r.Context, ShowsContext))}
}

// emptyFloor says that a number claimed is true and says little, since a figure that shows it is the plan's factor times it
// or more.
func (c *court) emptyFloor(r claim.Reading, sources []Source) (Note, bool) {
	factor := c.limits.FloorFarExceededFactor
	for _, s := range sources {
		figure, err := strconv.ParseFloat(strings.ReplaceAll(s.Figure, ",", ""), 64)
		if err == nil && r.AtLeast > 0 && factor > 0 && s.Shows == ShowsClaim && s.Read == string(claim.Primary) && figure >= factor*float64(r.AtLeast) {
			return Note{noteFloor, fmt.Sprintf("true and says little: %s is %s times the %s claimed; %s times or more counts as far exceeded",
				s.Figure, number(figure/float64(r.AtLeast)), count(r.AtLeast), number(factor))}, true
		}
	}
	return Note{}, false
}

const documentedRule = "supported when a source that was read itself shows it and none shows otherwise; refuted when such a one shows otherwise and none shows it; " +
	"inconclusive when sources disagree or all are quoted at second hand; not testable without a source"

// sources looks up evidence, and after a count what it counts; an id that the ledger has no entry for is left out, as if not cited.
func (c *court) sources(ids []string, shows string) []Source {
	var out []Source
	for _, id := range ids {
		i := slices.IndexFunc(c.plan.Ledger.Evidence, func(e claim.Evidence) bool { return e.ID == id })
		if i < 0 {
			continue
		}
		e := c.plan.Ledger.Evidence[i]
		out = append(out, Source{ID: e.ID, Figure: e.Figure, Counts: e.Counts, Source: e.Source, URL: e.URL,
			Date: e.Date.Format(time.DateOnly), Read: string(e.Read), Shows: shows, Stale: c.stale(e.Date)})
		if shows != ShowsCounted { // what is counted counts nothing itself
			out = append(out, c.sources(e.Counted, ShowsCounted)...)
		}
	}
	return out
}

// stale compares with the article's date, not with the day of the run: what a source said when the article was written
// does not change with the day on which somebody judges it, and judging an old run again must give the same bytes.
func (c *court) stale(date time.Time) bool {
	return c.limits.EvidenceYears > 0 && date.AddDate(c.limits.EvidenceYears, 0, 0).Before(c.plan.Ledger.Article.Date)
}

// weigh applies documentedRule.
func weigh(sources []Source) (v Verdict, reason, wouldChange string) {
	of := func(shows string) (all, read []Source) {
		for _, s := range sources {
			if s.Shows == shows {
				all = append(all, s)
				if s.Read == string(claim.Primary) {
					read = append(read, s)
				}
			}
		}
		return all, read
	}
	forIt, readFor := of(ShowsClaim)
	against, readAgainst := of(ShowsOpposite)
	switch {
	case len(forIt)+len(against) == 0:
		return NotTestable, "no source decides it", "a dated source"
	case len(forIt) > 0 && len(against) > 0:
		return Inconclusive, "sources disagree: " + cited(forIt) + " show it, " + cited(against) + " otherwise", "a reason to leave one side out"
	case len(readFor) > 0:
		return Supported, "shown by " + cited(readFor), "a source that shows otherwise"
	case len(readAgainst) > 0:
		return Refuted, "a source shows otherwise: " + cited(readAgainst), "a source that shows it"
	}
	return Inconclusive, "quoted at second hand only: " + cited(slices.Concat(forIt, against)), "the source itself, read"
}

// cited puts sources into one line: the figure, what it counts, who says so, and when.
func cited(sources []Source) string {
	parts := make([]string, len(sources))
	for i, s := range sources {
		parts[i] = fmt.Sprintf("%s (%s; %s, %s)", s.Figure, s.Counts, s.Source, s.Date)
	}
	return strings.Join(parts, "; ")
}
