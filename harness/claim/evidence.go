package claim

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/assay-bench/assay/harness/strict"
)

// Evidence is one dated figure with its source: an entry of scenarios/evidence/*.toml. Whether it shows a claim or the
// opposite stands in the reading that cites it, since one figure may bear on several.
type Evidence struct {
	ID     string    `json:"id"`
	Figure string    `json:"figure"` // "207,981", or what a source states without a number
	Counts string    `json:"counts"` // what exactly the figure counts
	Source string    `json:"source"` // who says so, where
	URL    string    `json:"url"`
	Date   time.Time `json:"date"` // of the figure, not of the look at it
	Read   How       `json:"read"`
	// Counted are the ids of the entries that the figure counts, where it is a count of sources: "3 of 6". Each is shown beside it.
	Counted []string `json:"counted,omitempty"`

	table *strict.Table // where it stands; nil when read from elsewhere
}

// How says how a figure was read.
type How string

// Primary was read in the source itself, Secondary as somebody else quotes it. Secondary evidence alone decides nothing.
const (
	Primary   How = "primary"
	Secondary How = "secondary"
)

const maxEntries = 500 // of one evidence file

// LoadEvidence reads every file of a directory, by name. A directory that is not there holds none.
func LoadEvidence(dir string) ([]Evidence, error) {
	files, err := filepath.Glob(filepath.Join(dir, "*.toml"))
	if err != nil {
		return nil, fmt.Errorf("evidence: %w", err)
	}
	var all []Evidence
	var errs []error
	for _, file := range files {
		data, err := strict.ReadFile(file)
		if errors.Is(err, fs.ErrNotExist) {
			continue // gone since it was listed
		}
		if err != nil {
			return nil, fmt.Errorf("evidence: %w", err)
		}
		entries, err := ParseEvidence(file, data)
		errs = append(errs, err)
		all = append(all, entries...)
	}
	errs = append(errs, checkEvidenceIDs(all), checkCounted(all))
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	return all, nil
}

// ParseEvidence reads one file of [[evidence]]; file is its name in errors.
func ParseEvidence(file string, data []byte) ([]Evidence, error) {
	doc, top := strict.Parse(file, data)
	if top == nil {
		return nil, doc.Err()
	}
	top.Only("evidence")
	top.Need("evidence", "[[evidence]]")
	var entries []Evidence
	for _, t := range top.Tables("evidence", maxEntries) {
		entries = append(entries, parseEntry(t))
	}
	if err := doc.Err(); err != nil {
		return nil, err
	}
	if err := checkEvidenceIDs(entries); err != nil {
		return nil, err
	}
	return entries, nil
}

func parseEntry(t *strict.Table) Evidence {
	t.Only("id", "figure", "counts", "source", "url", "date", "read", "counted")
	t.Need("id", `id = "..."`)
	t.Need("figure", `figure = "..."`)
	t.Need("counts", `counts = "...", what exactly the figure counts`)
	t.Need("source", `source = "..."`)
	t.Need("url", `url = "https://..."`)
	t.Need("date", "date = 2025-12-01, that of the figure")
	t.Need("read", `read = "primary" or "secondary"`)
	return Evidence{
		ID: t.ID("id"), Figure: t.Text("figure", maxLocator), Counts: t.Text("counts", maxSentence), Source: t.Text("source", maxLocator),
		URL: t.URL("url", maxSentence), Date: t.Date("date"), Read: parseHow(t), Counted: parseIDs(t, "counted", maxCounted), table: t,
	}
}

func parseHow(t *strict.Table) How {
	s := How(t.Text("read", strict.MaxID))
	if s != "" && s != Primary && s != Secondary {
		t.Bad("read", strict.Quote(string(s))+" is no way to read a figure", "write primary (read in the source itself) or secondary (quoted elsewhere)")
		return ""
	}
	return s
}

func checkEvidenceIDs(entries []Evidence) error {
	var errs []error
	seen := map[string]*strict.Problem{}
	for _, e := range entries {
		if first, ok := seen[e.ID]; ok {
			errs = append(errs, e.table.Problem("id", fmt.Sprintf("%q is taken by the entry on line %d of %s", e.ID, first.Line, first.File), "choose another"))
			continue
		}
		seen[e.ID] = e.table.Problem("id", "", "")
	}
	return errors.Join(errs...)
}

// checkCounted finds counts of what is not there. What is counted counts nothing itself, so that a row beside a figure is a source.
func checkCounted(entries []Evidence) error {
	byID := evidenceByID(entries)
	var errs []error
	for _, e := range entries {
		for i, id := range e.Counted {
			of, known := byID[id]
			switch {
			case !known:
				errs = append(errs, e.table.ElementProblem("counted", i, "no evidence "+strict.Quote(id), strict.Suggest(id, slices.Sorted(maps.Keys(byID)), "add an entry with this id")))
			case len(of.Counted) > 0:
				errs = append(errs, e.table.ElementProblem("counted", i, strict.Quote(id)+" is a count itself", "name the entries that it counts"))
			}
		}
	}
	return errors.Join(errs...)
}

func evidenceByID(entries []Evidence) map[string]Evidence {
	byID := map[string]Evidence{}
	for _, e := range entries {
		byID[e.ID] = e
	}
	return byID
}

// fallsShort is the problem of a figure that is cited for a number which it does not reach; nil where it does, or is no number.
func (r Reading) fallsShort(key string, e Evidence) *strict.Problem {
	figure, err := strconv.Atoi(strings.ReplaceAll(e.Figure, ",", ""))
	if key != "shown_by" || r.Shape != Documented || err != nil || figure >= r.AtLeast {
		return nil
	}
	return &strict.Problem{Key: key, What: fmt.Sprintf("%s has the figure %s, less than at_least = %d", strict.Quote(e.ID), e.Figure, r.AtLeast),
		Fix: "name it in opposed_by, or cite a figure that reaches it"}
}

// Cite returns the ledger with the evidence that its readings cite, and with what that counts. It reports every reading that cites what is not known
// to the files of folder, where the evidence was read.
func (l Ledger) Cite(known []Evidence, folder string) (Ledger, error) {
	byID := evidenceByID(known)
	cited := map[string]Evidence{}
	var errs []error
	for _, c := range l.Claims {
		for _, r := range c.Readings {
			for key, ids := range map[string][]string{"shown_by": r.ShownBy, "opposed_by": r.OpposedBy, "context": r.Context} {
				for _, id := range ids {
					if e, ok := byID[id]; ok {
						if short := r.fallsShort(key, e); short != nil {
							errs = append(errs, r.locate(c.ID, *short))
						}
						cited[id] = e
						for _, counted := range e.Counted {
							cited[counted] = byID[counted]
						}
						continue
					}
					fix := strict.Suggest(id, slices.Sorted(maps.Keys(byID)), "add an entry with this id to a .toml file under "+folder)
					errs = append(errs, r.locate(c.ID, strict.Problem{Key: key, What: "no evidence " + strict.Quote(id), Fix: fix}))
				}
			}
		}
	}
	slices.SortStableFunc(errs, func(a, b error) int { return cmp.Compare(a.Error(), b.Error()) })
	l.Evidence = nil
	for _, id := range slices.Sorted(maps.Keys(cited)) {
		l.Evidence = append(l.Evidence, cited[id])
	}
	return l, errors.Join(errs...)
}
