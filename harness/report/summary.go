package report

import (
	"bytes"
	"fmt"
	"io"
)

// Summary writes the verdict table alone, as Markdown: what a continuous-integration job shows of a run.
func Summary(w io.Writer, doc Document) error {
	m := &markdown{}
	m.line("## " + escapeMarkdown(doc.Title))
	m.line("**" + escapeMarkdown(doc.Counts) + "**")
	if doc.Changed != "" {
		m.line("**" + escapeMarkdown(doc.Changed) + "**")
	}
	for _, sentence := range doc.Withheld {
		m.line(startOfLine(escapeMarkdown(sentence)))
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
