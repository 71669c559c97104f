package compare

import (
	"bytes"
	"fmt"
	"io"
	"strings"
)

// Markdown writes a comparison as GitHub's Markdown.
func Markdown(w io.Writer, c Comparison, o Options) error {
	var buf bytes.Buffer
	fmt.Fprintf(&buf, "# %s against %s\n\n", escape(c.B.Name), escape(c.A.Name))
	for _, b := range pageOf(c, o) {
		b.markdown(&buf)
	}
	if _, err := w.Write(bytes.TrimRight(buf.Bytes(), "\n")); err != nil {
		return fmt.Errorf("write the comparison: %w", err)
	}
	if _, err := fmt.Fprintln(w); err != nil {
		return fmt.Errorf("write the comparison: %w", err)
	}
	return nil
}

func (b block) markdown(buf *bytes.Buffer) {
	switch {
	case b.heading != "":
		fmt.Fprintf(buf, "## %s\n\n", escape(b.heading))
	case b.table != nil:
		b.table.markdown(buf)
	case b.paragraph != "":
		fmt.Fprintf(buf, "%s\n\n", escape(b.paragraph))
	}
	for _, it := range b.items {
		fmt.Fprintf(buf, "- %s\n", escape(it.text))
		for _, line := range it.below {
			fmt.Fprintf(buf, "  - %s\n", escape(line))
		}
	}
	if len(b.items) > 0 {
		buf.WriteByte('\n')
	}
}

func (t *table) markdown(buf *bytes.Buffer) {
	line := func(cells []string) {
		for _, c := range cells {
			fmt.Fprintf(buf, "| %s ", escape(c))
		}
		buf.WriteString("|\n")
	}
	line(t.head)
	for i := range t.head {
		if t.isRight(i) {
			buf.WriteString("| ---: ")
		} else {
			buf.WriteString("| --- ")
		}
	}
	buf.WriteString("|\n")
	for _, r := range t.rows {
		line(r)
	}
	buf.WriteByte('\n')
}

// escape makes a text stand for itself.
func escape(s string) string {
	return strings.NewReplacer(`\`, `\\`, "`", "\\`", "*", `\*`, "_", `\_`, "[", `\[`, "]", `\]`, "|", `\|`, "<", "&lt;",
		"&", "&amp;", "~", `\~`, "$", `\$`).Replace(oneLine(s))
}
