package defect

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/assay-bench/assay/harness/marks"
	"github.com/assay-bench/assay/harness/mistake"
)

// WriteReadmes puts what the tools said into each defect's README.md, between its marks.
func WriteReadmes(c Corpus, s mistake.Study) error {
	for _, r := range s.Defects {
		name := filepath.Join(c.Dir, r.ID, "README.md")
		document, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		text, err := marks.Insert(string(document), readmeMark, Readme(r))
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			return err
		}
	}
	return nil
}

// Readme is what the tools said of one defect, as Markdown.
func Readme(r mistake.Result) string {
	var b strings.Builder
	rows := [][]string{{"program", "step", "outcome", "said"}}
	for _, language := range []string{mistake.Go, mistake.Rust} {
		p := r.In(language)
		rows = append(rows, stepRows(language, p)...)
		if p.Edited != nil {
			rows = append(rows, stepRows(language+", edited", *p.Edited)...)
		}
	}
	writeRows(&b, rows)
	ends := fmt.Sprintf("\nIt ends %s in Go and %s in Rust", r.Go.Fate(), r.Rust.Fate())
	if r.Go.Edited != nil || r.Rust.Edited != nil {
		ends += fmt.Sprintf("; after the cheapest edit, %s in Go and %s in Rust", r.Go.EditedFate(), r.Rust.EditedFate())
	}
	b.WriteString(ends + ".\n")
	return b.String()
}

func stepRows(program string, p mistake.Program) [][]string {
	var rows [][]string
	for _, s := range p.Steps {
		words := ""
		if s.Says != "" {
			words = verbatim(s.Says)
		}
		if s.Code != "" {
			words = "`" + s.Code + "` " + words
		}
		rows = append(rows, []string{program, s.Name, string(s.Outcome), words})
	}
	return rows
}
