package defect

import (
	"fmt"
	"path/filepath"
	"slices"

	"github.com/assay-bench/assay/harness/mistake"
	"github.com/assay-bench/assay/harness/strict"
)

// A Corpus is what corpus.toml holds.
type Corpus struct {
	Dir     string   // the folder that holds corpus.toml and a folder for each defect
	Sources []Source // none: a corpus of somebody's own, which follows no selection rule
	Defects []Defect
	LeftOut []LeftOut
}

// A Source is a list of CWE entries that the corpus draws from.
type Source struct {
	ID, Name string
	CWEs     []int
}

// A Defect is one mistake, made by a program in each language.
type Defect struct {
	ID      string // its folder
	CWE     int
	Name    string
	Class   string
	Related string // what it shares with others that have one cause; "" for none
	Want    string // what both programs would print without the mistake, one line

	table *strict.Table // where it stands in corpus.toml
}

// LeftOut is an entry of a source that has no defect.
type LeftOut struct {
	CWE int
	Why string
}

const (
	mostSources = 20
	mostDefects = 500
	mostCWEs    = 100
	maxCWE      = 9999
	maxText     = 200
)

// Load reads corpus.toml of a folder and checks what it says against itself; Check looks at the folders.
func Load(dir string) (Corpus, error) {
	file := filepath.Join(dir, "corpus.toml")
	data, err := strict.ReadFile(file)
	if err != nil {
		return Corpus{}, err
	}
	return Parse(file, data)
}

// Parse reads a corpus from data; file is its name in errors, and its folder the corpus's.
func Parse(file string, data []byte) (Corpus, error) {
	doc, top := strict.Parse(file, data)
	if top == nil {
		return Corpus{}, doc.Err()
	}
	top.Only("source", "defect", "left_out")
	top.Need("defect", "[[defect]] tables")
	c := Corpus{Dir: filepath.Dir(file)}
	if top.Has("source") {
		for _, t := range top.Tables("source", mostSources) {
			c.Sources = append(c.Sources, parseSource(t))
		}
	}
	seen := map[string]bool{}
	for _, t := range top.Tables("defect", mostDefects) {
		d := parseDefect(t)
		if seen[d.ID] {
			t.Bad("id", fmt.Sprintf("%q stands twice", d.ID), "give each defect an id of its own")
		}
		if seen[d.ID] = true; !c.named(d.CWE) {
			t.Bad("cwe", fmt.Sprintf("%d is in no source", d.CWE), "add it to a [[source]], or drop the defect")
		}
		c.Defects = append(c.Defects, d)
	}
	for _, t := range top.Tables("left_out", mostDefects) {
		c.LeftOut = append(c.LeftOut, c.parseLeftOut(t))
	}
	c.reportMissing(top)
	return c, doc.Err()
}

func parseSource(t *strict.Table) Source {
	t.Only("id", "name", "cwes")
	for key, example := range map[string]string{"id": `id = "top25"`, "name": `name = "..."`, "cwes": "cwes = [20, 22]"} {
		t.Need(key, example)
	}
	return Source{ID: t.ID("id"), Name: t.Text("name", maxText), CWEs: t.Rising("cwes", mostCWEs, maxCWE)}
}

func parseDefect(t *strict.Table) Defect {
	t.Only("id", "cwe", "name", "class", "related", "want")
	for key, example := range map[string]string{
		"id": `id = "cwe-125-index"`, "cwe": "cwe = 125", "name": `name = "..."`, "class": `class = "memory"`, "want": `want = "what a correct program prints"`,
	} {
		t.Need(key, example)
	}
	d := Defect{
		ID: t.ID("id"), CWE: t.Integer("cwe", 1, maxCWE), Name: t.Text("name", maxText),
		Class: t.ID("class"), Related: t.ID("related"), Want: t.Text("want", maxText), table: t,
	}
	if d.Class != "" && !slices.Contains(mistake.Classes(), d.Class) {
		t.Bad("class", fmt.Sprintf("%q is no class", d.Class), strict.Suggest(d.Class, mistake.Classes(), "use memory, concurrency, errors, numbers, types or input"))
	}
	return d
}

// parseLeftOut also refuses an entry that has a defect, or that no source names.
func (c Corpus) parseLeftOut(t *strict.Table) LeftOut {
	t.Only("cwe", "why")
	t.Need("cwe", "cwe = 352")
	t.Need("why", `why = "..."`)
	l := LeftOut{CWE: t.Integer("cwe", 1, maxCWE), Why: t.Text("why", maxText)}
	switch {
	case c.has(l.CWE):
		t.Bad("cwe", fmt.Sprintf("%d has a defect", l.CWE), "drop one of the two")
	case !c.named(l.CWE):
		t.Bad("cwe", fmt.Sprintf("%d is in no source", l.CWE), "drop it")
	}
	return l
}

// reportMissing reports the entries of the sources that are neither in nor left out.
func (c Corpus) reportMissing(top *strict.Table) {
	for _, s := range c.Sources {
		for _, cwe := range s.CWEs {
			out := slices.ContainsFunc(c.LeftOut, func(l LeftOut) bool { return l.CWE == cwe })
			if !out && !c.has(cwe) {
				top.Bad("source", fmt.Sprintf("CWE-%d of %s has neither a defect nor a reason why not", cwe, s.ID), "add a [[defect]] or a [[left_out]]")
				return
			}
		}
	}
}

// has says whether an entry has a defect.
func (c Corpus) has(cwe int) bool {
	return slices.ContainsFunc(c.Defects, func(d Defect) bool { return d.CWE == cwe })
}

// named says whether a source has the entry, as it must where there is one.
func (c Corpus) named(cwe int) bool {
	return len(c.Sources) == 0 || slices.ContainsFunc(c.Sources, func(s Source) bool { return slices.Contains(s.CWEs, cwe) })
}

// Only returns the corpus with the one defect of that id.
func (c Corpus) Only(id string) (Corpus, error) {
	for _, d := range c.Defects {
		if d.ID == id {
			c.Defects = []Defect{d}
			return c, nil
		}
	}
	ids := make([]string, len(c.Defects))
	for i, d := range c.Defects {
		ids[i] = d.ID
	}
	return c, fmt.Errorf("no defect %q; %s", id, strict.Suggest(id, ids, "the folders of "+c.Dir+" name them"))
}

// program is the file of a defect's program.
func (c Corpus) program(id, language string) string {
	return filepath.Join(c.Dir, id, language, sourceName(language))
}

// editedProgram is the file of a program after the cheapest edit that its compiler accepts.
func (c Corpus) editedProgram(id, language string) string {
	return filepath.Join(c.Dir, id, "edited", language, sourceName(language))
}

func sourceName(language string) string {
	if language == mistake.Go {
		return "main.go"
	}
	return "main.rs"
}
