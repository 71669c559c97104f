package compare

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// Widths in characters.
const (
	textWidth = 110 // sentences are broken here; tables are as wide as they have to be
	widest    = 40  // a column is made no wider than this; a longer cell runs on
)

// Text writes a comparison as aligned text for a terminal or a log.
func Text(w io.Writer, c Comparison, o Options) error {
	var buf bytes.Buffer
	for i, b := range pageOf(c, o) {
		if i > 0 && (b.heading != "" || b.paragraph != "" && i == 1) {
			buf.WriteByte('\n')
		}
		b.text(&buf)
	}
	if _, err := w.Write(buf.Bytes()); err != nil {
		return fmt.Errorf("write the comparison: %w", err)
	}
	return nil
}

func (b block) text(buf *bytes.Buffer) {
	switch {
	case b.heading != "":
		fmt.Fprintln(buf, oneLine(b.heading))
	case b.table != nil:
		b.table.text(buf)
	case b.paragraph != "":
		wrap(buf, b.paragraph, "")
	}
	for _, it := range b.items {
		wrap(buf, it.text, "  ")
		for _, line := range it.below {
			wrap(buf, line, "    ")
		}
	}
}

// wrap breaks a sentence between words. Within a list, its second line and those after it
// are indented by two more.
func wrap(buf *bytes.Buffer, s, indent string) {
	line, hang := indent, indent
	if indent != "" {
		hang += "  "
	}
	empty := true
	for word := range strings.FieldsSeq(oneLine(s)) {
		if !empty && utf8.RuneCountInString(line)+1+utf8.RuneCountInString(word) > textWidth {
			fmt.Fprintln(buf, line)
			line, empty = hang, true
		}
		if !empty {
			line += " "
		}
		line += word
		empty = false
	}
	fmt.Fprintln(buf, line)
}

func (t *table) text(buf *bytes.Buffer) {
	lines := append([][]string{t.head}, t.rows...)
	widths := make([]int, len(t.head))
	for _, cells := range lines {
		for i, cell := range cells {
			if n := utf8.RuneCountInString(cell); n <= widest {
				widths[i] = max(widths[i], n)
			}
		}
	}
	for _, cells := range lines {
		var line strings.Builder
		for i, cell := range cells {
			gap := strings.Repeat(" ", max(0, widths[i]-utf8.RuneCountInString(cell)))
			if t.isRight(i) {
				cell, gap = gap+cell, ""
			}
			line.WriteString("  " + cell + gap)
		}
		fmt.Fprintln(buf, strings.TrimRight(line.String(), " "))
	}
}
