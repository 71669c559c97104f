package report

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/assay-bench/assay/harness/verdict"
)

// minTerminalWidth is what the claim and verdict columns and a few words need.
const minTerminalWidth = 60

// Terminal returns a renderer of the verdict table for a terminal of the given width in
// columns; reasons are cut to it. Colour uses ANSI sequences; the words say the same.
func Terminal(width int, colour bool) Renderer {
	return func(w io.Writer, doc Document) error {
		var buf bytes.Buffer
		terminalTable(&buf, doc, max(width, minTerminalWidth), colour)
		if _, err := w.Write(buf.Bytes()); err != nil {
			return fmt.Errorf("write verdict table: %w", err)
		}
		return nil
	}
}

func terminalTable(buf *bytes.Buffer, doc Document, width int, colour bool) {
	claims, verdicts := 0, 0
	for _, r := range doc.Verdicts {
		claims = max(claims, utf8.RuneCountInString(r.Claim))
		verdicts = max(verdicts, utf8.RuneCountInString(oneLine(string(r.Verdict))))
	}
	claims = min(claims, width/3)
	reasons := width - claims - verdicts - 6
	heading := ""
	for i, r := range doc.Verdicts {
		if i == 0 || r.Section != heading {
			heading = r.Section
			fmt.Fprintf(buf, "%s\n", paint(cut(heading, width), "1", colour))
		}
		fmt.Fprintf(buf, "  %s  %s  %s\n",
			pad(cut(r.Claim, claims), claims),
			paint(pad(oneLine(string(r.Verdict)), verdicts), ansiOf(r.Verdict), colour),
			cut(r.Reason, reasons))
	}
	fmt.Fprintf(buf, "\n%s\n", wrapped(plural(len(doc.Verdicts), "claim")+": "+doc.Counts, width))
	for _, line := range doc.Withheld {
		fmt.Fprintln(buf, wrapped(line, width))
	}
}

// Ledger returns a renderer of what the report's ledger shows, for a terminal of the given width in columns: the counts, and under the
// article's headings every claim with its verdict, the whole reason and what stands beside it.
func Ledger(width int, colour bool) Renderer {
	return func(w io.Writer, doc Document) error {
		var buf bytes.Buffer
		ledgerText(&buf, doc, max(width, minTerminalWidth), colour)
		if _, err := w.Write(buf.Bytes()); err != nil {
			return fmt.Errorf("write ledger: %w", err)
		}
		return nil
	}
}

func ledgerText(buf *bytes.Buffer, doc Document, width int, colour bool) {
	const margin = "    "
	under := func(s string) {
		fmt.Fprintln(buf, margin+strings.ReplaceAll(wrapped(s, width-len(margin)), "\n", "\n"+margin))
	}
	fmt.Fprintln(buf, wrapped(plural(len(doc.Verdicts), "claim")+": "+doc.Counts, width))
	for _, line := range doc.Withheld {
		fmt.Fprintln(buf, wrapped(line, width))
	}
	heading := ""
	for i, r := range doc.Verdicts {
		if i == 0 || r.Section != heading {
			heading = r.Section
			fmt.Fprintf(buf, "\n%s\n", paint(cut(heading, width), "1", colour))
		}
		fmt.Fprintf(buf, "  %s  %s\n", cut(r.Claim, width/2), paint(oneLine(string(r.Verdict)), ansiOf(r.Verdict), colour))
		under(r.Reason)
		if r.Beside != "" {
			under("Beside it: " + r.Beside)
		}
	}
}

// wrapped breaks s between words into lines of at most width characters.
func wrapped(s string, width int) string {
	var lines []string
	line := ""
	for _, word := range strings.Fields(s) {
		if line != "" && utf8.RuneCountInString(line)+1+utf8.RuneCountInString(word) > width {
			lines = append(lines, line)
			line = "  " + word
			continue
		}
		if line != "" {
			line += " "
		}
		line += word
	}
	return strings.Join(append(lines, line), "\n")
}

func ansiOf(v verdict.Verdict) string {
	switch v {
	case verdict.Supported:
		return "32"
	case verdict.Refuted:
		return "31"
	case verdict.Inconclusive:
		return "33"
	}
	return "2"
}

func paint(s, ansi string, colour bool) string {
	if !colour {
		return s
	}
	return "\x1b[" + ansi + "m" + s + "\x1b[0m"
}

// cut shortens s to n characters, the last of them an ellipsis.
func cut(s string, n int) string {
	if utf8.RuneCountInString(s) <= n {
		return s
	}
	runes := []rune(s)
	return strings.TrimRight(string(runes[:max(n-1, 0)]), " ") + "…"
}

func pad(s string, n int) string {
	return s + strings.Repeat(" ", max(0, n-utf8.RuneCountInString(s)))
}
