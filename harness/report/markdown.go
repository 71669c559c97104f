package report

import (
	"bytes"
	"fmt"
	"io"
	"strings"
)

// Markdown writes the document as GitHub's Markdown. Plots are linked as PNG files
// beside it, which [Plots] makes.
func Markdown(w io.Writer, doc Document) error {
	m := &markdown{}
	m.line("# " + escapeMarkdown(doc.Title))
	for _, t := range doc.Lead {
		m.paragraph(t)
	}
	for _, s := range doc.Sections {
		m.section(s, 2)
	}
	if _, err := w.Write(m.buf.Bytes()); err != nil {
		return fmt.Errorf("write report.md: %w", err)
	}
	return nil
}

// markdown collects the output; every block is followed by an empty line.
type markdown struct{ buf bytes.Buffer }

func (m *markdown) line(s string) { m.buf.WriteString(s + "\n\n") }

func (m *markdown) paragraph(t Text) { m.line(startOfLine(inline(t, false))) }

func (m *markdown) section(s Section, level int) {
	m.line(strings.Repeat("#", level) + " " + escapeMarkdown(s.Title))
	for _, b := range s.Blocks {
		m.block(b)
	}
	for _, sub := range s.Sections {
		m.section(sub, level+1)
	}
}

func (m *markdown) block(b Block) {
	switch {
	case b.Table != nil:
		m.table(*b.Table)
	case b.Figure != nil:
		m.figure(*b.Figure)
	case b.Details != nil:
		m.paragraph(b.Details.Instead)
	case b.Code != "":
		m.code(b.Code)
	case len(b.List) > 0:
		for _, t := range b.List {
			m.buf.WriteString("- " + startOfLine(inline(t, false)) + "\n")
		}
		m.buf.WriteString("\n")
	default:
		m.paragraph(b.Paragraph)
	}
}

// code fences a listing with more backticks than it holds in a row.
func (m *markdown) code(s string) {
	fence := strings.Repeat("`", max(3, longestRun(s, '`')+1))
	m.line(fence + "\n" + strings.TrimRight(s, "\n") + "\n" + fence)
}

func (m *markdown) figure(f Figure) {
	m.line(fmt.Sprintf("[![%s](%s.png)](%s.svg)", escapeMarkdown(f.Title), f.ID, f.ID))
	if len(f.Caption) > 0 {
		m.paragraph(f.Caption)
	}
}

func (m *markdown) table(t Table) {
	if t.Caption != "" {
		m.paragraph(append(plain(t.Caption), raw(":")...))
	}
	var head, rule []string
	for _, c := range t.Columns {
		head = append(head, escapeMarkdown(c.Title))
		if c.Right {
			rule = append(rule, "---:")
		} else {
			rule = append(rule, "---")
		}
	}
	m.row(head)
	m.row(rule)
	for _, r := range t.Rows {
		row := make([]string, len(t.Columns))
		if r.Heading != nil {
			row[0] = inline(Text{{Kind: Strong, Text: textOf(r.Heading)}}, true)
		}
		for i, c := range r.Cells {
			row[i] = inline(c, true)
		}
		m.row(row)
	}
	m.buf.WriteString("\n")
}

func (m *markdown) row(fields []string) {
	m.buf.WriteString("| " + strings.Join(fields, " | ") + " |\n")
}

// inline writes spans. In a table a pipe inside code needs a backslash, elsewhere it
// would show one.
func inline(t Text, inTable bool) string {
	var b strings.Builder
	for _, s := range t {
		switch s.Kind {
		case Code:
			b.WriteString(codeSpan(s.Text, inTable))
		case Strong, Badge:
			b.WriteString("**" + escapeMarkdown(s.Text) + "**")
		case Link:
			b.WriteString("[" + escapeMarkdown(s.Text) + "](" + s.Href + ")")
		default:
			b.WriteString(escapeMarkdown(s.Text))
		}
	}
	return b.String()
}

// escapeMarkdown makes s stand for itself in a line of Markdown or a table cell.
func escapeMarkdown(s string) string {
	var b strings.Builder
	runes := []rune(s)
	for i, r := range runes {
		switch r {
		case '\\', '`', '*', '[', ']', '|', '~', '$', '<', '>':
			b.WriteByte('\\')
		case '&':
			b.WriteString("&amp;")
			continue
		case '\n', '\r':
			r = ' ' // a line break could end a table row or start a list
		case '_':
			// Within a word it is no mark of emphasis, and names read better bare.
			if i == 0 || i == len(runes)-1 || !wordRune(runes[i-1]) || !wordRune(runes[i+1]) {
				b.WriteByte('\\')
			}
		}
		b.WriteRune(r)
	}
	return b.String()
}

func wordRune(r rune) bool {
	return r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'
}

// startOfLine keeps the first character of a paragraph from making it a heading, a list
// or a quotation.
func startOfLine(s string) string {
	if s == "" {
		return s
	}
	if strings.ContainsRune("#+-=", rune(s[0])) {
		return "\\" + s
	}
	digits := len(s) - len(strings.TrimLeft(s, "0123456789"))
	if rest := s[digits:]; digits > 0 && (strings.HasPrefix(rest, ". ") || strings.HasPrefix(rest, ") ") || rest == "." || rest == ")") {
		return s[:digits] + "\\" + rest
	}
	return s
}

// codeSpan quotes s with more backticks than it holds in a row.
func codeSpan(s string, inTable bool) string {
	if inTable {
		s = strings.ReplaceAll(s, "|", "\\|")
	}
	run := longestRun(s, '`')
	if run == 0 {
		return "`" + s + "`"
	}
	fence := strings.Repeat("`", run+1)
	return fence + " " + s + " " + fence
}

func longestRun(s string, c byte) int {
	longest, run := 0, 0
	for i := range len(s) {
		if s[i] != c {
			run = 0
			continue
		}
		run++
		longest = max(longest, run)
	}
	return longest
}

// textOf is the words of a text without their styles.
func textOf(t Text) string {
	var b strings.Builder
	for _, s := range t {
		b.WriteString(s.Text)
	}
	return b.String()
}
