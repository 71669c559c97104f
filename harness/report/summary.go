package report

import (
	"bytes"
	"fmt"
	"io"
)

// Summary writes the first lines of the report and its verdict table, as Markdown: what a continuous-integration job shows of a run.
func Summary(w io.Writer, doc Document) error {
	m := &markdown{}
	m.line("## " + escapeMarkdown(doc.Title))
	for _, t := range doc.Lead { // the host, the date and what a check withholds: a job's page outlives its runner
		m.paragraph(t)
	}
	t := Table{Columns: []Column{{Title: "Claim"}, {Title: "Verdict"}, {Title: "Why"}}}
	section := ""
	for _, r := range doc.Verdicts {
		if r.Section != section {
			section = r.Section
			t.Rows = append(t.Rows, TableRow{Heading: plain(section)})
		}
		t.Rows = append(t.Rows, cells(code(r.Claim), plain(string(r.Verdict)), plain(r.Reason)))
	}
	m.table(t)
	if _, err := io.Copy(w, bytes.NewReader(m.buf.Bytes())); err != nil {
		return fmt.Errorf("write the summary: %w", err)
	}
	return nil
}
