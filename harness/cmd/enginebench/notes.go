package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// notesFile, beside the document, is what people write about it. It goes into the document as it is, behind a word on whose
// figures it has: its first line names the run for which they were written.
const notesFile = "engine-bench-notes.md"

// notes are what people wrote about a run. Commit and cpu are those of its environment; text begins with the line that names them.
type notes struct{ text, commit, cpu string }

// The first line of the notes is notesBegin, the commit, notesOn, the CPU and a full stop.
const (
	notesBegin = "These notes were written for the run of assay "
	notesOn    = " on "
)

// notes reads the notes; none where there is no file. It fails where the first line does not say for which run they were written.
func (b *bench) notes() (notes, error) {
	name := filepath.Join(b.root, "docs", notesFile)
	text, err := os.ReadFile(name)
	if os.IsNotExist(err) {
		return notes{}, nil
	}
	if err != nil {
		return notes{}, err
	}
	n := notes{text: strings.TrimSpace(string(text))}
	if n.text == "" {
		return n, nil
	}
	first, _, _ := strings.Cut(n.text, "\n")
	run, begins := strings.CutPrefix(first, notesBegin)
	run, ends := strings.CutSuffix(run, ".")
	var names bool
	n.commit, n.cpu, names = strings.Cut(run, notesOn)
	if !begins || !ends || !names || n.commit == "" || n.cpu == "" {
		return notes{}, fmt.Errorf("%s:1: the notes' figures are those of one run, which the first line has to name: %q", name,
			notesBegin+"COMMIT"+notesOn+"CPU.")
	}
	return n, nil
}

// inDocument is the notes as they stand in the document of a run. Figures of another run are called so.
func (n notes) inDocument(r *results) string {
	commit, cpu := r.fact("assay"), r.fact("CPU")
	if n.text == "" || commit == n.commit && cpu == n.cpu {
		return n.text
	}
	return fmt.Sprintf("**The figures in these notes are not those of the tables below.** They are of the run of assay %s on %s, which the notes call "+
		"\"this run\"; the tables are of assay %s on %s.\n\n%s", n.commit, n.cpu, known(commit), known(cpu), n.text)
}

// fact is a line of the environment, "" where there is none of that name.
func (r *results) fact(name string) string {
	for _, f := range r.Environment {
		if f.Name == name {
			return f.Value
		}
	}
	return ""
}

func known(value string) string {
	if value == "" {
		return "a commit or host that is not known"
	}
	return value
}
