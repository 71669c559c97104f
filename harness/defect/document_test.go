package defect

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/assay-bench/assay/harness/marks"
	"github.com/assay-bench/assay/harness/mistake"
)

// kept is the study that docs/defects.md and the READMEs were made from:
//
//	assay defects --json harness/defect/testdata/study.json --write docs/defects.md
func kept(t *testing.T) mistake.Study {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", "study.json"))
	if err != nil {
		t.Fatal(err)
	}
	s, err := mistake.ParseStudy(data)
	if err != nil {
		t.Fatal(err)
	}
	again, err := s.JSON()
	if err != nil || !bytes.Equal(again, data) {
		t.Errorf("testdata/study.json does not come back the same: %v", err)
	}
	return s
}

// The tables in the documents are those of the kept study, and that is of the corpus and of its programs as they are.
func TestDocumentsFollowFromTheStudy(t *testing.T) {
	c, s := realCorpus(t), kept(t)
	var tables bytes.Buffer
	if err := Write(&tables, c, s, "../scenarios/defects"); err != nil {
		t.Fatal(err)
	}
	same(t, filepath.Join("..", "..", "docs", "defects.md"), "defects", tables.String())
	for i, r := range s.Defects {
		if i >= len(c.Defects) || r.ID != c.Defects[i].ID || r.CWE != c.Defects[i].CWE || r.Class != c.Defects[i].Class || r.Related != c.Defects[i].Related {
			t.Fatalf("the study has %s, CWE-%d, where the corpus has another; run assay defects again", r.ID, r.CWE)
		}
		if now, err := c.sources(c.Defects[i]); err != nil || r.Sources != now {
			t.Errorf("%s: its programs, or what a right one prints, changed after the study; run assay defects again (%v)", r.ID, err)
		}
		same(t, filepath.Join(scenarios, r.ID, "README.md"), readmeMark, Readme(r))
	}
	if len(s.Defects) != len(c.Defects) {
		t.Errorf("%d defects in the study, %d in the corpus", len(s.Defects), len(c.Defects))
	}
}

func same(t *testing.T, name, mark, text string) {
	t.Helper()
	body, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if want, err := marks.Insert(string(body), mark, text); err != nil || want != string(body) {
		t.Errorf("%s is not what the study says; run assay defects again (%v)", name, err)
	}
}

// The corpus has those in which Go is stricter, at compile time and later, and those in which nobody notices.
func TestTheCorpusHasBothSides(t *testing.T) {
	order := mistake.Fates()
	earlier := func(r mistake.Result, a, b string) bool {
		return slices.Index(order, r.In(a).Fate()) < slices.Index(order, r.In(b).Fate())
	}
	var goCompiler, goLater, rust, nobody int
	for _, r := range kept(t).Defects {
		switch {
		case earlier(r, mistake.Go, mistake.Rust) && r.Go.Fate() == mistake.FateRejected:
			goCompiler++
		case earlier(r, mistake.Go, mistake.Rust):
			goLater++
		case earlier(r, mistake.Rust, mistake.Go):
			rust++
		case r.Go.Fate() == mistake.FateSilent && r.Rust.Fate() == mistake.FateSilent:
			nobody++
		}
	}
	if goCompiler < 3 || goLater < 3 || rust < 3 || nobody < 3 {
		t.Errorf("Go's compiler is stricter in %d, Go later in %d, Rust in %d, nobody notices %d", goCompiler, goLater, rust, nobody)
	}
}

func TestOutcomesAreKnown(t *testing.T) {
	known := []mistake.Outcome{mistake.Unreached, mistake.Passed, mistake.Rejected, mistake.Warned, mistake.Found, mistake.Stopped, mistake.Hung, mistake.Outgrown, mistake.Silent, mistake.Right}
	for _, r := range kept(t).Defects {
		for _, language := range []string{mistake.Go, mistake.Rust} {
			p := r.In(language)
			if (p.Fate() == mistake.FateRejected) != (p.Edited != nil) {
				t.Errorf("%s %s: rejected and edited differ", r.ID, language)
			}
			for i, s := range p.Steps {
				if !slices.Contains(known, s.Outcome) || s.Name != mistake.Columns(language)[i] {
					t.Errorf("%s %s: %+v", r.ID, language, s)
				}
			}
		}
	}
}
